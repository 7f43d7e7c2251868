//! Student's t for paired differences.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Mean and standard error of independent values. `None` with fewer than two values, or with one that is not
/// finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanError {
    /// Arithmetic mean.
    pub mean: f64,
    /// Standard error of the mean: `s / √n` with `s` from `n − 1`.
    pub standard_error: f64,
    /// Degrees of freedom, `n − 1`.
    pub freedom: f64,
}

impl MeanError {
    /// Of these values.
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.len() < 2 || values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
        Some(Self { mean, standard_error: (variance / count).sqrt(), freedom: count - 1.0 })
    }

    /// The two-sided interval that holds the true mean with probability `confidence`:
    /// `mean ± t(1 − (1 − confidence)/2; n − 1) · SE`.
    pub fn interval(&self, confidence: f64) -> Option<(f64, f64)> {
        let half = self.student()?.inverse_cdf(0.5 + confidence / 2.0) * self.standard_error;
        Some((self.mean - half, self.mean + half))
    }

    /// Two-sided p-value of "the true mean is `hypothesis`".
    pub fn two_sided_p(&self, hypothesis: f64) -> Option<f64> {
        Some((2.0 * self.upper_p(hypothesis)?.min(1.0 - self.upper_p(hypothesis)?)).min(1.0))
    }

    /// One-sided p-value of "the true mean is at most `hypothesis`": small when the values say it is more.
    pub fn upper_p(&self, hypothesis: f64) -> Option<f64> {
        if self.standard_error == 0.0 {
            return Some(match self.mean.total_cmp(&hypothesis) {
                std::cmp::Ordering::Greater => 0.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 1.0,
            });
        }
        Some(self.student()?.sf((self.mean - hypothesis) / self.standard_error))
    }

    fn student(&self) -> Option<StudentsT> {
        StudentsT::new(0.0, 1.0, self.freedom).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn textbook_values() {
        // t(0.975; 9) = 2.262157162740992; values 1..=10: mean 5.5, s = 3.0276503540974917.
        let error = MeanError::of(&(1..=10).map(f64::from).collect::<Vec<_>>()).unwrap();
        assert!(near(error.mean, 5.5) && near(error.standard_error, 3.027_650_354_097_491_7 / 10_f64.sqrt()));
        let (low, high) = error.interval(0.95).unwrap();
        assert!(
            near(high - 5.5, 2.262_157_162_740_992 * error.standard_error) && near(5.5 - low, high - 5.5)
        );
    }

    #[test]
    fn too_few_or_broken_values_have_no_error() {
        assert_eq!(MeanError::of(&[]), None);
        assert_eq!(MeanError::of(&[1.0]), None);
        assert_eq!(MeanError::of(&[1.0, f64::NAN]), None);
    }

    #[test]
    fn zero_variance_is_certain_not_a_division_by_zero() {
        let same = MeanError::of(&[0.5, 0.5, 0.5]).unwrap();
        assert_eq!(same.interval(0.95), Some((0.5, 0.5)));
        assert_eq!((same.two_sided_p(0.5), same.two_sided_p(0.4)), (Some(1.0), Some(0.0)));
    }
}
