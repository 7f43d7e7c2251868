//! Words of the answer.

use fetchmark_core::{
    compare::{Reason, Verdict},
    gates::GateOutcome,
    report::failure_cause::Cause,
};

/// Words of the answer.
pub struct Answer {
    /// What the baseline did.
    pub baseline: fn(&Baseline) -> String,
    /// The same at a fixed rate: row label, median latency, successful requests.
    pub at_rate: fn(&str, &str, &str) -> String,
    /// Rows of one verdict that are too many to name: how many, their clients.
    pub many_rows: fn(&str, &str) -> String,
    /// A reason as a sentence.
    pub reason: fn(Reason) -> &'static str,
    /// The verdict in a word.
    pub verdict: fn(Verdict) -> &'static str,
    /// Equivalent within a margin, in percent.
    pub equivalent_within: fn(&str) -> String,
    /// Failures of one class: failed, issued, sentence of the class with the browser's message.
    pub failures: fn(&str, &str, &str) -> String,
    /// Failures of one row: its label, failed, issued, how many of each class.
    pub row_failures: fn(&str, &str, &str, &str) -> String,
    /// Why requests failed, and what to do.
    pub cause: fn(Cause) -> String,
    /// The run was stopped: finished rounds.
    pub stopped: fn(&str) -> String,
    /// The run ended by itself before its end.
    pub ended_early: &'static str,
    /// Nothing was measured.
    pub nothing: &'static str,
    /// A row of which no round was finished: its label.
    pub no_round: fn(&str) -> String,
    /// A row whose rounds were all left out: its label.
    pub no_timed_round: fn(&str) -> String,
    /// Whether a threshold held, in a word.
    pub gate: fn(GateOutcome) -> &'static str,
    /// There is one variant only.
    pub nothing_to_compare: &'static str,
    /// What ratio and interval mean.
    pub how_to_read: &'static str,
}

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
