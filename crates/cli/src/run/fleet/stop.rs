//! Why all browsers of a run are to stop before its end.

use std::cell::Cell;
use std::future::pending;
use std::time::Duration;

use anyhow::anyhow;
use fetchmark_core::stats::numbers::many;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::error::CliError;

#[derive(Debug, Clone)]
pub(super) enum Reason {
    Interrupted,
    /// The time given with --timeout-total is over.
    TimeIsOver(Duration),
    /// Fewer are left than must be: a sentence.
    TooFew(String),
}

impl Reason {
    pub(super) fn error(&self) -> CliError {
        match self {
            Self::Interrupted => CliError::interrupted(),
            Self::TimeIsOver(time) => anyhow!(
                "The run took longer than {} s, the time given with --timeout-total, and was stopped.",
                time.as_secs_f64()
            )
            .into(),
            Self::TooFew(what) => anyhow!("{what}").into(),
        }
    }

    /// Resolves when the person or the time ends the run.
    pub(super) async fn from_outside(interrupted: impl Future<Output = ()>, total: Option<Duration>) -> Self {
        let over = async {
            match total {
                Some(total) => sleep(total).await,
                None => pending().await,
            }
        };
        tokio::select! {
            () = interrupted => Self::Interrupted,
            () = over => Self::TimeIsOver(total.unwrap_or_default()),
        }
    }
}

/// Stops all, once; and counts those that are left.
#[derive(Debug)]
pub(super) struct Stop {
    reason: watch::Sender<Option<Reason>>,
    left: Cell<usize>,
    all: usize,
    /// How many must be left.
    minimum: usize,
}

impl Stop {
    pub(super) fn new(all: usize, minimum: usize) -> Self {
        Self { reason: watch::Sender::new(None), left: Cell::new(all), all, minimum }
    }

    /// Has all stop for this reason, unless they are stopping for another.
    pub(super) fn all(&self, reason: Reason) {
        self.reason.send_if_modified(|known| {
            let is_first = known.is_none();
            known.get_or_insert(reason);
            is_first
        });
    }

    /// One was lost, as this sentence says: too few may be left.
    pub(super) fn lose_one(&self, what: &str) {
        self.left.set(self.left.get().saturating_sub(1));
        if self.left.get() < self.minimum {
            let left = many(&self.left.get().to_string(), "session");
            self.all(Reason::TooFew(format!("{left} of {} left, so the run was stopped. {what}", self.all)));
        }
    }

    pub(super) fn reason(&self) -> Option<Reason> {
        self.reason.borrow().clone()
    }

    /// Resolves when all are to stop, as the error of a run.
    pub(super) async fn requested(&self) -> CliError {
        let mut changes = self.reason.subscribe();
        // Its sender is here.
        let _ = changes.wait_for(Option::is_some).await;
        self.reason().map_or_else(CliError::interrupted, |reason| reason.error())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_first_reason_counts() {
        let stop = Stop::new(3, 2);
        stop.lose_one("session-1 was lost.");
        assert!(stop.reason().is_none());
        stop.lose_one("session-2 was lost.");
        stop.all(Reason::Interrupted);
        let error = stop.requested().await.to_string();
        assert_eq!(error, "1 session of 3 left, so the run was stopped. session-2 was lost.");
    }
}
