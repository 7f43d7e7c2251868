//! How many requests may be in flight.

use crate::variant::MAX_IN_FLIGHT;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};
use std::{fmt, str::FromStr};

/// How many requests may be in flight when pacing is concurrent. Spelled `all` or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lanes {
    /// All of a round at once, up to [`MAX_IN_FLIGHT`].
    All,
    /// This many.
    Exactly(u32),
}

impl Lanes {
    /// Requests in flight in a round of `n`.
    pub fn in_flight(self, n: u32) -> u32 {
        match self {
            Self::All => n.min(MAX_IN_FLIGHT),
            Self::Exactly(lanes) => lanes.min(n),
        }
    }
}

/// Why a number of lanes could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a number of lanes. Write all, or a whole number from 1 to {MAX_IN_FLIGHT}.")]
pub struct LanesError(pub String);

impl FromStr for Lanes {
    type Err = LanesError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "all" => Ok(Self::All),
            number => match number.parse() {
                Ok(lanes) if (1..=MAX_IN_FLIGHT).contains(&lanes) => Ok(Self::Exactly(lanes)),
                _ => Err(LanesError(text.to_owned())),
            },
        }
    }
}

impl fmt::Display for Lanes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => formatter.write_str("all"),
            Self::Exactly(lanes) => write!(formatter, "{lanes}"),
        }
    }
}

impl Serialize for Lanes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str("all"),
            Self::Exactly(lanes) => serializer.serialize_u32(*lanes),
        }
    }
}

impl<'de> Deserialize<'de> for Lanes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LanesVisitor)
    }
}

/// A number or a word. (serde's `untagged` would do the same and weigh several KB in the browser.)
struct LanesVisitor;

impl Visitor<'_> for LanesVisitor {
    type Value = Lanes;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "“all” or a whole number from 1 to {MAX_IN_FLIGHT}")
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Lanes, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Lanes, E> {
        word.parse().map_err(E::custom)
    }
}
