//! Outliers by Tukey's fences: reported, never dropped.
//!
//! Tukey 1977, *Exploratory Data Analysis*, ch. 2: the hinges are the medians of the lower and the upper half
//! (the middle value of an odd count belongs to both). A value is outside beyond 1.5 hinge spreads from the nearer
//! hinge, and far out beyond 3.

use crate::stats::order::ascending;
use crate::stats::summary::median;
use serde::{Deserialize, Serialize};

/// Fewer values have no quartiles worth the name.
const FEWEST: usize = 5;

/// How many round times lie outside Tukey's fences. They stay in every number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outliers {
    /// Between 1.5 and 3 hinge spreads from the nearer hinge.
    pub mild: u64,
    /// Beyond 3.
    pub severe: u64,
}

impl Outliers {
    /// Among these values; none among fewer than five.
    pub fn among(values: &[f64]) -> Self {
        let sorted = ascending(values);
        let half = sorted.len().div_ceil(2);
        let (Some(lower), Some(upper)) = (median(&sorted[..half]), median(&sorted[sorted.len() - half..]))
        else {
            return Self::default();
        };
        // Without a spread both fences would stand on one value, and a single step of the clock would be far out.
        if sorted.len() < FEWEST || lower == upper {
            return Self::default();
        }
        let beyond = |spreads: f64| {
            let reach = spreads * (upper - lower);
            sorted.iter().filter(|value| **value < lower - reach || **value > upper + reach).count() as u64
        };
        let severe = beyond(3.0);
        Self { mild: beyond(1.5) - severe, severe }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_stand_at_one_and_a_half_and_three_spreads() {
        // Hinges 3 and 7, spread 4: fences at −3 and 13, −9 and 19.
        let with = |extra: f64| Outliers::among(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, extra]);
        assert_eq!(with(13.0), Outliers::default());
        assert_eq!(with(13.1), Outliers { mild: 1, severe: 0 });
        assert_eq!(with(19.1), Outliers { mild: 0, severe: 1 });
    }

    #[test]
    fn few_or_identical_values_have_none() {
        assert_eq!(Outliers::among(&[]), Outliers::default());
        assert_eq!(Outliers::among(&[1.0, 1.0, 1.0, 900.0]), Outliers::default());
        assert_eq!(Outliers::among(&[2.0; 30]), Outliers::default());
        let mut one_step_off = [20.0; 30];
        one_step_off[7] = 21.0;
        assert_eq!(Outliers::among(&one_step_off), Outliers::default());
    }
}
