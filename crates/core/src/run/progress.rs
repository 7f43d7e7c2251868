//! What the engine says while it runs.

use crate::report::{Requests, VariantReport};
use serde::{Deserialize, Serialize};

/// Sent between rounds and, in a long round, a few times a second.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    /// The last finished round.
    pub last_round: Option<FinishedRound>,
    /// How each row stands, in the scenario's order: between two blocks and at the end. Empty while rounds are measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standings: Vec<Standing>,
}

/// What a ranking shows of a row. Its figures are those that a report made now would have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Rounds whose times count.
    pub timed_rounds: u64,
    /// Their median time, in ms; `None` if there are none.
    pub round_median_ms: Option<f64>,
    /// The 95 % interval of that median, in ms; `None` with fewer than six rounds.
    pub round_interval_ms: Option<(f64, f64)>,
    /// Requests of those rounds.
    pub requests: Requests,
}

impl From<&VariantReport> for Standing {
    fn from(row: &VariantReport) -> Self {
        Self {
            timed_rounds: row.timed_rounds(),
            round_median_ms: row.round_median_ms,
            round_interval_ms: row.round_interval_ms,
            requests: row.timed_requests(),
        }
    }
}

/// A round that has ended.
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
        let mut progress = Progress { rounds_total: 10, requests_total: 100, ..Progress::default() };
        assert_eq!(progress.left_ms(), None);
        progress.rounds_done = 2;
        progress.requests_done = 50;
        progress.elapsed_ms = 500.0;
        assert_eq!(progress.fraction(), 0.25);
        assert_eq!(progress.left_ms(), Some(1500.0));
    }
}
