//! Messages of a row, no more than a report has any use for.

use crate::samples::sample::ErrorClass;
use serde::{
    Deserialize, Deserializer,
    de::{Error, SeqAccess, Visitor},
};
use std::{collections::BTreeMap, fmt};

/// The most messages of one class that are read: a run keeps three.
const MOST_MESSAGES: usize = 100;

/// Reads messages by class, and gives up at the first that is too many: a list of empty texts takes ten times the memory that its
/// JSON does.
pub(crate) fn few<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<ErrorClass, Vec<String>>, D::Error> {
    let mut messages = BTreeMap::new();
    let read = BTreeMap::<ErrorClass, Few>::deserialize(deserializer)?;
    messages.extend(read.into_iter().map(|(class, Few(messages))| (class, messages)));
    Ok(messages)
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
