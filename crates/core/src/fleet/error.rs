//! Why reports cannot be merged.

use crate::{scenario::limits::MOST_SESSIONS, stats::histogram::HistogramError};

/// Why reports cannot be merged.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MergeError {
    /// None was given.
    #[error("There is no report to merge. Give two or more.")]
    Nothing,
    /// More than [`MOST_SESSIONS`].
    #[error("These are {0} sessions. At most {MOST_SESSIONS} can be merged.")]
    TooMany(usize),
    /// Two of them measured something else.
    #[error(
        "Report {number} measured something else than the first: {what}. Merge reports of the same run only."
    )]
    Other {
        /// Its place among the reports, from 1.
        number: usize,
        /// What differs.
        what: String,
    },
    /// A histogram cannot be read or written.
    #[error("The latencies of report {number} cannot be merged. {error}")]
    Histogram {
        /// Its place among the reports, from 1.
        number: usize,
        /// Why.
        error: HistogramError,
    },
}
