//! Round times with known trouble in them.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal, StudentT};

/// What disturbs the rounds of a run. Every kind is noise of the logarithm of round times, in the order in which
/// the rounds take place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Noise {
    /// Log-normal times with this standard deviation of their logarithm.
    LogNormal(f64),
    /// Heavy tails: Student's t with 3 degrees of freedom, scaled by 0.1.
    HeavyTailed,
    /// 10 % log-normal, while the machine slows down steadily, to 1.65 times at the end.
    Drift,
    /// 15 % log-normal, and every block as a whole shifted by 30 %.
    BlockEffects,
    /// 15 % log-normal in which each round remembers the one before: AR(1) with this correlation.
    Correlated(f64),
    /// 10 % log-normal; 3 rounds of 100 begin a burst that multiplies 4 rounds on average by one to four.
    Bursts,
}

impl Noise {
    /// Every kind, as the tables list them.
    pub(crate) const ALL: [Self; 9] = [
        Self::LogNormal(0.05),
        Self::LogNormal(0.15),
        Self::LogNormal(0.40),
        Self::HeavyTailed,
        Self::Drift,
        Self::BlockEffects,
        Self::Correlated(0.3),
        Self::Correlated(0.6),
        Self::Bursts,
    ];

    pub(crate) fn name(self) -> String {
        match self {
            Self::LogNormal(spread) => format!("log-normal, {:.0} %", spread * 100.0),
            Self::HeavyTailed => "heavy-tailed (log-t, 3 df)".to_owned(),
            Self::Drift => "drift to 1.65×".to_owned(),
            Self::BlockEffects => "block effects, 30 %".to_owned(),
            Self::Correlated(by) => format!("correlated, AR(1) {by}"),
            Self::Bursts => "bursts up to 4×".to_owned(),
        }
    }

    /// Noise of the logarithms of `blocks` × `per_block` successive round times; a drift reaches its end after
    /// `drift_blocks`.
    pub(crate) fn of_rounds(
        self,
        rng: &mut impl Rng,
        blocks: usize,
        per_block: usize,
        drift_blocks: usize,
    ) -> Vec<f64> {
        let rounds = blocks * per_block;
        let mut normal = |spread: f64| -> Vec<f64> {
            (0..rounds).map(|_| spread * Distribution::<f64>::sample(&StandardNormal, rng)).collect()
        };
        match self {
            Self::LogNormal(spread) => normal(spread),
            Self::HeavyTailed => heavy_tailed(rng, rounds),
            Self::Drift => {
                let step = 0.5 / (drift_blocks * per_block).max(2) as f64;
                normal(0.10).into_iter().enumerate().map(|(at, noise)| noise + step * at as f64).collect()
            }
            Self::BlockEffects => {
                let mut noise = normal(0.15);
                for block in noise.chunks_mut(per_block) {
                    let shift = 0.30 * Distribution::<f64>::sample(&StandardNormal, rng);
                    block.iter_mut().for_each(|round| *round += shift);
                }
                noise
            }
            Self::Correlated(by) => {
                let mut noise = normal(0.15);
                for at in 1..rounds {
                    noise[at] = by * noise[at - 1] + (1.0 - by * by).sqrt() * noise[at];
                }
                noise
            }
            Self::Bursts => {
                let noise = normal(0.10);
                with_bursts(rng, noise)
            }
        }
    }
}

fn heavy_tailed(rng: &mut impl Rng, rounds: usize) -> Vec<f64> {
    // Three degrees of freedom are a distribution; were they none, there would be no noise, and a table to show it.
    let Ok(student) = StudentT::new(3.0) else { return vec![0.0; rounds] };
    (0..rounds).map(|_| 0.1 * student.sample(rng)).collect()
}

fn with_bursts(rng: &mut impl Rng, mut noise: Vec<f64>) -> Vec<f64> {
    let mut burst: Option<f64> = None;
    for round in &mut noise {
        burst = match burst {
            Some(factor) => rng.random_bool(0.75).then_some(factor),
            None => rng.random_bool(0.03).then(|| rng.random_range(1.0_f64..4.0)),
        };
        *round += burst.map_or(0.0, f64::ln);
    }
    noise
}
