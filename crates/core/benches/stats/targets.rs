//! Several targets in one run: what all rows say together, and what each row says.

use crate::{
    auto::{self, BUDGETS},
    family::{Family, Walls, push_block},
    fixed::BLOCKS,
    judge::{MARGIN, Tally},
    noise::Noise,
    plan::Plan,
    table::Table,
};
use fetchmark_core::{
    compare::{Comparison, Criteria, TargetComparison, compare, compare_targets},
    report::{VariantReport, fixture::CRITERIA},
};
use rand::{Rng, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;

/// The spread of a target's own spells.
const SPELL: f64 = 0.10;

/// What disturbs the rounds of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Disturbance {
    /// Whatever target they are of.
    Rounds(Noise),
    /// 15 % log-normal, and each target has spells of its own: in every block all its rows are shifted by 10 %.
    Spells,
}

impl Disturbance {
    const ALL: [Self; 6] = [
        Self::Rounds(Noise::LogNormal(0.15)),
        Self::Rounds(Noise::Drift),
        Self::Rounds(Noise::BlockEffects),
        Self::Rounds(Noise::Correlated(0.6)),
        Self::Rounds(Noise::Bursts),
        Self::Spells,
    ];

    fn name(self) -> String {
        match self {
            Self::Rounds(noise) => noise.name(),
            Self::Spells => format!("spells of each target, {:.0} %", SPELL * 100.0),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Targets {
    pub(crate) disturbance: Disturbance,
    pub(crate) targets: usize,
    pub(crate) rows: usize,
    /// How many blocks, or how many the budget of an auto run allows.
    pub(crate) blocks: usize,
    /// The true ratio of the second target to the first; all others are as the first.
    pub(crate) ratio: f64,
}

/// What was said of all rows together, and of each row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tallies {
    pub(crate) together: Tally,
    pub(crate) rows: Tally,
}

impl Targets {
    fn family(&self) -> Family {
        let noise = match self.disturbance {
            Disturbance::Rounds(noise) => noise,
            Disturbance::Spells => Noise::LogNormal(0.15),
        };
        Family { noise, variants: self.targets * self.rows, blocks: self.blocks, ratio: 1.0 }
    }

    fn true_ratio(&self, target: usize) -> f64 {
        if target == 1 { self.ratio } else { 1.0 }
    }

    /// Rows without rounds, target by target.
    fn variants(&self) -> Vec<VariantReport> {
        let mut variants = self.family().rows();
        for (at, row) in variants.iter_mut().enumerate() {
            row.target = Some((at / self.rows).to_string());
            row.client = (at % self.rows).to_string();
        }
        variants
    }

    fn walls(&self, rng: &mut impl Rng, blocks: usize) -> Walls {
        let mut walls = self.family().walls_beyond(rng, blocks);
        for block in &mut walls {
            for (target, rows) in block.chunks_mut(self.rows).enumerate() {
                let spell: f64 = match self.disturbance {
                    Disturbance::Rounds(_) => 0.0,
                    Disturbance::Spells => SPELL * Distribution::<f64>::sample(&StandardNormal, rng),
                };
                rows.iter_mut().for_each(|wall_ms| *wall_ms *= self.true_ratio(target) * spell.exp());
            }
        }
        walls
    }

    fn tally(&self, tallies: &mut Tallies, rows: &[VariantReport], criteria: Criteria) {
        let targets = compare_targets(rows, criteria);
        let of_rows: Vec<Comparison> = targets.iter().flat_map(|target| target.rows.clone()).collect();
        tallies.together.add(|at| self.true_ratio(1 + at), &overall(targets));
        tallies.rows.add(|at| self.true_ratio(1 + at / self.rows), &of_rows);
    }
}

fn overall(targets: Vec<TargetComparison>) -> Vec<Comparison> {
    targets.into_iter().map(|target| target.overall).collect()
}

pub(crate) fn fixed(targets: &Targets, runs: u32, seed: u64) -> Tallies {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut tallies = Tallies::default();
    for _ in 0..runs {
        let mut rows = targets.variants();
        for (block, walls) in targets.walls(&mut rng, targets.blocks).iter().enumerate() {
            push_block(&mut rows, block, walls);
        }
        targets.tally(&mut tallies, &rows, CRITERIA);
    }
    tallies
}

/// Simulates `runs` that end when what is said of each target is resolved, rows against rows of the same target included.
pub(crate) fn auto(targets: &Targets, runs: u32, seed: u64) -> Tallies {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut tallies = Tallies::default();
    let to_be_resolved = |rows: &[VariantReport], criteria| {
        [compare(rows, criteria), overall(compare_targets(rows, criteria))].concat()
    };
    for _ in 0..runs {
        // Noise shortens no run by a third.
        let walls = targets.walls(&mut rng, targets.blocks * 3 / 2);
        let (rows, criteria) = auto::one_run(&targets.family(), targets.variants(), walls, to_be_resolved);
        targets.tally(&mut tallies, &rows, criteria);
    }
    tallies
}

type Simulate = fn(&Targets, u32, u64) -> Tallies;

/// Every target the same: coverage of all rows together, and how often either family has a false verdict.
fn same(plan: &Plan, columns: &str, blocks: &[usize], simulate: Simulate, outside: fn(f64) -> bool) -> Table {
    let kinds = all(&[2, 3], blocks, 1.0);
    let tallies = plan.run(&kinds, |kind, seed| simulate(kind, plan.runs, seed));
    let mut table = Table::new(columns);
    for (kinds, tallies) in kinds.chunks(blocks.len()).zip(tallies.chunks(blocks.len())) {
        let Targets { disturbance, targets, rows, .. } = kinds[0];
        let mut cells = vec![disturbance.name(), targets.to_string(), rows.to_string()];
        cells.extend(tallies.iter().map(|Tallies { together, rows }| {
            let coverage = together.coverage();
            let coverage = Table::mark(format!("{coverage:.1}"), outside(coverage));
            let [together, rows] = [together, rows].map(|tally| {
                let wrong = tally.of_runs(tally.false_difference);
                Table::mark(format!("{wrong:.1}"), wrong > 5.0)
            });
            format!("{coverage} / {together} / {rows}")
        }));
        table.push(cells);
    }
    table
}

/// [`same`] with a fixed number of rounds.
pub(crate) fn same_fixed(plan: &Plan) -> Table {
    let is_outside = |coverage| !(94.0..=96.0).contains(&coverage);
    let columns = "noise | targets | rows | 5 blocks | 10 blocks | 20 blocks | 50 blocks";
    same(plan, columns, &BLOCKS, fixed, is_outside)
}

/// [`same`] in auto runs.
pub(crate) fn same_auto(plan: &Plan) -> Table {
    let columns = "noise | targets | rows | budget 10 blocks | budget 50 blocks | budget 200 blocks";
    same(plan, columns, &BUDGETS, auto, |coverage| coverage < 94.0)
}

/// Two targets that differ by the margin: how often that is found by all rows together, and by the first row.
pub(crate) fn different(plan: &Plan) -> Table {
    let of = |blocks, simulate: Simulate| {
        let kinds = all(&[2], blocks, 1.0 + MARGIN);
        let tallies = plan.run(&kinds, |kind, seed| simulate(kind, plan.runs, seed));
        (kinds, tallies)
    };
    let ((kinds, with_fixed), (_, with_auto)) = (of(&BLOCKS, fixed), of(&BUDGETS, auto));
    let mut table = Table::new(
        "noise | rows | 5 blocks | 10 blocks | 20 blocks | 50 blocks | budget 10 | budget 50 | budget 200",
    );
    let cell = |Tallies { together, rows }: &Tallies| {
        let [together, row] = [together, rows].map(|tally| format!("{:.0}", tally.of_runs(tally.found)));
        format!("{together} / {row}")
    };
    let lines = kinds.chunks(BLOCKS.len()).zip(with_fixed.chunks(BLOCKS.len()));
    for ((kinds, with_fixed), with_auto) in lines.zip(with_auto.chunks(BUDGETS.len())) {
        let mut cells = vec![kinds[0].disturbance.name(), kinds[0].rows.to_string()];
        cells.extend(with_fixed.iter().chain(with_auto).map(cell));
        table.push(cells);
    }
    table
}

/// Of each disturbance, these numbers of targets, 1, 3 and 8 rows, and these numbers of blocks, in this order.
fn all(targets: &[usize], blocks: &[usize], ratio: f64) -> Vec<Targets> {
    const ROWS: [usize; 3] = [1, 3, 8];
    let mut kinds = Vec::new();
    for disturbance in Disturbance::ALL {
        for (&targets, rows) in targets.iter().flat_map(|targets| ROWS.map(|rows| (targets, rows))) {
            kinds.extend(blocks.iter().map(|&blocks| Targets { disturbance, targets, rows, blocks, ratio }));
        }
    }
    kinds
}
