//! The time a measurement may take.

use std::{
    fmt,
    time::{Duration, Instant},
};

/// A time limit, and how much of it is left.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    started: Instant,
    limit: Duration,
}

impl Budget {
    /// Begins now.
    pub fn begin(limit: Duration) -> Self {
        Self { started: Instant::now(), limit }
    }

    /// What is left.
    pub fn left(&self) -> Left {
        Left(self.limit.saturating_sub(self.started.elapsed()))
    }

    /// Whether `done` blocks were so quick that one more fits. The first always does.
    pub fn allows_another(&self, done: u32) -> bool {
        let spent = self.started.elapsed();
        spent + spent.checked_div(done).unwrap_or_default() <= self.limit
    }
}

/// A time that is left, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left(pub Duration);

impl Left {
    /// What `done` of `total` equal steps since `started` leave to be expected.
    pub fn expected(started: Instant, done: u32, total: u32) -> Self {
        let each = started.elapsed().checked_div(done).unwrap_or_default();
        Self(each.saturating_mul(total.saturating_sub(done)))
    }
}

impl fmt::Display for Left {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_secs() {
            seconds if seconds < 60 => write!(formatter, "{seconds} s"),
            seconds => write!(formatter, "{} min {} s", seconds / 60, seconds % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_that_would_not_fit_is_not_begun() {
        let minute = Duration::from_secs(60);
        let Some(started) = Instant::now().checked_sub(minute / 2) else { return };
        let budget = Budget { started, limit: minute };
        assert!(budget.allows_another(0) && budget.allows_another(2));
        assert!(!Budget { started, limit: minute / 2 }.allows_another(100));
    }

    #[test]
    fn equal_steps_tell_what_is_left() {
        let Some(started) = Instant::now().checked_sub(Duration::from_secs(10)) else { return };
        assert_eq!(Left::expected(started, 2, 5).0.as_secs(), 15);
        assert_eq!(Left::expected(started, 5, 5).0.as_secs(), 0);
    }

    #[test]
    fn what_is_left_is_said_in_minutes_and_seconds() {
        assert_eq!(Left(Duration::from_millis(59_900)).to_string(), "59 s");
        assert_eq!(Left(Duration::from_secs(61)).to_string(), "1 min 1 s");
    }
}
