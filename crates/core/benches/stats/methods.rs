//! The alternatives: why this interval, and why this schedule.

use crate::{family::Family, noise::Noise, plan::Plan, table::Table};
use fetchmark_core::stats::{student::MeanError, summary::median};
use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_pcg::Pcg64Mcg;
use statrs::distribution::{ContinuousCDF, Normal};

const ALPHA: f64 = 0.05;
/// Resamples of a bootstrap interval.
const RESAMPLES: usize = 1_000;
/// The bootstrap costs a thousand times as much: fewer runs tell enough.
const BOOTSTRAP_SHARE: u32 = 10;

type Interval = fn(&[f64], &mut Pcg64Mcg) -> Option<(f64, f64)>;

const INTERVALS: [(&str, Interval, u32); 5] = [
    ("t", |values, _| MeanError::trimmed(values, 0)?.interval(ALPHA), 1),
    ("t, 15 % trimmed from 8 on", |values, _| MeanError::of(values)?.interval(ALPHA), 1),
    ("t, 20 % trimmed", |values, _| MeanError::trimmed(values, values.len() / 5)?.interval(ALPHA), 1),
    ("signed rank", |values, _| signed_rank(values), 1),
    ("BCa bootstrap", bca, BOOTSTRAP_SHARE),
];

/// Coverage and width of each interval.
pub(crate) fn intervals(plan: &Plan) -> Table {
    const NOISES: [Noise; 3] = [Noise::LogNormal(0.15), Noise::HeavyTailed, Noise::Bursts];
    let families = Family::all(&NOISES, &[2, 6], &[5, 10, 20, 50], &[1.0]);
    let rows = plan.run(&families, |family, seed| {
        let measured = INTERVALS.map(|(_, interval, share)| {
            let mut rng = Pcg64Mcg::seed_from_u64(seed);
            coverage(plan.runs / share, interval, &mut rng, |rng| log_ratios(family, rng))
        });
        let cells = measured.map(|(coverage, width)| {
            let coverage = Table::mark(format!("{coverage:.1}"), !(94.0..=96.0).contains(&coverage));
            format!("{coverage} ({width:.0})")
        });
        let mut row = vec![family.noise.name(), family.variants.to_string(), family.blocks.to_string()];
        row.extend(cells);
        row
    });
    let names = INTERVALS.map(|(name, ..)| name).join(" | ");
    let mut table = Table::new(&format!("noise | variants | blocks | {names}"));
    rows.into_iter().for_each(|row| table.push(row));
    table
}

/// Coverage of the chosen interval, in % of runs, and its median width, in % of the ratio.
fn coverage(
    runs: u32,
    interval: Interval,
    rng: &mut Pcg64Mcg,
    values: impl Fn(&mut Pcg64Mcg) -> Vec<f64>,
) -> (f64, f64) {
    let found: Vec<(f64, f64)> = (0..runs)
        .filter_map(|_| {
            let values = values(rng);
            interval(&values, rng)
        })
        .collect();
    let covering = found.iter().filter(|(low, high)| *low <= 0.0 && *high >= 0.0).count();
    let widths: Vec<f64> = found.iter().map(|(low, high)| high.exp() - low.exp()).collect();
    (100.0 * covering as f64 / f64::from(runs.max(1)), 100.0 * median(&widths).unwrap_or(f64::NAN))
}

fn log_ratios(family: &Family, rng: &mut Pcg64Mcg) -> Vec<f64> {
    family.walls(rng).iter().map(|walls| (walls[1] / walls[0]).ln()).collect()
}

/// Wilcoxon's signed-rank interval around the Hodges–Lehmann estimate: order statistics of the pairwise means, by
/// the exact distribution, interpolated between the two attainable levels (Hettmansperger & McKean 2011, *Robust
/// Nonparametric Statistical Methods*, ch. 1).
fn signed_rank(values: &[f64]) -> Option<(f64, f64)> {
    let mut means: Vec<f64> = Vec::new();
    for (at, one) in values.iter().enumerate() {
        means.extend(values[at..].iter().map(|other| f64::midpoint(*one, *other)));
    }
    means.sort_by(f64::total_cmp);
    // How many sets of ranks have each sum.
    let mut ways = vec![0.0; means.len() + 1];
    ways[0] = 1.0;
    for rank in 1..=values.len() {
        for sum in (rank..ways.len()).rev() {
            ways[sum] += ways[sum - rank];
        }
    }
    let all = 2_f64.powi(values.len() as i32);
    let mut below = 0.0;
    for (at, ways) in ways.iter().enumerate() {
        let upto = below + ways / all;
        if upto > ALPHA / 2.0 {
            let toward = (ALPHA / 2.0 - below) / (upto - below);
            let between = |one: f64, next: f64| one + toward * (next - one);
            let last = means.len() - 1;
            let low = between(*means.get(at)?, *means.get(at + 1)?);
            return Some((low, between(*means.get(last - at)?, *means.get(last - at - 1)?)));
        }
        below = upto;
    }
    None
}

/// Bias-corrected and accelerated bootstrap of the mean (Efron 1987, *J. American Statistical Association* 82,
/// 171–185).
fn bca(values: &[f64], rng: &mut Pcg64Mcg) -> Option<(f64, f64)> {
    let count = values.len();
    let mean = values.iter().sum::<f64>() / count as f64;
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| (0..count).map(|_| values[rng.random_range(0..count)]).sum::<f64>() / count as f64)
        .collect();
    means.sort_by(f64::total_cmp);
    let normal = Normal::new(0.0, 1.0).ok()?;
    let below = means.partition_point(|resampled| *resampled < mean) as f64 / RESAMPLES as f64;
    let bias = normal.inverse_cdf(below.clamp(0.001, 0.999));
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in values {
        // The jackknife's influence of one value on the mean.
        let influence = (value - mean) / (count as f64 - 1.0);
        squares += influence.powi(2);
        cubes += influence.powi(3);
    }
    let acceleration = cubes / (6.0 * squares.powf(1.5));
    let quantile = |level: f64| {
        let z = bias + normal.inverse_cdf(level);
        let at = normal.cdf(bias + z / (1.0 - acceleration * z)) * (RESAMPLES - 1) as f64;
        means.get(at.round() as usize).copied()
    };
    Some((quantile(ALPHA / 2.0)?, quantile(1.0 - ALPHA / 2.0)?))
}

/// Coverage by the size of the deck.
pub(crate) fn decks(plan: &Plan) -> Table {
    const DECKS: [usize; 4] = [2, 4, 12, 40];
    let cells: Vec<(f64, usize)> =
        [0.3, 0.6].into_iter().flat_map(|by| [5, 10, 20, 50].map(|blocks| (by, blocks))).collect();
    let rows = plan.run(&cells, |(by, blocks), seed| {
        let mut row = vec![Noise::Correlated(*by).name(), blocks.to_string()];
        row.extend(DECKS.map(|deck| {
            let mut rng = Pcg64Mcg::seed_from_u64(seed);
            let interval: Interval = |values, _| MeanError::of(values)?.interval(ALPHA);
            let (coverage, _) =
                coverage(plan.runs, interval, &mut rng, |rng| two_dealt(*by, *blocks, deck, rng));
            Table::mark(format!("{coverage:.1}"), !(94.0..=96.0).contains(&coverage))
        }));
        row
    });
    let mut table = Table::new("noise | blocks | 2 cards | 4 cards | 12 cards (ours) | 40 cards");
    rows.into_iter().for_each(|row| table.push(row));
    table
}

/// Log ratios of two variants whose first places are dealt from a deck of this size.
fn two_dealt(by: f64, blocks: usize, deck: usize, rng: &mut Pcg64Mcg) -> Vec<f64> {
    let mut cards: Vec<bool> = Vec::new();
    let noise = Noise::Correlated(by).of_rounds(rng, blocks, 2, blocks);
    noise
        .chunks(2)
        .map(|block| {
            if cards.is_empty() {
                cards = (0..deck).map(|card| card % 2 == 0).collect();
                cards.shuffle(rng);
            }
            let turned = cards.pop().unwrap_or_default();
            if turned { block[0] - block[1] } else { block[1] - block[0] }
        })
        .collect()
}
