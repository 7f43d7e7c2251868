//! What a parameter may be: its values are read by it, and where one cannot be read, it is what the reader is told.

use super::duration::{parse_duration, write_duration};
use crate::{
    request::header::HeaderProblem,
    scenario::{client_choice::ClientChoiceError, concurrency::ConcurrencyError},
    stats::numbers::read_number,
};

/// What a parameter may be. Written as an English sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Expected {
    /// Any text; or what the setting's own type reads, and says what is wrong with it.
    #[error("Write text.")]
    Text,
    /// An address. Whether it is one is found out where it is requested.
    #[error("Write a URL.")]
    Url,
    /// A whole number from the first to the second.
    #[error("Write a whole number from {0} to {1}.")]
    Whole(u64, u64),
    /// `auto`, or a whole number from the first to the second.
    #[error("Write auto, or a whole number from {0} to {1}.")]
    AutoOrWhole(u64, u64),
    /// A number from the first to the second, with decimals or without.
    #[error("Write a number from {0} to {1}.")]
    Number(f64, f64),
    /// One of these words.
    #[error("Write one of {}.", .0.join(", "))]
    OneOf(&'static [&'static str]),
    /// The name alone, or `true` or `false`.
    #[error("Write the name alone, or true or false.")]
    Flag,
    /// A time with its unit, from the first to the second, in ms.
    #[error("Write a time such as 30s, 250ms or 5m, from {} to {}.", write_duration(*.0), write_duration(*.1))]
    Duration(u32, u32),
    /// A client, with its lifecycle or without.
    #[error(transparent)]
    Client(#[from] ClientChoiceError),
    /// A number of lanes.
    #[error(transparent)]
    Concurrency(#[from] ConcurrencyError),
    /// A header.
    #[error(transparent)]
    Header(#[from] HeaderProblem),
}

impl Expected {
    /// The smallest and the largest number; times are in ms.
    pub(super) fn bounds(&self) -> Option<(f64, f64)> {
        match *self {
            Self::Whole(low, high) | Self::AutoOrWhole(low, high) => Some((low as f64, high as f64)),
            Self::Number(low, high) => Some((low, high)),
            Self::Duration(low, high) => Some((low.into(), high.into())),
            _ => None,
        }
    }

    /// The number that the text means; of a time, its ms.
    ///
    /// # Errors
    /// This, if the text means none within the bounds.
    pub(super) fn read_number(&self, text: &str) -> Result<f64, Self> {
        let number = match self {
            Self::Duration(..) => parse_duration(text).map(f64::from),
            Self::Number(..) => read_number(text),
            _ => text.parse().ok().map(|whole: u64| whole as f64),
        };
        let is_within = |number: &f64| self.bounds().is_some_and(|(low, high)| (low..=high).contains(number));
        number.filter(is_within).ok_or_else(|| self.clone())
    }

    /// The text that [`Self::read_number`] reads back.
    pub(super) fn write_number(&self, number: f64) -> String {
        match self {
            Self::Duration(..) => write_duration(number as u32),
            _ => number.to_string(),
        }
    }
}
