//! A list that may be written as its only item.

use serde::{
    Deserialize, Deserializer,
    de::{
        SeqAccess, Visitor,
        value::{SeqAccessDeserializer, StrDeserializer},
    },
};
use std::{fmt, marker::PhantomData};

/// Reads `"a"` as `["a"]`, and a list as it is: reports from before a factor could have several values have one word.
///
/// # Errors
/// The item's own, if a word is none; that something else is neither a word nor a list.
pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct WordOrList<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for WordOrList<T> {
        type Value = Vec<T>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a word or a list of words")
        }

        fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Self::Value, E> {
            T::deserialize(StrDeserializer::new(word)).map(|only| vec![only])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(list))
        }
    }

    deserializer.deserialize_any(WordOrList(PhantomData))
}

/// The schema of what [`deserialize`] reads.
#[cfg(feature = "schema")]
pub(crate) fn schema<T: schemars::JsonSchema>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let (list, word) = (generator.subschema_for::<Vec<T>>(), generator.subschema_for::<T>());
    schemars::json_schema!({ "anyOf": [list, word] })
}

#[cfg(test)]
mod tests {
    use crate::scenario::{factors::Thread, settings::Scenario};

    #[test]
    fn one_word_is_a_list_of_one() {
        let read = |json: &str| serde_json::from_str::<Scenario>(json).map(|scenario| scenario.thread);
        assert_eq!(read(r#"{"thread": "main"}"#).unwrap(), [Thread::Main]);
        assert_eq!(read(r#"{"thread": ["worker", "main"]}"#).unwrap(), [Thread::Worker, Thread::Main]);
        assert_eq!(read("{}").unwrap(), [Thread::Worker]);
        for (bad, said) in [("\"page\"", "unknown variant `page`"), ("7", "a word or a list of words")] {
            let error = read(&format!("{{\"thread\": {bad}}}")).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
