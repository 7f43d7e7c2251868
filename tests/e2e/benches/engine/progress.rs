//! What the person reads while a benchmark runs, on standard error.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

/// Between two lines: often enough to see that it goes on, seldom enough for a log.
const PAUSE: Duration = Duration::from_secs(5);

/// Says something now and then.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    last: Option<Instant>,
}

impl Progress {
    /// Says it unless something was said a moment ago.
    pub(crate) fn say(&mut self, line: impl Display) {
        if self.last.is_none_or(|last| last.elapsed() >= PAUSE) {
            self.last = Some(Instant::now());
            eprintln!("{line}");
        }
    }
}
