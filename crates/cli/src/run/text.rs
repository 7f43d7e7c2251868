//! Values in a settings file: text, a number, a truth or a list, each as the command line would have it.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// A value as it is written on a command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Text(pub(super) String);

impl FromStr for Text {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// What a file may hold in the place of a text.
#[derive(Deserialize)]
#[serde(untagged, expecting = "text, a number, true, false, or a list of these was expected")]
enum Written {
    Truth(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    List(Vec<Written>),
}

impl Written {
    fn text(self) -> String {
        match self {
            Self::Truth(truth) => truth.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
            Self::List(list) => list.into_iter().map(Self::text).collect::<Vec<_>>().join(","),
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Written::deserialize(deserializer)?.text()))
    }
}

/// Reads what may be given more than once: a list, or one text.
pub(super) fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Written::deserialize(deserializer)? {
        Written::List(list) => list.into_iter().map(Written::text).collect(),
        one => vec![one.text()],
    })
}
