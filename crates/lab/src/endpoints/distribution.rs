//! Delays drawn from a named distribution, the same ones each time for the same seed.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution as _, Exp, LogNormal, Pareto, Uniform};

/// A distribution of delays, in milliseconds.
///
/// | name | parameters | shape |
/// |---|---|---|
/// | `constant` | `mean` | always the same |
/// | `uniform` | `min` (0), `max` | every value between equally likely |
/// | `exponential` | `mean` | many short, few long: waiting times of independent events |
/// | `lognormal` | `median`, `sigma` (0.5) | like most real services; `sigma` is that of the logarithm |
/// | `pareto` | `min`, `alpha` (2) | heavy tail; the smaller `alpha`, the heavier; no mean at or below 1 |
///
/// Where `max` is no parameter of the shape, it caps what is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Distribution {
    Constant { mean: f64 },
    Uniform { min: f64, max: f64 },
    Exponential { mean: f64 },
    LogNormal { median: f64, sigma: f64 },
    Pareto { min: f64, alpha: f64 },
}

/// Parameters as they come from the query; each unset unless given.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parameters {
    pub(super) mean: Option<f64>,
    pub(super) median: Option<f64>,
    pub(super) sigma: Option<f64>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) alpha: Option<f64>,
}

const POSITIVE: &str = "above 0 (and no more than 600000)";
const NOT_NEGATIVE: &str = "from 0 to 600000";

impl Distribution {
    pub(super) fn named(name: &str, given: &Parameters) -> Result<Self, String> {
        match name {
            "constant" => {
                let mean = given.mean.ok_or_else(|| missing("constant", "mean"))?;
                Ok(Self::Constant { mean: not_negative("mean", mean)? })
            }
            "uniform" => {
                let min = not_negative("min", given.min.unwrap_or(0.0))?;
                let max = not_negative("max", given.max.ok_or_else(|| missing("uniform", "max"))?)?;
                if max < min {
                    return Err(out_of_range("max", "no smaller than `min`"));
                }
                Ok(Self::Uniform { min, max })
            }
            "exponential" => {
                let mean = given.mean.ok_or_else(|| missing("exponential", "mean"))?;
                Ok(Self::Exponential { mean: positive("mean", mean)? })
            }
            "lognormal" => {
                let median = positive("median", given.median.ok_or_else(|| missing("lognormal", "median"))?)?;
                Ok(Self::LogNormal { median, sigma: not_negative("sigma", given.sigma.unwrap_or(0.5))? })
            }
            "pareto" => {
                let min = positive("min", given.min.ok_or_else(|| missing("pareto", "min"))?)?;
                Ok(Self::Pareto { min, alpha: positive("alpha", given.alpha.unwrap_or(2.0))? })
            }
            other => Err(format!(
                "`{other}` is neither a number of milliseconds nor a distribution. Use constant, uniform, exponential, \
                 lognormal or pareto."
            )),
        }
    }

    /// The delay of the `index`th request (from 1) under `seed`, in milliseconds. It depends on nothing else, so the order in
    /// which requests are answered does not matter.
    pub(super) fn draw(&self, seed: u64, index: u64) -> f64 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(index);
        // The parameters were checked when the distribution was made, so the fallbacks are never used.
        match *self {
            Self::Constant { mean } => mean,
            Self::Uniform { min, max } => {
                Uniform::new_inclusive(min, max).map_or(min, |shape| shape.sample(&mut random))
            }
            Self::Exponential { mean } => {
                Exp::new(mean.recip()).map_or(mean, |shape| shape.sample(&mut random))
            }
            Self::LogNormal { median, sigma } => {
                LogNormal::new(median.ln(), sigma).map_or(median, |shape| shape.sample(&mut random))
            }
            Self::Pareto { min, alpha } => {
                Pareto::new(min, alpha).map_or(min, |shape| shape.sample(&mut random))
            }
        }
    }
}

fn missing(distribution: &str, parameter: &str) -> String {
    format!(
        "The distribution `{distribution}` needs `{parameter}` in the query, as in ?{parameter}=20 (milliseconds)."
    )
}

fn out_of_range(parameter: &str, range: &str) -> String {
    format!("`{parameter}` must be a number {range}.")
}

fn positive(name: &str, value: f64) -> Result<f64, String> {
    if value > 0.0 && value <= 600_000.0 { Ok(value) } else { Err(out_of_range(name, POSITIVE)) }
}

fn not_negative(name: &str, value: f64) -> Result<f64, String> {
    if (0.0..=600_000.0).contains(&value) { Ok(value) } else { Err(out_of_range(name, NOT_NEGATIVE)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn median_of(shape: Distribution) -> f64 {
        let mut drawn: Vec<f64> = (1..=4_001).map(|index| shape.draw(7, index)).collect();
        drawn.sort_by(f64::total_cmp);
        drawn[2_000]
    }

    #[test]
    fn draws_depend_on_seed_and_index() {
        let shape = Distribution::Exponential { mean: 20.0 };
        let draw = |seed| -> Vec<f64> { (1..=20).map(|index| shape.draw(seed, index)).collect() };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert_ne!(shape.draw(1, 1), shape.draw(1, 2));
    }

    #[test]
    fn each_shape_has_the_median_it_should_have() {
        for (shape, median) in [
            (Distribution::Constant { mean: 20.0 }, 20.0),
            (Distribution::Uniform { min: 10.0, max: 30.0 }, 20.0),
            (Distribution::Exponential { mean: 20.0 }, 20.0 * std::f64::consts::LN_2),
            (Distribution::LogNormal { median: 20.0, sigma: 0.5 }, 20.0),
            (Distribution::Pareto { min: 10.0, alpha: 2.0 }, 10.0 * std::f64::consts::SQRT_2),
        ] {
            let drawn = median_of(shape);
            assert!((drawn / median - 1.0).abs() < 0.06, "{shape:?}: {drawn} instead of {median}");
        }
    }

    #[test]
    fn draws_stay_within_bounds() {
        for index in 1..=1_000 {
            assert!((3.0..=4.0).contains(&Distribution::Uniform { min: 3.0, max: 4.0 }.draw(1, index)));
            assert!(Distribution::Pareto { min: 5.0, alpha: 1.0 }.draw(1, index) >= 5.0);
        }
    }
}
