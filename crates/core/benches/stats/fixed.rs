//! Runs with a fixed number of rounds: coverage, false verdicts, power.

use crate::{
    family::{Family, push_block},
    judge::{MARGIN, Tally},
    noise::Noise,
    plan::Plan,
    table::Table,
};
use fetchmark_core::compare::compare;
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

/// The numbers of blocks in the tables.
const BLOCKS: [usize; 4] = [5, 10, 20, 50];
/// The numbers of variants in the tables.
pub(crate) const VARIANTS: [usize; 4] = [2, 3, 6, 12];

/// Simulates `runs` of a family.
pub(crate) fn simulate(family: &Family, runs: u32, seed: u64) -> Tally {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut tally = Tally::default();
    for _ in 0..runs {
        let mut rows = family.rows();
        for (block, walls) in family.walls(&mut rng).iter().enumerate() {
            push_block(&mut rows, block, walls);
        }
        tally.add(family, &compare(&rows, MARGIN));
    }
    tally
}

/// Every variant the same: how often the interval holds the truth, and how often a family has a false verdict.
pub(crate) fn same(plan: &Plan) -> Table {
    let cells: Vec<Family> = Noise::ALL
        .into_iter()
        .flat_map(|noise| VARIANTS.map(|variants| (noise, variants)))
        .flat_map(|(noise, variants)| BLOCKS.map(|blocks| Family { noise, variants, blocks, ratio: 1.0 }))
        .collect();
    let tallies = plan.run(&cells, |family, seed| simulate(family, plan.runs, seed));
    let mut table = Table::new("noise | variants | 5 blocks | 10 blocks | 20 blocks | 50 blocks");
    for (families, tallies) in cells.chunks(BLOCKS.len()).zip(tallies.chunks(BLOCKS.len())) {
        let mut row = vec![families[0].noise.name(), families[0].variants.to_string()];
        row.extend(tallies.iter().map(|tally| {
            let (coverage, wrong) = (tally.coverage(), tally.of_runs(tally.false_difference));
            let coverage = Table::mark(format!("{coverage:.1}"), !(94.0..=96.0).contains(&coverage));
            format!("{coverage} / {}", Table::mark(format!("{wrong:.1}"), wrong > 5.0))
        }));
        table.push(row);
    }
    table
}

/// Two variants that differ: how often that is found, and how often it is missed for "equivalent".
pub(crate) fn different(plan: &Plan) -> Table {
    const RATIOS: [f64; 3] = [1.0 + MARGIN, 1.10, 1.0];
    let cells: Vec<Family> = Noise::ALL
        .into_iter()
        .flat_map(|noise| BLOCKS.map(|blocks| (noise, blocks)))
        .flat_map(|(noise, blocks)| RATIOS.map(|ratio| Family { noise, variants: 2, blocks, ratio }))
        .collect();
    let tallies = plan.run(&cells, |family, seed| simulate(family, plan.runs, seed));
    let mut table = Table::new(
        "noise | blocks | 5 % found | 10 % found | none: “equivalent” | 5 %: false “equivalent” | wrong sign",
    );
    for (families, tallies) in cells.chunks(RATIOS.len()).zip(tallies.chunks(RATIOS.len())) {
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
