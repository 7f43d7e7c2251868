//! Figures for sentences, already written for the reader.

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
