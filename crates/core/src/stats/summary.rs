//! Many values in a few numbers.

use crate::stats::histogram::{HistogramError, LatencyHistogram, curve};
use crate::stats::order::ascending;
use serde::{Deserialize, Serialize};

/// Up to this many values are kept as they are, for exact percentiles; beyond, the histogram's 3 significant
/// digits serve, and memory stays flat.
const EXACT_LIMIT: usize = 10_000;

/// Times gathered one by one.
#[derive(Clone, Debug)]
pub struct Times {
    exact: Option<Vec<f64>>,
    histogram: LatencyHistogram,
    min: f64,
    max: f64,
    sum: f64,
}

/// Percentiles of times, in ms. A percentile is the smallest time at or below which that share of all times lies
/// (nearest rank, Hyndman & Fan 1996, definition 1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Latency {
    /// How many times.
    pub count: u64,
    /// Shortest.
    pub min: f64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Median.
    pub p50: f64,
    /// 90th percentile.
    pub p90: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
    /// Longest.
    pub max: f64,
    /// The curve of the percentiles, for drawing: pairs of a share (0 to 1) and the time at or below which that share of all
    /// times lies. Each two steps halve what is beyond, so that the tail is as detailed as the times allow.
    #[serde(default)]
    pub quantiles: Vec<(f64, f64)>,
    /// HDR histogram in µs, V2 compressed, base64.
    pub histogram: String,
}

/// A phase's times, in ms.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PhaseTimes {
    /// How many requests showed the phase.
    pub count: u64,
    /// Arithmetic mean; means of phases add up, percentiles do not.
    pub mean: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
}

/// How late requests were sent after they were due, in ms: the sender's own doing, not the target's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lateness {
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// Longest.
    pub max: f64,
}

impl Times {
    /// None yet.
    ///
    /// # Errors
    /// [`HistogramError`] if the histogram cannot be made.
    pub fn new() -> Result<Self, HistogramError> {
        let histogram = LatencyHistogram::new()?;
        Ok(Self { exact: Some(Vec::new()), histogram, min: f64::INFINITY, max: 0.0, sum: 0.0 })
    }

    /// Adds one time in ms. What is not a time (negative, not finite) is left out.
    pub fn add(&mut self, ms: f64) {
        if !ms.is_finite() || ms < 0.0 {
            return;
        }
        self.histogram.record(ms);
        self.min = self.min.min(ms);
        self.max = self.max.max(ms);
        self.sum += ms;
        match &mut self.exact {
            Some(values) if values.len() < EXACT_LIMIT => values.push(ms),
            _ => self.exact = None,
        }
    }

    /// How many.
    pub fn count(&self) -> u64 {
        self.histogram.count()
    }

    /// Summarised, with histogram; `None` if there are none.
    ///
    /// # Errors
    /// [`HistogramError`] if the histogram cannot be written.
    pub fn latency(&self) -> Result<Option<Latency>, HistogramError> {
        if self.count() == 0 {
            return Ok(None);
        }
        let percentile = self.percentiles();
        Ok(Some(Latency {
            count: self.count(),
            min: self.min,
            mean: self.sum / self.count() as f64,
            p50: percentile(0.50),
            p90: percentile(0.90),
            p95: percentile(0.95),
            p99: percentile(0.99),
            max: self.max,
            quantiles: curve(self.count()).map(|share| (share, percentile(share))).collect(),
            histogram: self.histogram.to_base64()?,
        }))
    }

    /// Summarised as a phase; `None` if there are none.
    pub fn phase(&self) -> Option<PhaseTimes> {
        let percentile = self.percentiles();
        (self.count() > 0).then(|| PhaseTimes {
            count: self.count(),
            mean: self.sum / self.count() as f64,
            p50: percentile(0.50),
            p95: percentile(0.95),
            p99: percentile(0.99),
        })
    }

    /// Summarised as lateness; `None` if there are none.
    pub fn lateness(&self) -> Option<Lateness> {
        let percentile = self.percentiles();
        let is_any = self.count() > 0;
        is_any.then(|| Lateness { p50: percentile(0.50), p95: percentile(0.95), max: self.max })
    }

    fn percentiles(&self) -> impl Fn(f64) -> f64 {
        let sorted = self.exact.as_deref().map(ascending);
        move |quantile| match &sorted {
            Some(values) => nearest_rank(values, quantile).unwrap_or(f64::NAN),
            // A histogram's bucket may reach beyond the largest value seen.
            None => self.histogram.quantile_ms(quantile).unwrap_or(f64::NAN).clamp(self.min, self.max),
        }
    }
}

/// Whether a percentile has one of `count` values beyond it. One that has none is the longest, under another name.
pub fn has_beyond(count: u64, share: f64) -> bool {
    // A share such as 0.95 is no sum of halves: what is beyond it may come out a hair short of a whole value.
    count as f64 * (1.0 - share) > 1.0 - 1e-6
}

/// The smallest value at or below which a share of `quantile` lies; `values` ascending.
pub fn nearest_rank(values: &[f64], quantile: f64) -> Option<f64> {
    let rank = (quantile * values.len() as f64).ceil().max(1.0) as usize;
    values.get(rank.min(values.len()).checked_sub(1)?).copied()
}

/// The middle value, or the mean of the two middle ones; `None` if there are none.
pub fn median(values: &[f64]) -> Option<f64> {
    let sorted = ascending(values);
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*sorted.get(sorted.len() / 2 - 1)?, upper))
}

/// The interval that holds the true median with at least `1 − alpha`, whatever the values' distribution: from the k-th
/// smallest to the k-th largest, where k is the largest number for which fewer than k of the values lie below the median with
/// a chance of at most `alpha ÷ 2`, each doing so with a chance of ½ (Hahn & Meeker 1991, *Statistical Intervals*, §5.2).
/// `None` where not even the whole range holds it that often: fewer than six values, at 5 %.
pub fn median_interval(values: &[f64], alpha: f64) -> Option<(f64, f64)> {
    let count = values.len();
    // Sums of many tiny chances: as logarithms they do not vanish.
    let mut log_chance = -(count as f64) * std::f64::consts::LN_2;
    let (mut below, mut k) = (log_chance.exp(), 0);
    while below <= alpha / 2.0 && 2 * k < count {
        k += 1;
        log_chance += ((count - k + 1) as f64 / k as f64).ln();
        below += log_chance.exp();
    }
    let sorted = ascending(values);
    Some((*sorted.get(k.checked_sub(1)?)?, *sorted.get(count.checked_sub(k)?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(values: impl IntoIterator<Item = f64>) -> Times {
        let mut times = Times::new().unwrap();
        values.into_iter().for_each(|ms| times.add(ms));
        times
    }

    #[test]
    fn percentiles_of_few_are_exact() {
        let latency = times((1..=100).map(f64::from)).latency().unwrap().unwrap();
        assert_eq!((latency.min, latency.p50, latency.p90, latency.p95), (1.0, 50.0, 90.0, 95.0));
        assert_eq!((latency.p99, latency.max, latency.mean, latency.count), (99.0, 100.0, 50.5, 100));
    }

    #[test]
    fn percentiles_of_many_hold_three_digits_and_stay_in_range() {
        let latency = times((0..20_000).map(|i| f64::from(i) * 0.01 + 1.0)).latency().unwrap().unwrap();
        assert!((latency.p50 / 100.99 - 1.0).abs() < 1e-3, "{}", latency.p50);
        assert!(latency.p99 <= latency.max && latency.min == 1.0);
    }

    #[test]
    fn none_one_and_no_time() {
        assert_eq!(times([]).latency().unwrap(), None);
        assert_eq!(times([f64::NAN, -1.0]).phase(), None);
        let one = times([3.0]).phase().unwrap();
        assert_eq!((one.p50, one.p99, one.mean), (3.0, 3.0, 3.0));
    }

    #[test]
    fn the_curve_ends_at_the_longest_and_shows_the_tail() {
        let latency = times((1..=1_000).map(f64::from)).latency().unwrap().unwrap();
        let (shares, ms): (Vec<f64>, Vec<f64>) = latency.quantiles.iter().copied().unzip();
        assert_eq!((latency.quantiles[0], latency.quantiles.last()), ((0.0, 1.0), Some(&(1.0, 1_000.0))));
        assert!(shares.contains(&0.5) && shares.iter().any(|share| *share > 0.998 && *share < 1.0));
        assert!(shares.is_sorted() && ms.is_sorted() && shares.len() < 24, "{shares:?}");
        assert_eq!(times([3.0]).latency().unwrap().unwrap().quantiles, [(0.0, 3.0), (1.0, 3.0)]);
    }

    #[test]
    fn the_interval_of_a_median_is_that_of_the_tables() {
        let ranks = |count: u32| median_interval(&(1..=count).map(f64::from).collect::<Vec<_>>(), 0.05);
        // Conover 1999, table A3 (binomial, p = ½): k = 1 at 6 to 8 values, 2 at 9 to 11, 3 at 12 to 14; 40 at 100.
        assert_eq!((ranks(0), ranks(1), ranks(5)), (None, None, None));
        assert_eq!((ranks(6), ranks(8)), (Some((1.0, 6.0)), Some((1.0, 8.0))));
        assert_eq!((ranks(9), ranks(11)), (Some((2.0, 8.0)), Some((2.0, 10.0))));
        assert_eq!((ranks(12), ranks(100)), (Some((3.0, 10.0)), Some((40.0, 61.0))));
        let (low, high) = ranks(5_000).unwrap();
        // Beyond what a product of halves can be distinguished from zero: the normal approximation serves as the known answer.
        let half = 1.96 * 5_000_f64.sqrt() / 2.0;
        assert!(
            (low - (2_500.0 - half)).abs() < 3.0 && (high - (2_501.0 + half)).abs() < 3.0,
            "{low} {high}"
        );
    }

    #[test]
    fn the_median_of_an_even_count_lies_between() {
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&[5.0]), Some(5.0));
        assert_eq!(median(&[]), None);
    }
}
