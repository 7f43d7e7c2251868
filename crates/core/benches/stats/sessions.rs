//! Several sessions: the interval over them, where they differ by chance alone and where each has a ratio of its own.

use crate::{
    family::{Family, push_block},
    judge::Tally,
    noise::Noise,
    plan::Plan,
    table::Table,
};
use fetchmark_core::{compare::compare, report::fixture::CRITERIA};
use rand::{Rng, SeedableRng};
use rand_distr::{Distribution, Normal};
use rand_pcg::Pcg64Mcg;

const SESSIONS: [usize; 5] = [2, 3, 5, 10, 30];
/// By how much the log ratios of sessions differ, as a standard deviation.
const BETWEEN: [f64; 3] = [0.0, 0.05, 0.30];
const NOISES: [Noise; 4] = [Noise::LogNormal(0.05), Noise::LogNormal(0.40), Noise::HeavyTailed, Noise::Drift];
/// Blocks of each session, and of one that is lost early.
const BLOCKS: usize = 10;
const BLOCKS_OF_LOST: usize = 2;

#[derive(Clone, Copy)]
struct Fleet {
    noise: Noise,
    between: f64,
    sessions: usize,
    is_one_lost: bool,
}

impl Fleet {
    fn simulate(&self, runs: u32, seed: u64) -> Tally {
        let mut rng = Pcg64Mcg::seed_from_u64(seed);
        let mut tally = Tally::default();
        let truth = Family { noise: self.noise, variants: 2, blocks: BLOCKS, ratio: 1.0 };
        for _ in 0..runs {
            let mut rows = truth.rows();
            for session in 0..self.sessions {
                let family = Family { ratio: self.ratio(&mut rng), ..truth };
                let blocks = if self.is_one_lost && session == 0 { BLOCKS_OF_LOST } else { BLOCKS };
                let before = rows[0].rounds.len();
                for (block, walls) in family.walls(&mut rng).iter().take(blocks).enumerate() {
                    push_block(&mut rows, block, walls);
                }
                let rounds = rows.iter_mut().flat_map(|row| &mut row.rounds[before..]);
                rounds.for_each(|round| round.session = session as u32);
            }
            tally.add(|_| 1.0, &compare(&rows, CRITERIA));
        }
        tally
    }

    /// A session's own true ratio.
    fn ratio(&self, rng: &mut impl Rng) -> f64 {
        Normal::new(0.0, self.between).map_or(1.0, |between| between.sample(rng).exp())
    }
}

/// Two variants that are the same on average over sessions.
pub(crate) fn same(plan: &Plan) -> Table {
    let mut fleets = Vec::new();
    for noise in NOISES {
        for between in BETWEEN {
            for is_one_lost in [false, true] {
                let of = |sessions| Fleet { noise, between, sessions, is_one_lost };
                fleets.extend(SESSIONS.map(of));
            }
        }
    }
    let tallies = plan.run(&fleets, |fleet, seed| fleet.simulate(plan.runs, seed));
    let mut table = Table::new(
        "noise | between sessions | one lost early | 2 sessions | 3 sessions | 5 sessions | 10 sessions | 30 sessions",
    );
    for (fleets, tallies) in fleets.chunks(SESSIONS.len()).zip(tallies.chunks(SESSIONS.len())) {
        let first = fleets[0];
        let lost = if first.is_one_lost { "yes" } else { "no" };
        let mut row = vec![first.noise.name(), format!("{:.0} %", 100.0 * first.between), lost.to_owned()];
        row.extend(tallies.iter().map(|tally| {
            let (coverage, wrong) = (tally.coverage(), tally.of_runs(tally.false_difference));
            let coverage = Table::mark(format!("{coverage:.1}"), !(94.0..=96.5).contains(&coverage));
            format!("{coverage} / {}", Table::mark(format!("{wrong:.1}"), wrong > 5.0))
        }));
        table.push(row);
    }
    table
}
