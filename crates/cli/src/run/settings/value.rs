//! Values in a settings file: text, a number, true, false or a list, each read as the text of a command line.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// The text of an option on the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct OptionText(pub(super) String);

impl FromStr for OptionText {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// What a file may hold instead of text.
#[derive(Deserialize)]
#[serde(untagged, expecting = "text, a number, true, false, or a list of these was expected")]
enum TomlValue {
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<TomlValue>),
}

impl TomlValue {
    fn text(self) -> String {
        match self {
            Self::Bool(value) => value.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Text(text) => text,
            Self::List(list) => list.into_iter().map(Self::text).collect::<Vec<_>>().join(","),
        }
    }
}

impl<'de> Deserialize<'de> for OptionText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(TomlValue::deserialize(deserializer)?.text()))
    }
}

/// Reads an option that may be repeated: a list, or one value.
pub(super) fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match TomlValue::deserialize(deserializer)? {
        TomlValue::List(list) => list.into_iter().map(TomlValue::text).collect(),
        one => vec![one.text()],
    })
}
