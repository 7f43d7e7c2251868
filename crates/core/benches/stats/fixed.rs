//! Runs with a fixed number of rounds: coverage, false verdicts, power.

use crate::{
    family::{Family, push_block},
    judge::{MARGIN, Tally},
    noise::Noise,
    plan::Plan,
    table::Table,
};
use fetchmark_core::{compare::compare, report::fixture::CRITERIA};
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

pub(crate) const BLOCKS: [usize; 4] = [5, 10, 20, 50];
const VARIANTS: [usize; 4] = [2, 3, 6, 12];

pub(crate) fn simulate(family: &Family, runs: u32, seed: u64) -> Tally {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut tally = Tally::default();
    for _ in 0..runs {
        let mut rows = family.rows();
        for (block, walls) in family.walls(&mut rng).iter().enumerate() {
            push_block(&mut rows, block, walls);
        }
        tally.add(|at| family.truth(at), &compare(&rows, CRITERIA));
    }
    tally
}

/// Every variant the same: how often the interval holds the truth, and how often a family has a false verdict.
pub(crate) fn same(plan: &Plan) -> Table {
    let is_outside = |coverage| !(94.0..=96.0).contains(&coverage);
    let columns = "noise | variants | 5 blocks | 10 blocks | 20 blocks | 50 blocks";
    table_of_same(plan, columns, &BLOCKS, simulate, is_outside)
}

/// Coverage and false verdicts of families whose variants are the same. `is_outside` says which coverage is outside the goal.
pub(crate) fn table_of_same(
    plan: &Plan,
    columns: &str,
    blocks: &[usize],
    simulate: fn(&Family, u32, u64) -> Tally,
    is_outside: fn(f64) -> bool,
) -> Table {
    let families = Family::all(&Noise::ALL, &VARIANTS, blocks, &[1.0]);
    let tallies = plan.run(&families, |family, seed| simulate(family, plan.runs, seed));
    let mut table = Table::new(columns);
    for (families, tallies) in families.chunks(blocks.len()).zip(tallies.chunks(blocks.len())) {
        let mut row = vec![families[0].noise.name(), families[0].variants.to_string()];
        row.extend(tallies.iter().map(|tally| {
            let (coverage, wrong) = (tally.coverage(), tally.of_runs(tally.false_difference));
            let coverage = Table::mark(format!("{coverage:.1}"), is_outside(coverage));
            format!("{coverage} / {}", Table::mark(format!("{wrong:.1}"), wrong > 5.0))
        }));
        table.push(row);
    }
    table
}

/// Two variants that differ: how often that is found, and how often it is missed for "equivalent".
pub(crate) fn different(plan: &Plan) -> Table {
    const RATIOS: [f64; 3] = [1.0 + MARGIN, 1.10, 1.0];
    let families = Family::all(&Noise::ALL, &[2], &BLOCKS, &RATIOS);
    let tallies = plan.run(&families, |family, seed| simulate(family, plan.runs, seed));
    let mut table = Table::new(
        "noise | blocks | 5 % found | 10 % found | none: “equivalent” | 5 %: false “equivalent” | wrong sign",
    );
    for (families, tallies) in families.chunks(RATIOS.len()).zip(tallies.chunks(RATIOS.len())) {
        let [five, ten, none] = tallies else { continue };
        let wrong_sign = five.of_runs(five.false_difference).max(ten.of_runs(ten.false_difference));
        let false_equivalent = five.of_runs(five.false_equivalent);
        table.push(vec![
            families[0].noise.name(),
            families[0].blocks.to_string(),
            format!("{:.0}", five.of_runs(five.found)),
            format!("{:.0}", ten.of_runs(ten.found)),
            format!("{:.0}", none.of_runs(none.equivalent)),
            Table::mark(format!("{false_equivalent:.1}"), false_equivalent > 5.0),
            Table::mark(format!("{wrong_sign:.1}"), wrong_sign > 5.0),
        ]);
    }
    table
}
