//! How a figure is compared with its limit.

use crate::{gates::GateOutcome, scenario::factors::string_enum};

string_enum! {
    /// How a figure is compared with its limit.
    Operator {
        Below = "<",
        AtMost = "<=",
        Above = ">",
        AtLeast = ">=",
        /// For counts and shares only.
        Exactly = "==",
    }
}

impl Operator {
    /// Whether this value keeps to the limit.
    pub fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::Below => value < limit,
            Self::AtMost => value <= limit,
            Self::Above => value > limit,
            Self::AtLeast => value >= limit,
            Self::Exactly => value == limit,
        }
    }

    /// The outcome for a figure that is known to lie from `low` to `high`: passed if all of it keeps to the limit, crossed if
    /// none of it does, else unresolved.
    pub(super) fn outcome(self, low: f64, high: f64, limit: f64) -> GateOutcome {
        let may_hold = match self {
            Self::Exactly => (low..=high).contains(&limit),
            _ => self.holds(low, limit) || self.holds(high, limit),
        };
        match may_hold {
            false => GateOutcome::Crossed,
            true if self.holds(low, limit) && self.holds(high, limit) => GateOutcome::Passed,
            true => GateOutcome::Unresolved,
        }
    }

    /// Whether `one` is nearer to crossing than `other`.
    pub(super) fn is_worse(self, one: f64, other: f64) -> bool {
        match self {
            Self::Above | Self::AtLeast => one < other,
            Self::Below | Self::AtMost | Self::Exactly => one > other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_passes_or_is_crossed_as_a_whole() {
        use GateOutcome::{Crossed, Passed, Unresolved};
        assert_eq!(Operator::Below.outcome(0.9, 1.0, 1.05), Passed);
        assert_eq!(Operator::Below.outcome(1.0, 1.1, 1.05), Unresolved);
        assert_eq!(Operator::Below.outcome(1.05, 1.1, 1.05), Crossed);
        assert_eq!(Operator::AtMost.outcome(1.05, 1.1, 1.05), Unresolved);
        assert_eq!(Operator::AtLeast.outcome(1.0, 1.1, 1.05), Unresolved);
        assert_eq!(Operator::Above.outcome(1.06, 1.1, 1.05), Passed);
        assert_eq!(Operator::Exactly.outcome(0.0, 0.0, 0.0), Passed);
        assert_eq!(Operator::Exactly.outcome(0.0, 3.0, 2.0), Unresolved);
        assert_eq!(Operator::Exactly.outcome(1.0, 3.0, 0.0), Crossed);
    }
}
