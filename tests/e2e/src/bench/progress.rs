//! The time that a measurement takes, and what the person reads meanwhile, on standard error.

use humantime::format_duration;
use std::{
    fmt::Display,
    time::{Duration, Instant},
};

/// Between two lines: often enough to see that it goes on, seldom enough for a log.
const PAUSE: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug)]
pub struct Progress {
    started: Instant,
    said: Option<Instant>,
}

impl Progress {
    pub fn begin() -> Self {
        Self { started: Instant::now(), said: None }
    }

    /// Says something unless something was said a moment ago.
    pub fn say(&mut self, line: impl Display) {
        if self.said.is_none_or(|said| said.elapsed() >= PAUSE) {
            self.said = Some(Instant::now());
            eprintln!("{line}");
        }
    }

    /// What `done` of `total` equal steps leave to be expected, for people.
    pub fn left(&self, done: u32, total: u32) -> String {
        let each = self.started.elapsed().checked_div(done).unwrap_or_default();
        whole_seconds(each.saturating_mul(total.saturating_sub(done)))
    }

    /// What is left of a time limit, for people.
    pub fn left_of(&self, limit: Duration) -> String {
        whole_seconds(limit.saturating_sub(self.started.elapsed()))
    }

    /// Whether `done` blocks were so quick that one more fits into a time limit. The first always does.
    pub fn allows_another(&self, done: u32, limit: Duration) -> bool {
        let spent = self.started.elapsed();
        spent + spent.checked_div(done).unwrap_or_default() <= limit
    }
}

fn whole_seconds(time: Duration) -> String {
    format_duration(Duration::from_secs(time.as_secs())).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(seconds: u64) -> Option<Progress> {
        let started = Instant::now().checked_sub(Duration::from_secs(seconds))?;
        Some(Progress { started, said: None })
    }

    #[test]
    fn a_block_that_would_not_fit_is_not_begun() {
        let Some(begun) = begun(30) else { return };
        let minute = Duration::from_secs(60);
        assert!(begun.allows_another(0, minute) && begun.allows_another(2, minute));
        assert!(!begun.allows_another(100, minute / 2));
    }

    #[test]
    fn equal_steps_tell_what_is_left() {
        let Some(begun) = begun(10) else { return };
        assert_eq!((begun.left(2, 5), begun.left(5, 5)), ("15s".to_owned(), "0s".to_owned()));
        assert_eq!(begun.left(1, 8), "1m 10s");
    }
}
