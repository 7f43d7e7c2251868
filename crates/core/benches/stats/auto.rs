//! Auto runs: the error that is left after looking many times, and when they end.

use crate::{
    family::{Family, ROUND_MS, push_block},
    fixed::VARIANTS,
    judge::{MARGIN, Tally},
    noise::Noise,
    plan::Plan,
    table::Table,
};
use fetchmark_core::{
    compare::{Terms, compare_by},
    run::stopping::{Auto, Decision},
    scenario::{AutoBudget, Scenario},
};
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

/// Budgets, in blocks without noise.
const BUDGETS: [usize; 3] = [10, 50, 200];

/// Simulates `runs` of a family whose blocks are the budget.
pub(crate) fn simulate(family: &Family, runs: u32, seed: u64) -> Tally {
    let budget_ms = (family.blocks * family.variants) as f64 * ROUND_MS;
    let auto = AutoBudget { budget_ms: budget_ms as u32, ..AutoBudget::default() };
    let scenario = Scenario { auto: Some(auto), warmup: 0, n: 1, ..Scenario::default() };
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut tally = Tally::default();
    for _ in 0..runs {
        if let Some(auto) = Auto::new(&scenario) {
            one_run(family, auto, &mut rng, &mut tally);
        }
    }
    tally
}

fn one_run(family: &Family, mut auto: Auto, rng: &mut Pcg64Mcg, tally: &mut Tally) {
    // Blocks may turn out shorter than without noise: have some to spare, the budget ends the run.
    let mut rows = family.rows();
    let mut elapsed_ms = 0.0;
    for (block, walls) in family.walls_beyond(rng, family.blocks * 3).iter().enumerate() {
        push_block(&mut rows, block, walls);
        elapsed_ms += walls.iter().sum::<f64>();
        let Some(look) = auto.after_block(block as u32 + 1, elapsed_ms) else { continue };
        let terms = Terms { margin: MARGIN, alpha: look.alpha, timer_step_ms: 0.0 };
        let comparisons = compare_by(&rows, terms);
        if look.decide(&comparisons, MARGIN) != Decision::Continue {
            tally.add(family, &comparisons);
            return;
        }
    }
}

/// Every variant the same: false verdicts per family, and coverage.
pub(crate) fn same(plan: &Plan) -> Table {
    let cells: Vec<Family> = Noise::ALL
        .into_iter()
        .flat_map(|noise| VARIANTS.map(|variants| (noise, variants)))
        .flat_map(|(noise, variants)| BUDGETS.map(|blocks| Family { noise, variants, blocks, ratio: 1.0 }))
        .collect();
    let tallies = plan.run(&cells, |family, seed| simulate(family, plan.runs, seed));
    let mut table = Table::new("noise | variants | budget 10 blocks | budget 50 blocks | budget 200 blocks");
    for (families, tallies) in cells.chunks(BUDGETS.len()).zip(tallies.chunks(BUDGETS.len())) {
        let mut row = vec![families[0].noise.name(), families[0].variants.to_string()];
        row.extend(tallies.iter().map(|tally| {
            let (coverage, wrong) = (tally.coverage(), tally.of_runs(tally.false_difference));
            let coverage = Table::mark(format!("{coverage:.1}"), coverage < 94.0);
            format!("{coverage} / {}", Table::mark(format!("{wrong:.1}"), wrong > 5.0))
        }));
        table.push(row);
    }
    table
}

/// Two variants: what is found, after how many blocks.
pub(crate) fn different(plan: &Plan) -> Table {
    const RATIOS: [f64; 4] = [1.0, 1.0 + MARGIN, 1.10, 1.50];
    let cells: Vec<Family> = Noise::ALL
        .into_iter()
        .flat_map(|noise| BUDGETS.map(|blocks| (noise, blocks)))
        .flat_map(|(noise, blocks)| RATIOS.map(|ratio| Family { noise, variants: 2, blocks, ratio }))
        .collect();
    let tallies = plan.run(&cells, |family, seed| simulate(family, plan.runs, seed));
    let mut table = Table::new(
        "noise | budget | none: “equivalent” | 5 %: false “equivalent” | 5 % found | 10 % found | 50 % found",
    );
    for (families, tallies) in cells.chunks(RATIOS.len()).zip(tallies.chunks(RATIOS.len())) {
        let [none, five, ten, fifty] = tallies else { continue };
        let after = |count: u32, tally: &Tally| {
            format!("{:.0} after {:.0}", tally.of_runs(count), tally.mean_blocks())
        };
        let false_equivalent = five.of_runs(five.false_equivalent);
        table.push(vec![
            families[0].noise.name(),
            families[0].blocks.to_string(),
            after(none.equivalent, none),
            Table::mark(format!("{false_equivalent:.1}"), false_equivalent > 5.0),
            after(five.found, five),
            after(ten.found, ten),
            after(fifty.found, fifty),
        ]);
    }
    table
}
