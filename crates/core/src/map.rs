//! The maps of a report and of a round.

use litemap::LiteMap;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Visitor},
};
use std::{
    fmt,
    marker::PhantomData,
    ops::{Deref, DerefMut},
};

/// The most entries that are read: more than any run has, and few enough that it does not matter in which order they come.
const MOST_ENTRIES: usize = 1_000;

/// A map in the order of its keys, as a sorted list, for few entries or such as come nearly in order: the standard library's maps weigh
/// several times as much in a wasm module, for each pair of types (docs/decisions/0021).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<K, V>(LiteMap<K, V>);

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(LiteMap::new_vec())
    }
}

impl<K, V> Deref for Map<K, V> {
    type Target = LiteMap<K, V>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<K, V> DerefMut for Map<K, V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    /// One after another: what [`LiteMap`] collects it sorts first, which is code of its own for each pair of types.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = <&'a LiteMap<K, V> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for Map<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

struct Reader<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Reader<K, V> {
    type Value = Map<K, V>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a map of at most {MOST_ENTRIES} entries")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = Map::default();
        while let Some((key, value)) = entries.next_entry()? {
            if map.len() == MOST_ENTRIES {
                return Err(A::Error::invalid_length(MOST_ENTRIES + 1, &self));
            }
            map.insert(key, value);
        }
        Ok(map)
    }
}

#[cfg(feature = "schema")]
impl<K: schemars::JsonSchema, V: schemars::JsonSchema> schemars::JsonSchema for Map<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        std::collections::BTreeMap::<K, V>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        std::collections::BTreeMap::<K, V>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_in_the_order_of_its_keys_and_the_last_of_a_key_holds() {
        let read: Map<String, u64> = serde_json::from_str(r#"{"h3":1,"":2,"h2":3,"h3":4}"#).unwrap();
        assert_eq!(read, [("h2".into(), 3), ("h3".into(), 4), (String::new(), 2)].into());
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"":2,"h2":3,"h3":4}"#);
    }

    #[test]
    fn no_more_entries_are_read_than_a_run_has() {
        let json = |count: usize| {
            let entries: Vec<String> = (0..count).map(|nth| format!("\"{nth}\":1")).collect();
            format!("{{{}}}", entries.join(","))
        };
        assert_eq!(serde_json::from_str::<Map<u32, u64>>(&json(MOST_ENTRIES)).unwrap().len(), MOST_ENTRIES);
        let refused = serde_json::from_str::<Map<u32, u64>>(&json(MOST_ENTRIES + 1)).unwrap_err();
        assert!(refused.to_string().contains("1001"), "{refused}");
        assert!(serde_json::from_str::<Map<u32, u64>>("[[1,1]]").is_err());
    }
}
