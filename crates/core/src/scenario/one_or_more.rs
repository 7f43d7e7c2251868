//! A list that may be written as its only item.

use serde::{
    Deserialize, Deserializer,
    de::{Error, IntoDeserializer, SeqAccess, Visitor, value::SeqAccessDeserializer},
};
use std::{fmt, marker::PhantomData};

/// Reads `"a"` as `["a"]` and `6` as `[6]`, and a list as it is.
///
/// # Errors
/// The item's own, if a word or a number is none; that something else is neither one nor a list.
pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct ItemOrList<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for ItemOrList<T> {
        type Value = Vec<T>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a value or a list of values")
        }

        fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
            T::deserialize(word.into_deserializer()).map(|only| vec![only])
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
            T::deserialize(number.into_deserializer()).map(|only| vec![only])
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
            T::deserialize(number.into_deserializer()).map(|only| vec![only])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(list))
        }
    }

    deserializer.deserialize_any(ItemOrList(PhantomData))
}

/// The schema of what [`deserialize`] reads.
#[cfg(feature = "schema")]
pub(crate) fn schema<T: schemars::JsonSchema>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let (list, item) = (generator.subschema_for::<Vec<T>>(), generator.subschema_for::<T>());
    schemars::json_schema!({ "anyOf": [list, item] })
}

#[cfg(test)]
mod tests {
    use crate::scenario::{
        concurrency::Concurrency,
        factors::{Lifecycle, Thread},
        settings::Scenario,
    };

    #[test]
    fn one_value_is_a_list_of_one() {
        let read = |json: &str| serde_json::from_str::<Scenario>(json).map(|scenario| scenario.thread);
        assert_eq!(read(r#"{"thread": "main"}"#).unwrap(), [Thread::Main]);
        assert_eq!(read(r#"{"thread": ["worker", "main"]}"#).unwrap(), [Thread::Worker, Thread::Main]);
        assert_eq!(read("{}").unwrap(), [Thread::Worker]);
        let short = r#"{"clients": "ky", "lifecycle": "fresh", "connection": "cold", "pacing": "rate", "concurrency": 6}"#;
        let read_whole: Scenario = serde_json::from_str(short).unwrap();
        assert_eq!(read_whole.clients.len(), 1);
        assert_eq!(read_whole.lifecycle, [Lifecycle::Fresh]);
        assert_eq!(read_whole.concurrency, [Concurrency::Exactly(6)]);
        for (bad, said) in [("\"page\"", "unknown variant `page`"), ("{}", "a value or a list of values")] {
            let error = read(&format!("{{\"thread\": {bad}}}")).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
