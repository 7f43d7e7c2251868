//! What a parameter may be, for the sentence that says so in the reader's language.

use super::duration::write_duration;
use crate::{
    request::header::HeaderProblem,
    scenario::{client_choice::ClientChoiceError, concurrency::ConcurrencyError},
};
use std::fmt;

/// What a parameter may be. Written as an English sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// A whole number.
    Whole {
        /// The smallest.
        low: u64,
        /// The largest.
        high: u64,
    },
    /// A whole number, or `auto`.
    AutoOrWhole {
        /// The smallest.
        low: u64,
        /// The largest.
        high: u64,
    },
    /// A number, with decimals or without.
    Number {
        /// The smallest.
        low: f64,
        /// The largest.
        high: f64,
    },
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// The name alone, or `true` or `false`.
    Flag,
    /// A time with its unit.
    Duration {
        /// The shortest, in ms.
        low_ms: u32,
        /// The longest, in ms.
        high_ms: u32,
    },
    /// A client, with its lifecycle or without.
    Client(ClientChoiceError),
    /// A number of lanes.
    Concurrency(ConcurrencyError),
    /// A header.
    Header(HeaderProblem),
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole { low, high } => write!(formatter, "Write a whole number from {low} to {high}."),
            Self::AutoOrWhole { low, high } => {
                write!(formatter, "Write auto, or a whole number from {low} to {high}.")
            }
            Self::Number { low, high } => write!(formatter, "Write a number from {low} to {high}."),
            Self::OneOf(words) => write!(formatter, "Write one of {}.", words.join(", ")),
            Self::Flag => formatter.write_str("Write the name alone, or true or false."),
            Self::Duration { low_ms, high_ms } => {
                let (low, high) = (write_duration(*low_ms), write_duration(*high_ms));
                write!(formatter, "Write a time such as 30s, 250ms or 5m, from {low} to {high}.")
            }
            Self::Client(error) => error.fmt(formatter),
            Self::Concurrency(error) => error.fmt(formatter),
            Self::Header(problem) => problem.fmt(formatter),
        }
    }
}

impl From<ClientChoiceError> for Expected {
    fn from(error: ClientChoiceError) -> Self {
        Self::Client(error)
    }
}

impl From<ConcurrencyError> for Expected {
    fn from(error: ConcurrencyError) -> Self {
        Self::Concurrency(error)
    }
}

impl From<HeaderProblem> for Expected {
    fn from(problem: HeaderProblem) -> Self {
        Self::Header(problem)
    }
}
