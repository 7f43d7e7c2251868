//! A client as a scenario chooses it.

use crate::scenario::{
    client::{Client, UnknownClient},
    factors::Lifecycle,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// A client, and perhaps the one lifecycle it is to be measured in. Spelled `gloo-net` or `js-fetch:reused`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientChoice {
    /// The client.
    pub client: Client,
    /// This lifecycle only; `None`: every lifecycle of the scenario.
    pub lifecycle: Option<Lifecycle>,
}

/// Why a client choice could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientChoiceError {
    /// No such client.
    #[error(transparent)]
    Client(#[from] UnknownClient),
    /// No such lifecycle after the colon.
    #[error("“{0}” is not a lifecycle. After a client's colon, write reused or fresh.")]
    Lifecycle(String),
    /// A client that a link cannot ask a browser to run.
    #[error(
        "{0} runs in Python, not in a browser. Measure it with `fetchmark run` on the command line, or leave it out."
    )]
    OutsideBrowser(&'static str),
}

impl FromStr for ClientChoice {
    type Err = ClientChoiceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, lifecycle) = match text.split_once(':') {
            None => (text, None),
            Some((name, word)) => {
                let lifecycle = Lifecycle::from_word(word)
                    .ok_or_else(|| ClientChoiceError::Lifecycle(word.to_owned()))?;
                (name, Some(lifecycle))
            }
        };
        Ok(Self { client: Client::named(name)?, lifecycle })
    }
}

impl fmt::Display for ClientChoice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.client.name())?;
        match self.lifecycle {
            Some(lifecycle) => write!(formatter, ":{lifecycle}"),
            None => Ok(()),
        }
    }
}

impl Serialize for ClientChoice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ClientChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ClientChoice {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ClientChoice".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let all = Client::all_in_browser().chain(Client::all_in_python());
        let names = all.map(Client::name).collect::<Vec<_>>().join("|");
        let lifecycles = Lifecycle::ALL.iter().map(|word| word.word()).collect::<Vec<_>>().join("|");
        schemars::json_schema!({
            "description": "A client, and perhaps the one lifecycle it is to be measured in: `gloo-net` or `js-fetch:reused`.",
            "type": "string",
            "pattern": format!("^({names})(:({lifecycles}))?$")
        })
    }
}
