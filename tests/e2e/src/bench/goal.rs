//! Goals, and whether they are met.

use super::{ratio::Ratio, table::Table};
use std::fmt;

/// How narrow an interval has to be, to either side, for a goal near it to be called met or missed.
pub const RESOLVED: f64 = 0.03;

/// What a figure says of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It keeps it.
    Met,
    /// It does not.
    Missed,
    /// The interval is wide and holds the limit.
    Unresolved,
}

impl Verdict {
    /// Of a figure without an interval.
    pub fn of(met: bool) -> Self {
        if met { Self::Met } else { Self::Missed }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Met => "met",
            Self::Missed => "**missed**",
            Self::Unresolved => "not resolved",
        })
    }
}

/// The most a ratio may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// The ratio itself.
    pub ratio: f64,
    /// The upper end of its interval, where that has a limit too.
    pub upper: Option<f64>,
}

impl Limit {
    /// A limit of the ratio alone.
    pub fn of(ratio: f64) -> Self {
        Self { ratio, upper: None }
    }

    /// Whether a ratio keeps it.
    pub fn judge(&self, seen: &Ratio) -> Verdict {
        let met = seen.ratio <= self.ratio && self.upper.is_none_or(|upper| seen.high <= upper);
        let holds_limit = seen.low <= self.ratio && self.ratio <= seen.high;
        if seen.half_width() > RESOLVED && holds_limit { Verdict::Unresolved } else { Verdict::of(met) }
    }
}

/// As in `≤ 1.02, upper end ≤ 1.05`.
impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "≤ {:.2}", self.ratio)?;
        self.upper.map_or(Ok(()), |upper| write!(formatter, ", upper end ≤ {upper:.2}"))
    }
}

/// Goals beside figures.
#[derive(Clone, Debug)]
pub struct Goals(Table);

impl Default for Goals {
    fn default() -> Self {
        Self(Table::new(&["goal", "wanted", "seen", "verdict"]))
    }
}

impl Goals {
    /// Adds a figure.
    pub fn push(
        &mut self,
        what: String,
        wanted: &dyn fmt::Display,
        seen: &dyn fmt::Display,
        verdict: Verdict,
    ) {
        self.0.push(vec![what, wanted.to_string(), seen.to_string(), verdict.to_string()]);
    }

    /// Adds a ratio.
    pub fn push_ratio(&mut self, what: String, limit: Limit, seen: Option<Ratio>) {
        match seen {
            Some(seen) => self.push(what, &limit, &seen, limit.judge(&seen)),
            None => self.push(what, &limit, &"fewer than two blocks", Verdict::Unresolved),
        }
    }
}

impl fmt::Display for Goals {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(ratio: f64, half: f64) -> Ratio {
        Ratio { ratio, low: ratio / (1.0 + half), high: ratio * (1.0 + half) }
    }

    #[test]
    fn both_limits_are_kept_or_the_goal_is_missed() {
        let limit = Limit { ratio: 1.02, upper: Some(1.05) };
        assert_eq!(limit.judge(&seen(1.01, 0.02)), Verdict::Met);
        assert_eq!(limit.judge(&seen(1.03, 0.02)), Verdict::Missed);
        assert_eq!(Limit { ratio: 1.02, upper: Some(1.03) }.judge(&seen(1.01, 0.025)), Verdict::Missed);
        assert_eq!(limit.to_string(), "≤ 1.02, upper end ≤ 1.05");
    }

    #[test]
    fn a_wide_interval_decides_only_what_it_leaves_out() {
        let limit = Limit::of(1.02);
        assert_eq!(limit.judge(&seen(1.00, 0.10)), Verdict::Unresolved);
        assert_eq!(limit.judge(&seen(1.30, 0.10)), Verdict::Missed);
        assert_eq!(limit.judge(&seen(0.80, 0.10)), Verdict::Met);
    }

    #[test]
    fn goals_stand_beside_figures() {
        let mut goals = Goals::default();
        goals.push_ratio("ky".to_owned(), Limit::of(1.02), Some(seen(1.5, 0.01)));
        goals.push_ratio("xhr".to_owned(), Limit::of(1.02), None);
        let text = goals.to_string();
        assert!(text.contains("| ky | ≤ 1.02 | 1.500 (1.485 to 1.515) | **missed** |"), "{text}");
        assert!(text.contains("| xhr | ≤ 1.02 | fewer than two blocks | not resolved |"), "{text}");
    }
}
