//! The ratio of two times, paired by block, by the rules the product itself compares by.

use fetchmark_core::stats::student::MeanError;
use std::fmt;

/// Chance of an interval without the true ratio.
const ALPHA: f64 = 0.05;

/// The geometric mean of ratios (trimmed from 8 blocks on) and its 95 % t interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Above 1, the candidate takes longer.
    pub ratio: f64,
    pub low: f64,
    pub high: f64,
}

impl Ratio {
    /// Of (candidate, baseline) times, one pair a block. `None` with fewer than two blocks, or a time that is not
    /// above 0.
    pub fn of(pairs: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        let logs: Vec<f64> =
            pairs.into_iter().map(|(candidate, baseline)| (candidate / baseline).ln()).collect();
        let mean = MeanError::of(&logs)?;
        let (low, high) = mean.interval(ALPHA)?;
        Some(Self { ratio: mean.mean.exp(), low: low.exp(), high: high.exp() })
    }

    /// How far the interval reaches to either side: 0.03 is ±3 %.
    pub fn half_width(&self) -> f64 {
        (self.high / self.low).sqrt() - 1.0
    }
}

/// As in `1.013 (1.002 to 1.024)`.
impl fmt::Display for Ratio {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.3} ({:.3} to {:.3})", self.ratio, self.low, self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_students() {
        // Logs 0.00, 0.02, 0.04: mean 0.02, standard error 0.02 ÷ √3, t(0.975; 2) = 4.3027.
        let ratio = Ratio::of([0.0_f64, 0.02, 0.04].map(|log| (log.exp(), 1.0))).unwrap();
        let half = 4.302_652_7 * 0.02 / 3.0_f64.sqrt();
        assert!((ratio.ratio.ln() - 0.02).abs() < 1e-12);
        assert!((ratio.high.ln() - 0.02 - half).abs() < 1e-6);
        assert!(((1.0 + ratio.half_width()).ln() - half).abs() < 1e-6);
    }

    #[test]
    fn one_block_or_no_time_gives_no_ratio() {
        assert_eq!([Ratio::of([(1.0, 1.0)]), Ratio::of([(1.0, 1.0), (1.0, 0.0)])], [None, None]);
    }

    #[test]
    fn it_is_written_with_its_interval() {
        let ratio = Ratio { ratio: 1.0125, low: 0.99, high: 1.04 };
        assert_eq!(ratio.to_string(), "1.012 (0.990 to 1.040)");
    }
}
