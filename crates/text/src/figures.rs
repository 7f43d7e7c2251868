//! Figures for sentences, already written for the reader.

use crate::Contrast;
use fetchmark_core::comparison::{Reason, Verdict};

/// The baseline's figures, written for the reader.
pub struct Baseline {
    /// Requests per round.
    pub n: String,
    /// The row's label.
    pub row: String,
    /// Median total time with its unit.
    pub total: String,
    /// Rounds it rests on.
    pub rounds: String,
    /// Requests per second.
    pub per_second: String,
    /// How many succeeded, and of how many, where so many failed that a round's time is not that of its requests.
    pub succeeded: Option<(String, String)>,
}

/// A comparison's figures, written for the reader.
pub struct Compared<'a> {
    /// What differs.
    pub contrast: &'a Contrast,
    /// Candidate ÷ baseline.
    pub ratio: String,
    /// Lower end of its interval.
    pub low: String,
    /// Upper end of its interval.
    pub high: String,
    /// What can be said.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The equivalence margin, in percent.
    pub margin: String,
}
