//! How many of how many, and what that says of the next ones.

use std::fmt;

/// The normal quantile of a two-sided interval of 95 %.
const Z: f64 = 1.959_964;

/// `hits` of `of`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub hits: u32,
    pub of: u32,
}

impl Share {
    pub fn count<T>(all: impl IntoIterator<Item = T>, is_so: impl Fn(T) -> bool) -> Self {
        all.into_iter().fold(Self::default(), |share, one| Self {
            hits: share.hits + u32::from(is_so(one)),
            of: share.of + 1,
        })
    }

    /// The share itself; 0 of none.
    pub fn share(&self) -> f64 {
        if self.of == 0 { 0.0 } else { f64::from(self.hits) / f64::from(self.of) }
    }

    /// The 95 % interval of the true share by Wilson's score (1927, *J. American Statistical Association* 22, 209–212).
    pub fn interval(&self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (p, n) = (self.share(), f64::from(self.of));
        let middle = p + Z * Z / (2.0 * n);
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        ((middle - half) / scale, (middle + half) / scale)
    }
}

/// As in `4 of 200: 2.0 % (0.8 to 5.0)`.
impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = self.interval();
        let [share, low, high] = [self.share(), low, high].map(|share| share * 100.0);
        write!(formatter, "{} of {}: {share:.1} % ({low:.1} to {high:.1})", self.hits, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // scipy.stats.binomtest(4, 200).proportion_ci(method="wilson")
        let (low, high) = Share { hits: 4, of: 200 }.interval();
        assert!((low - 0.007_804_426).abs() < 1e-7 && (high - 0.050_287_087).abs() < 1e-7, "{low} {high}");
        assert_eq!(Share { hits: 0, of: 0 }.interval(), (0.0, 1.0));
    }

    #[test]
    fn it_is_counted_and_written() {
        let share = Share::count([1, 2, 3, 4], |number| number > 3);
        assert_eq!(share, Share { hits: 1, of: 4 });
        assert!(share.to_string().starts_with("1 of 4: 25.0 % ("), "{share}");
    }
}
