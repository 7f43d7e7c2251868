//! Values in a settings file: text, a number, true, false or a list, each read as the text of a command line.

use serde::{Deserialize, Deserializer};

/// What a file may hold instead of text.
#[derive(Deserialize)]
#[serde(untagged, expecting = "text, a number, true, false, or a list of these was expected")]
pub(super) enum TomlValue {
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<TomlValue>),
}

impl TomlValue {
    pub(super) fn text(self) -> String {
        match self {
            Self::Bool(value) => value.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Text(text) => text,
            Self::List(_) => self.texts().join(","),
        }
    }

    pub(super) fn texts(self) -> Vec<String> {
        match self {
            Self::List(list) => list.into_iter().map(Self::text).collect(),
            one => vec![one.text()],
        }
    }
}

pub(super) fn one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Some(TomlValue::deserialize(deserializer)?.text()))
}

/// Reads an option that may be repeated: a list, or one value.
pub(super) fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(TomlValue::deserialize(deserializer)?.texts())
}
