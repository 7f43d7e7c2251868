//! Why a threshold cannot be read or applied.

use crate::gates::{Metric, Unit};

/// The longest threshold that is read, in bytes: names of rows are short.
pub(super) const MOST_BYTES: usize = 500;

/// Why a threshold cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The threshold “{text}” cannot be read at character {at}: {problem}")]
pub struct ThresholdError {
    /// The threshold, or its beginning.
    pub text: String,
    /// Which character is wrong, from 1.
    pub at: usize,
    /// What is wrong there.
    pub problem: ThresholdProblem,
}

/// What is wrong with a threshold, and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThresholdProblem {
    /// It is longer than any.
    #[error("it is longer than {MOST_BYTES} bytes.")]
    TooLong,
    /// There is no operator.
    #[error("an operator is missing. Write <, <=, >, >= or == before the limit, as in p95<200ms.")]
    NoOperator,
    /// Something like an operator.
    #[error("“{0}” is not an operator. Write <, <=, >, >= or ==.")]
    Operator(String),
    /// Nothing stands before the operator.
    #[error("the metric is missing. Write one before the operator, as in p95<200ms.")]
    NoFigure,
    /// No such figure.
    #[error("“{0}” is not a metric. The metrics are {known}.", known = known())]
    Figure(String),
    /// More than a row and a figure.
    #[error("“{0}” is unexpected. Write a metric, or a row and a metric, as in gloo-net:reused p95<200ms.")]
    TooManyWords(String),
    /// What cannot be a row's name.
    #[error("“{0}” cannot be a row. Write its id or words of it, as in gloo-net:reused.")]
    Row(String),
    /// One row on both sides of a ratio.
    #[error("both sides of the ratio are the same row. Name two.")]
    SameRow,
    /// No limit.
    #[error("the limit is missing. Write it after the operator, as in p95<200ms.")]
    NoLimit,
    /// A limit that is no number.
    #[error("“{0}” is not a limit. Write a number such as 200ms or 1.05.")]
    Limit(String),
    /// Another unit than the figure's.
    #[error("{figure} {wants}, not “{given}”.", wants = wants(*.unit))]
    Unit {
        /// The figure's name, or “a ratio”.
        figure: String,
        /// What it is counted in; `None`: a plain number.
        unit: Option<Unit>,
        /// The unit given.
        given: String,
    },
    /// A count with a fraction.
    #[error("{0} is a count, so its limit must be a whole number.")]
    NotWhole(Metric),
    /// A measured figure that must be one exact value.
    #[error("{0} is measured, so it never equals a limit exactly. Write <, <=, > or >=.")]
    NeverExact(String),
}

fn known() -> String {
    Metric::ALL.iter().map(|metric| metric.word()).collect::<Vec<_>>().join(", ")
}

fn wants(unit: Option<Unit>) -> &'static str {
    match unit {
        Some(Unit::Ms) => "is a time: its limit ends in ms or s, as in 200ms or 0.2s",
        Some(Unit::Percent) => "is a share: its limit ends in %, as in 1%",
        Some(Unit::Count | Unit::PerSecond) | None => "is a plain number: its limit has no unit",
    }
}

/// Why a threshold's rows are not those of a run or report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// No row has this name.
    #[error("No row is called “{name}”. The rows are {rows}.")]
    Unknown {
        /// The name.
        name: String,
        /// The ids of all rows.
        rows: String,
    },
    /// Several rows have it where one is needed.
    #[error("Several rows are called “{name}”: {rows}. Add words to choose one, as in gloo-net:reused.")]
    Several {
        /// The name.
        name: String,
        /// Their ids.
        rows: String,
    },
    /// Both names are one row.
    #[error("Both sides of the ratio are the row {0}. Name two.")]
    Same(String),
}
