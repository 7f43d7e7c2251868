//! The factors a scenario varies or holds fixed: small enumerations with one spelling each.

use serde::{
    Deserializer,
    de::{Error, Visitor},
};
use std::fmt;

/// Declares an enumeration whose spelling in links, reports and tables is the same everywhere. It is read and written as its word: what serde
/// derives for each of some twenty would be 5 KB of the page's first load.
macro_rules! string_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        // Where a word says it all, a value needs no other.
        #[allow(missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "schema", derive(::schemars::JsonSchema))]
        pub enum $name { $($(#[$variant_meta])* #[cfg_attr(feature = "schema", schemars(rename = $word))] $variant),+ }

        impl $name {
            /// Every value, in the order in which the page offers them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The words of [`Self::ALL`], in their order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word used in links, reports and tables.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value spelled `word`, if there is one.
            pub fn from_word(word: &str) -> Option<Self> {
                $crate::scenario::factors::position(Self::WORDS, word).and_then(|place| Self::ALL.get(place).copied())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::scenario::factors::read(deserializer, Self::WORDS).map(|place| Self::ALL[place])
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.word())
            }
        }
    };
}
pub(crate) use string_enum;

/// Reads the place of a word among others. By a visitor, so that an error is where the word is and not after it.
pub(crate) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    words: &'static [&'static str],
) -> Result<usize, D::Error> {
    struct Word(&'static [&'static str]);

    impl Visitor<'_> for Word {
        type Value = usize;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a word")
        }

        fn visit_str<E: Error>(self, word: &str) -> Result<usize, E> {
            position(self.0, word).ok_or_else(|| E::unknown_variant(word, self.0))
        }
    }

    deserializer.deserialize_str(Word(words))
}

/// Where a word is among others: one function for all enumerations, for each costs bytes of the page's first load.
#[inline(never)]
pub(crate) fn position(words: &[&str], word: &str) -> Option<usize> {
    words.iter().position(|other| *other == word)
}

string_enum! {
    /// How long a client and its request live.
    Lifecycle {
        /// Built once, cloned per call.
        Reused = "reused",
        /// Built anew for each call.
        Fresh = "fresh",
    }
}

string_enum! {
    /// What a request may do about its connection. A browser pools connections below the client, so this is a
    /// factor of its own and not a consequence of the [`Lifecycle`].
    Connection {
        /// The pool may reuse a connection.
        Warm = "warm",
        /// Each request must open its own.
        Cold = "cold",
    }
}

string_enum! {
    /// How requests follow each other.
    Pacing {
        /// One in flight.
        Sequential = "sequential",
        /// Closed loop: a number of lanes, each sending its next request when its last one ended.
        Concurrent = "concurrent",
        /// Open loop: arrivals per second, whether or not earlier requests ended.
        Rate = "rate",
    }
}

string_enum! {
    /// Where measuring runs.
    Thread {
        /// A dedicated worker: the page's rendering cannot disturb it.
        Worker = "worker",
        /// The page's own thread.
        Main = "main",
    }
}

string_enum! {
    /// The credentials mode of every request. `omit` and `same-origin` use separate connection pools, so it is
    /// the same for all variants of a scenario.
    Credentials {
        /// Never sent.
        Omit = "omit",
        /// Sent to the page's own origin.
        SameOrigin = "same-origin",
        /// Always sent.
        Include = "include",
    }
}

string_enum! {
    /// What ran the client.
    Runtime {
        /// A browser.
        Browser = "browser",
        /// A Python interpreter.
        Python = "python",
        /// Python in the browser's tab.
        Pyodide = "pyodide",
    }
}

impl Runtime {
    /// Whether requests are the browser's own, whatever issues them: its connections, its rules, its timing entries.
    pub fn is_in_browser(self) -> bool {
        self != Self::Python
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip_and_match_their_serde_spelling() {
        for lifecycle in Lifecycle::ALL {
            assert_eq!(Lifecycle::from_word(lifecycle.word()), Some(*lifecycle));
            assert_eq!(serde_json::to_string(lifecycle).unwrap(), format!("\"{lifecycle}\""));
        }
        assert_eq!(Credentials::from_word("same-origin"), Some(Credentials::SameOrigin));
        assert_eq!(Pacing::from_word("Concurrent"), None);
    }
}
