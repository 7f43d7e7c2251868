use super::{ratio::Ratio, table::Table};
use std::fmt;

/// How narrow an interval has to be, to either side, for a goal near it to be called met or missed.
pub const RESOLVED: f64 = 0.03;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Met,
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

#[derive(Clone, Debug)]
pub struct Goals(Table);

impl Default for Goals {
    fn default() -> Self {
        Self(Table::new(["goal", "wanted", "seen", "verdict"]))
    }
}

impl Goals {
    pub fn push(&mut self, what: &str, wanted: &str, seen: &str, verdict: Verdict) {
        self.0.push([what, wanted, seen, &verdict.to_string()]);
    }

    /// Adds the largest of some times in ms, and the most that it may be; none of them misses the goal.
    pub fn push_ms(&mut self, what: &str, limit: f64, seen: Option<f64>) {
        let said = seen.map_or_else(|| "–".to_owned(), |seen| format!("{seen:.0} ms"));
        let verdict = Verdict::of(seen.is_some_and(|seen| seen <= limit));
        self.push(what, &format!("≤ {limit:.0} ms"), &said, verdict);
    }

    pub fn push_ratio(&mut self, what: &str, limit: Limit, seen: Option<Ratio>) {
        let (said, verdict) = match seen {
            Some(seen) => (seen.to_string(), limit.judge(&seen)),
            None => ("fewer than two blocks".to_owned(), Verdict::Unresolved),
        };
        self.push(what, &limit.to_string(), &said, verdict);
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
        goals.push_ratio("ky", Limit::of(1.02), Some(seen(1.5, 0.01)));
        goals.push_ratio("xhr", Limit::of(1.02), None);
        goals.push_ms("Stop", 200.0, Some(200.4));
        let text = goals.to_string();
        assert!(text.contains("| ky | ≤ 1.02 | 1.500 (1.485 to 1.515) | **missed** |"), "{text}");
        assert!(text.contains("| Stop | ≤ 200 ms | 200 ms | **missed** |"), "{text}");
        assert!(text.contains("| xhr | ≤ 1.02 | fewer than two blocks | not resolved |"), "{text}");
    }
}
