//! Student's t for paired differences, trimmed once there are enough of them.
//!
//! A mean's interval is right for any number of normal values and too wide for values with outliers: one burst
//! of noise moves the mean a little and its standard error a lot. Trimming sets aside the smallest and the
//! largest values alike, and the winsorised variance charges for having done so: the interval of Tukey and
//! McLaughlin (1963, *Sankhyā* A 25, 331–352; also Yuen 1974, *Biometrika* 61, 165–170).

use crate::stats::order::ascending;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Fewer values are not trimmed: two of them less would cost more precision than an outlier does.
const FEWEST_TRIMMED: usize = 8;

/// A mean, its standard error, and how much that error is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanError {
    /// The arithmetic mean of what was not trimmed.
    pub mean: f64,
    /// Standard error of the mean.
    pub standard_error: f64,
    /// Degrees of freedom.
    pub freedom: f64,
}

/// How many of `count` values are set aside at each end: 15 %, rounded down, from 8 values on.
///
/// The share is what the simulations in `docs/method.md` chose: less leaves intervals too wide under bursts of
/// noise, more makes them too narrow for few values.
pub fn trimmed_each_end(count: usize) -> usize {
    if count < FEWEST_TRIMMED { 0 } else { count * 3 / 20 }
}

impl MeanError {
    /// Of independent values, trimmed as [`trimmed_each_end`] says. `None` with fewer than two values, or with one
    /// that is not finite.
    ///
    /// With `h` of `n` values kept and `g` set aside at each end, the standard error is
    /// `s_w · √(n − 1) / √(h · (h − 1))`, where `s_w` is the standard deviation (from `n − 1`) after the values
    /// set aside are replaced by the nearest kept one, with `h − 1` degrees of freedom. Untrimmed this is
    /// Student's own `s / √n` and `n − 1`.
    pub fn of(values: &[f64]) -> Option<Self> {
        Self::trimmed(values, trimmed_each_end(values.len()))
    }

    /// The same with this many set aside at each end.
    pub fn trimmed(values: &[f64], each_end: usize) -> Option<Self> {
        Self::marginal(&[values], each_end)
    }

    /// The mean of the means of several samples whose values at one place share their luck: the values of a block, say. Each sample is trimmed
    /// by itself, as [`Self::of`] does; the standard error is that of the winsorised values' means, place by place. These are the marginal
    /// trimmed means of Wilcox (2012, *Introduction to Robust Estimation and Hypothesis Testing*, ch. 8).
    ///
    /// `None` without samples, with samples of different lengths, and where any alone has no mean.
    pub fn together(samples: &[Vec<f64>]) -> Option<Self> {
        Self::marginal(samples, trimmed_each_end(samples.first()?.len()))
    }

    fn marginal<Sample: AsRef<[f64]>>(samples: &[Sample], each_end: usize) -> Option<Self> {
        let count = samples.first()?.as_ref().len();
        let kept_count = count.checked_sub(2 * each_end).filter(|kept| *kept >= 2)? as f64;
        let mut mean = 0.0;
        let mut places = vec![0.0; count];
        for values in samples.iter().map(AsRef::as_ref) {
            if values.len() != count || values.iter().any(|value| !value.is_finite()) {
                return None;
            }
            let sorted = ascending(values);
            let kept = &sorted[each_end..count - each_end];
            let (lowest, highest) = (*kept.first()?, *kept.last()?);
            mean += kept.iter().sum::<f64>() / kept_count;
            places.iter_mut().zip(values).for_each(|(sum, value)| *sum += value.clamp(lowest, highest));
        }
        let samples = samples.len() as f64;
        places.iter_mut().for_each(|sum| *sum /= samples);
        let centre = places.iter().sum::<f64>() / count as f64;
        let squares = places.iter().map(|place| (place - centre).powi(2)).sum::<f64>();
        Some(Self {
            mean: mean / samples,
            standard_error: (squares / (kept_count * (kept_count - 1.0))).sqrt(),
            freedom: kept_count - 1.0,
        })
    }

    /// The same mean with a standard error of at least `least`.
    pub fn with_error_of_at_least(self, least: f64) -> Self {
        Self { standard_error: self.standard_error.max(least), ..self }
    }

    /// The difference to the mean of an independent sample, with the degrees of freedom of Welch (1947, *Biometrika* 34, 28–35),
    /// which for trimmed means is the test of Yuen (1974): `(a + b)² ÷ (a² ÷ f_a + b² ÷ f_b)` for squared errors a and b.
    pub fn minus(&self, other: &Self) -> Self {
        let (one, another) = (self.standard_error.powi(2), other.standard_error.powi(2));
        let known = (one + another).powi(2) / (one.powi(2) / self.freedom + another.powi(2) / other.freedom);
        Self {
            mean: self.mean - other.mean,
            standard_error: (one + another).sqrt(),
            // Without any spread the formula is 0 ÷ 0.
            freedom: if known.is_finite() { known } else { self.freedom + other.freedom },
        }
    }

    /// The two-sided interval that misses the true mean with probability `alpha`:
    /// `mean ± t(1 − alpha/2; freedom) · SE`.
    pub fn interval(&self, alpha: f64) -> Option<(f64, f64)> {
        // The lower quantile, as its probability is small and so keeps its digits.
        let half = -self.student()?.inverse_cdf(alpha / 2.0) * self.standard_error;
        Some((self.mean - half, self.mean + half))
    }

    /// Two-sided p-value of "the true mean is `hypothesis`".
    pub fn two_sided_p(&self, hypothesis: f64) -> Option<f64> {
        Some((2.0 * self.upper_p(hypothesis)?.min(self.lower_p(hypothesis)?)).min(1.0))
    }

    /// One-sided p-value of "the true mean is at most `hypothesis`": small when the values say it is more.
    pub fn upper_p(&self, hypothesis: f64) -> Option<f64> {
        self.tail((self.mean - hypothesis) / self.standard_error)
    }

    /// One-sided p-value of "the true mean is at least `hypothesis`": small when the values say it is less.
    pub fn lower_p(&self, hypothesis: f64) -> Option<f64> {
        self.tail((hypothesis - self.mean) / self.standard_error)
    }

    /// The probability of a larger t. Without any spread t is infinite, or 0 ÷ 0 for a mean that is exactly the
    /// hypothesis and so says nothing against either side.
    fn tail(&self, t: f64) -> Option<f64> {
        match t {
            _ if t.is_nan() => Some(0.5),
            f64::INFINITY => Some(0.0),
            f64::NEG_INFINITY => Some(1.0),
            _ => Some(self.student()?.sf(t)),
        }
    }

    fn student(&self) -> Option<StudentsT> {
        StudentsT::new(0.0, 1.0, self.freedom).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn too_few_or_broken_values_have_no_error() {
        assert_eq!(MeanError::of(&[]), None);
        assert_eq!(MeanError::of(&[1.0]), None);
        assert_eq!(MeanError::of(&[1.0, f64::NAN]), None);
        assert_eq!(MeanError::of(&[1.0, f64::INFINITY]), None);
    }

    #[test]
    fn zero_variance_is_certain_not_a_division_by_zero() {
        let same = MeanError::of(&[0.5, 0.5, 0.5]).unwrap();
        assert_eq!(same.interval(0.05), Some((0.5, 0.5)));
        assert_eq!((same.two_sided_p(0.5), same.two_sided_p(0.4)), (Some(1.0), Some(0.0)));
        assert_eq!((same.upper_p(0.6), same.lower_p(0.6)), (Some(1.0), Some(0.0)));
    }

    #[test]
    fn samples_together_know_what_their_places_share() {
        let one = vec![1.0, 3.0, 2.0, 5.0, 4.0, 0.0, 9.0, 7.0];
        let alone = MeanError::of(&one);
        assert_eq!(MeanError::together(std::slice::from_ref(&one)), alone);
        // A repetition is no further evidence; what cancels leaves no doubt, and the mean is that of the means.
        assert_eq!(MeanError::together(&[one.clone(), one.clone()]), alone);
        let turned: Vec<f64> = one.iter().map(|value| 10.0 - value).collect();
        let cancelled = MeanError::together(&[one.clone(), turned]).unwrap();
        assert_eq!((cancelled.mean, cancelled.standard_error), (5.0, 0.0));
        // Outliers at other places are set aside in each sample.
        let with_outlier = |at: usize| {
            let mut values = one.clone();
            values[at] = 1e6;
            values
        };
        let apart = MeanError::together(&[with_outlier(0), with_outlier(1)]).unwrap();
        assert!(apart.standard_error < 2.0, "{apart:?}");
        assert_eq!(MeanError::together(&[one, vec![1.0]]), None);
        assert_eq!(MeanError::together(&[]), None);
    }

    #[test]
    fn an_outlier_is_set_aside_from_eight_values_on() {
        assert_eq!([2, 7, 8, 13, 14, 50].map(trimmed_each_end), [0, 0, 1, 1, 2, 7]);
        let mut values = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        values.push(1e6);
        let error = MeanError::of(&values).unwrap();
        assert_eq!((error.mean, error.freedom), (4.5, 5.0));
        assert!(error.standard_error < 2.0, "{error:?}");
    }

    proptest! {
        #![proptest_config(crate::report::fixture::same_each_time(256))]

        #[test]
        fn an_interval_excludes_what_the_test_rejects(
            values in prop::collection::vec(-1.0_f64..1.0, 2..40), alpha in 0.0001_f64..0.2,
        ) {
            let error = MeanError::of(&values).unwrap();
            let (low, high) = error.interval(alpha).unwrap();
            let p = error.two_sided_p(0.0).unwrap();
            // At the border itself rounding decides.
            prop_assume!((p - alpha).abs() > 1e-9);
            prop_assert_eq!(p < alpha, low > 0.0 || high < 0.0);
        }
    }
}
