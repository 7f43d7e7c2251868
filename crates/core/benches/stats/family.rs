//! A family of variants, measured in simulation: the real schedule, the real comparison, invented times.

use crate::noise::Noise;
use fetchmark_core::{
    report::{Requests, RoundReport, VariantReport, fixture::variant},
    run::schedule::Schedule,
};
use rand::{Rng, RngExt};

/// What a round takes without noise, in ms.
pub(crate) const ROUND_MS: f64 = 100.0;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Family {
    pub(crate) noise: Noise,
    pub(crate) variants: usize,
    pub(crate) blocks: usize,
    /// The true ratio of the second variant to the first; all others are as the first.
    pub(crate) ratio: f64,
}

/// Round times of one run in ms, by block and variant.
pub(crate) type Walls = Vec<Vec<f64>>;

impl Family {
    pub(crate) fn walls(&self, rng: &mut impl Rng) -> Walls {
        self.walls_beyond(rng, self.blocks)
    }

    /// One run of so many blocks, whose drift goes on as it does over the family's own number of them.
    pub(crate) fn walls_beyond(&self, rng: &mut impl Rng, blocks: usize) -> Walls {
        let mut schedule = Schedule::new(self.variants, rng.random());
        let noise = self.noise.of_rounds(rng, blocks, self.variants, self.blocks);
        noise
            .chunks(self.variants)
            .map(|in_order| {
                let mut walls = vec![0.0; self.variants];
                for (variant, noise) in schedule.next_block().into_iter().zip(in_order) {
                    walls[variant] = ROUND_MS * self.true_ratio(variant) * noise.exp();
                }
                walls
            })
            .collect()
    }

    /// The true ratio of a variant to the first.
    fn true_ratio(&self, variant: usize) -> f64 {
        if variant == 1 { self.ratio } else { 1.0 }
    }

    /// The true ratio of the comparison at a place: each variant but the first is compared with it.
    pub(crate) fn truth(&self, comparison: usize) -> f64 {
        self.true_ratio(comparison + 1)
    }

    /// The rows of a report without rounds.
    pub(crate) fn rows(&self) -> Vec<VariantReport> {
        let requests = Requests { issued: 1, ok: 1, failed: 0, aborted: 0 };
        let row = |id: usize| VariantReport { requests, ..variant(&id.to_string(), &[]) };
        (0..self.variants).map(row).collect()
    }

    /// Of each of these kinds of noise, numbers of variants, of blocks, and true ratios, in this order.
    pub(crate) fn all(noises: &[Noise], variants: &[usize], blocks: &[usize], ratios: &[f64]) -> Vec<Self> {
        let mut families = Vec::new();
        for &noise in noises {
            for &variants in variants {
                for &blocks in blocks {
                    families.extend(ratios.iter().map(|&ratio| Self { noise, variants, blocks, ratio }));
                }
            }
        }
        families
    }
}

pub(crate) fn push_block(rows: &mut [VariantReport], block: usize, walls: &[f64]) {
    for (row, wall_ms) in rows.iter_mut().zip(walls) {
        let (block, wall_ms) = (block as u32, *wall_ms);
        row.rounds.push(RoundReport {
            session: 0,
            block,
            start_ms: None,
            wall_ms,
            ok: 100,
            failed: 0,
            voided: false,
        });
    }
}
