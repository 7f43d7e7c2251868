//! Auto runs: the error that is left after looking many times, and when they end.

use crate::{
    family::{Family, ROUND_MS, Walls, push_block},
    fixed::table_of_same,
    judge::{MARGIN, Tally},
    noise::Noise,
    plan::Plan,
    table::Table,
};
use fetchmark_core::{
    compare::{Comparison, Criteria, compare},
    report::{VariantReport, fixture::CRITERIA},
    run::stopping::{Auto, Decision},
    scenario::{AutoBudget, Scenario},
};
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

/// Budgets, in blocks without noise.
pub(crate) const BUDGETS: [usize; 3] = [10, 50, 200];

/// Simulates `runs` of a family whose blocks are the budget.
pub(crate) fn simulate(family: &Family, runs: u32, seed: u64) -> Tally {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut tally = Tally::default();
    for _ in 0..runs {
        // Blocks may turn out shorter than without noise: have some to spare, the budget ends the run.
        let walls = family.walls_beyond(&mut rng, family.blocks * 3);
        let (rows, criteria) = one_run(family, family.rows(), walls, compare);
        tally.add(|at| family.truth(at), &compare(&rows, criteria));
    }
    tally
}

/// The rows of a run when it ends, and the criteria of the look that ended it. What is to be resolved decides when.
pub(crate) fn one_run(
    family: &Family,
    mut rows: Vec<VariantReport>,
    walls: Walls,
    to_be_resolved: impl Fn(&[VariantReport], Criteria) -> Vec<Comparison>,
) -> (Vec<VariantReport>, Criteria) {
    let budget_ms = (family.blocks * family.variants) as f64 * ROUND_MS;
    let auto = AutoBudget { budget_ms: budget_ms as u32, ..AutoBudget::default() };
    let scenario = Scenario { auto: Some(auto), warmup: 0, n: 1, ..Scenario::default() };
    let (mut auto, mut criteria, mut elapsed_ms) = (Auto::new(&scenario), CRITERIA, 0.0);
    for (block, walls) in walls.iter().enumerate() {
        push_block(&mut rows, block, walls);
        elapsed_ms += walls.iter().sum::<f64>();
        let look = auto.as_mut().and_then(|auto| auto.after_block(block as u32 + 1, elapsed_ms));
        let Some(look) = look else { continue };
        criteria.alpha = look.alpha;
        if look.decide(&to_be_resolved(&rows, criteria), MARGIN) != Decision::Continue {
            break;
        }
    }
    (rows, criteria)
}

/// Every variant the same: false verdicts per family, and coverage.
pub(crate) fn same(plan: &Plan) -> Table {
    let columns = "noise | variants | budget 10 blocks | budget 50 blocks | budget 200 blocks";
    table_of_same(plan, columns, &BUDGETS, simulate, |coverage| coverage < 94.0)
}

/// Two variants: what is found, after how many blocks.
pub(crate) fn different(plan: &Plan) -> Table {
    const RATIOS: [f64; 4] = [1.0, 1.0 + MARGIN, 1.10, 1.50];
    let families = Family::all(&Noise::ALL, &[2], &BUDGETS, &RATIOS);
    let tallies = plan.run(&families, |family, seed| simulate(family, plan.runs, seed));
    let mut table = Table::new(
        "noise | budget | none: “equivalent” | 5 %: false “equivalent” | 5 % found | 10 % found | 50 % found",
    );
    for (families, tallies) in families.chunks(RATIOS.len()).zip(tallies.chunks(RATIOS.len())) {
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
