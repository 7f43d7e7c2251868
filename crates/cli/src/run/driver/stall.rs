//! Notices a run that makes no progress.

use std::time::Duration;

use fetchmark_core::run::progress::Progress;
use tokio::time::Instant;

use super::error::BrowserError;

#[derive(Debug)]
pub(super) struct StallDetector {
    limit: Duration,
    last_change: Instant,
    done: (u32, u32),
}

impl StallDetector {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, last_change: Instant::now(), done: (0, 0) }
    }

    pub(super) fn observe(&mut self, progress: &Progress) {
        let done = (progress.rounds_done, progress.requests_done);
        if self.done != done {
            self.done = done;
            self.reset();
        }
    }

    /// There was progress that the browser does not report.
    pub(super) fn reset(&mut self) {
        self.last_change = Instant::now();
    }

    pub(super) fn check(&self) -> Result<(), BrowserError> {
        if self.last_change.elapsed() < self.limit {
            return Ok(());
        }
        Err(BrowserError::Hangs(format!("no request ended for {} s", self.limit.as_secs())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(requests_done: u32) -> Progress {
        Progress {
            rounds_done: 1,
            rounds_total: 9,
            requests_done,
            requests_total: 100,
            elapsed_ms: 1.0,
            ..Progress::default()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_run_without_progress_stalls() {
        let mut stall = StallDetector::new(Duration::from_secs(10));
        tokio::time::advance(Duration::from_secs(9)).await;
        stall.observe(&progress(3));
        tokio::time::advance(Duration::from_secs(9)).await;
        stall.observe(&progress(3));
        assert!(stall.check().is_ok());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(stall.check().is_err());
    }
}
