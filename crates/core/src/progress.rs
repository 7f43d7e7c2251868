//! What the engine says while it runs.

use serde::{Deserialize, Serialize};

/// Sent between rounds and, in a long round, a few times a second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Rounds finished, warm-up included.
    pub rounds_done: u32,
    /// Rounds planned, warm-up included; in an auto run what its budget is expected to allow, and what it may be at most until the first
    /// round has ended.
    pub rounds_total: u32,
    /// Requests of the running round that have ended.
    pub requests_done: u32,
    /// Requests of the running round.
    pub requests_total: u32,
    /// The running round's variant, as an index into the scenario's variants.
    pub variant: usize,
    /// The running round's block, from 0; `None` while warming up.
    pub block: Option<u32>,
    /// Milliseconds since the run began.
    pub elapsed_ms: f64,
    /// The last finished round, for the live strip.
    pub last_round: Option<FinishedRound>,
}

/// A round as the live view needs it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FinishedRound {
    /// Index into the scenario's variants.
    pub variant: usize,
    /// Its block, from 0; `None` for a warm-up round.
    pub block: Option<u32>,
    /// First call to last body read, in ms.
    pub wall_ms: f64,
    /// Requests that succeeded.
    pub ok: u32,
    /// Requests that failed.
    pub failed: u32,
}

impl Progress {
    /// The share of the run that is done, from 0 to 1.
    pub fn fraction(&self) -> f64 {
        if self.rounds_total == 0 {
            return 0.0;
        }
        let within = if self.requests_total == 0 {
            0.0
        } else {
            f64::from(self.requests_done) / f64::from(self.requests_total)
        };
        ((f64::from(self.rounds_done) + within.min(1.0)) / f64::from(self.rounds_total)).min(1.0)
    }

    /// Milliseconds left at the pace so far; `None` until a round has finished.
    pub fn left_ms(&self) -> Option<f64> {
        let fraction = self.fraction();
        (self.rounds_done > 0 && fraction > 0.0).then(|| self.elapsed_ms / fraction - self.elapsed_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_follows_the_pace_so_far() {
        let mut progress = Progress {
            rounds_done: 0,
            rounds_total: 10,
            requests_done: 0,
            requests_total: 100,
            variant: 0,
            block: None,
            elapsed_ms: 0.0,
            last_round: None,
        };
        assert_eq!(progress.left_ms(), None);
        progress.rounds_done = 2;
        progress.requests_done = 50;
        progress.elapsed_ms = 500.0;
        assert_eq!(progress.fraction(), 0.25);
        assert_eq!(progress.left_ms(), Some(1500.0));
    }
}
