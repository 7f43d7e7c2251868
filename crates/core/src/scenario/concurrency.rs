//! How many requests may be in flight.

use crate::scenario::limits::MAX_IN_FLIGHT;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};
use std::{fmt, str::FromStr};

/// How many requests may be in flight when pacing is concurrent. Spelled `all` or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concurrency {
    /// All of a round at once, up to [`MAX_IN_FLIGHT`].
    All,
    /// This many.
    Exactly(u32),
}

impl Concurrency {
    /// Requests in flight in a round of `n`.
    pub fn in_flight(self, n: u32) -> u32 {
        match self {
            Self::All => n.min(MAX_IN_FLIGHT),
            Self::Exactly(lanes) => lanes.min(n),
        }
    }
}

/// Why a concurrency could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a number of requests in flight. Write all, or a whole number from 1 to {MAX_IN_FLIGHT}. To compare several, \
     separate them with commas."
)]
pub struct ConcurrencyError(pub String);

impl FromStr for Concurrency {
    type Err = ConcurrencyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "all" => Ok(Self::All),
            number => match number.parse() {
                Ok(lanes) if (1..=MAX_IN_FLIGHT).contains(&lanes) => Ok(Self::Exactly(lanes)),
                _ => Err(ConcurrencyError(text.to_owned())),
            },
        }
    }
}

impl fmt::Display for Concurrency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => formatter.write_str("all"),
            Self::Exactly(lanes) => write!(formatter, "{lanes}"),
        }
    }
}

impl Serialize for Concurrency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str("all"),
            Self::Exactly(lanes) => serializer.serialize_u32(*lanes),
        }
    }
}

impl<'de> Deserialize<'de> for Concurrency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ConcurrencyVisitor)
    }
}

/// A number or a word. (serde's `untagged` would do the same and weigh several KB in the browser.)
struct ConcurrencyVisitor;

impl Visitor<'_> for ConcurrencyVisitor {
    type Value = Concurrency;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "“all” or a whole number from 1 to {MAX_IN_FLIGHT}")
    }

    /// As numbers of JavaScript are read.
    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Concurrency, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Concurrency, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Concurrency, E> {
        word.parse().map_err(E::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Concurrency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Concurrency".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "How many requests may be in flight when pacing is concurrent: all of a round, or this many.",
            "anyOf": [{"const": "all"}, {"type": "integer", "minimum": 1, "maximum": MAX_IN_FLIGHT}]
        })
    }
}
