//! Counts by HTTP status.

use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};
use std::{collections::BTreeMap, fmt};

/// Reads counts whose names are statuses. JSON's reader takes a name for a number where one is needed; that of JavaScript's values does not.
pub(crate) fn by_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<u16, u64>, D::Error> {
    let read = BTreeMap::<Status, u64>::deserialize(deserializer)?;
    let mut counts = BTreeMap::new();
    counts.extend(read.into_iter().map(|(Status(status), count)| (status, count)));
    Ok(counts)
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Status(u16);

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Status;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an HTTP status")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Status, E> {
        name.parse().map(Status).map_err(|_| E::invalid_value(Unexpected::Str(name), &self))
    }
}
