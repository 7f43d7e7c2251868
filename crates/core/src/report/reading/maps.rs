//! Maps of a row whose content the types alone do not limit.

use crate::{map::Map, samples::ErrorClass};
use serde::{
    Deserialize, Deserializer,
    de::{Error, SeqAccess, Unexpected, Visitor},
};
use std::fmt;

/// The most messages of one class that are read: a run keeps three.
const MOST_MESSAGES: usize = 100;

/// Reads messages by class, and gives up at the first that is too many: a list of empty texts takes ten times the memory that its
/// JSON does.
pub(crate) fn few_messages<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Map<ErrorClass, Vec<String>>, D::Error> {
    let read = Map::<ErrorClass, Few>::deserialize(deserializer)?;
    Ok(read.into_iter().map(|(class, Few(messages))| (class, messages)).collect())
}

/// Reads counts by HTTP status. JSON's reader takes a name for a number where one is needed; that of JavaScript's values does not.
pub(crate) fn by_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<u16, u64>, D::Error> {
    let mut counts = Map::default();
    for (status, count) in Map::<String, u64>::deserialize(deserializer)? {
        let no_status = |_| D::Error::invalid_value(Unexpected::Str(&status), &"an HTTP status");
        counts.insert(status.parse().map_err(no_status)?, count);
    }
    Ok(counts)
}

struct Few(Vec<String>);

impl<'de> Deserialize<'de> for Few {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Few;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "at most {MOST_MESSAGES} texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Few, A::Error> {
        let mut messages = Vec::new();
        while let Some(message) = list.next_element()? {
            if messages.len() == MOST_MESSAGES {
                return Err(A::Error::invalid_length(MOST_MESSAGES + 1, &self));
            }
            messages.push(message);
        }
        Ok(Few(messages))
    }
}
