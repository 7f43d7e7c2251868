//! The clock of this machine, and how far browsers' clocks are from it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// Time since 1970 that only goes forward: the system's clock may be set in the middle of a run.
#[derive(Debug)]
pub(crate) struct LocalClock {
    started: Instant,
    started_ms: f64,
}

impl LocalClock {
    pub(crate) fn new() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started: Instant::now(), started_ms: since.as_secs_f64() * 1_000.0 }
    }

    /// In ms since 1970.
    pub(crate) fn now_ms(&self) -> f64 {
        self.started_ms + self.started.elapsed().as_secs_f64() * 1_000.0
    }
}

/// By how much another clock is ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Offset {
    pub(crate) ms: f64,
    /// By how much that may be wrong: half the time that asking took.
    pub(crate) error_ms: f64,
}

impl Offset {
    /// From the other clock's time, and this one's before and after it was asked.
    pub(super) fn between(asked_ms: f64, other_ms: f64, answered_ms: f64) -> Self {
        Self { ms: other_ms - f64::midpoint(asked_ms, answered_ms), error_ms: (answered_ms - asked_ms) / 2.0 }
    }
}

pub(super) fn duration(ms: f64) -> Duration {
    Duration::try_from_secs_f64(ms / 1_000.0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_taken_from_the_middle() {
        assert_eq!(Offset::between(1_000.0, 1_510.0, 1_020.0), Offset { ms: 500.0, error_ms: 10.0 });
    }
}
