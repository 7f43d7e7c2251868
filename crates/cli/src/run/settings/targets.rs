//! Targets of a settings file, where they differ in more than their addresses.

use fetchmark_core::request::header::Header;
use fetchmark_core::request::secrets;
use fetchmark_core::request::target::Method;
use fetchmark_core::scenario::NamedTarget;
use fetchmark_core::scenario::factors::Credentials;
use serde::{Deserialize, Deserializer, Serialize};

use super::value::one_or_more;

/// One of `[[targets]]`. What it does not say itself is as in the rest of the settings; but for `cold_url`, which is its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetSettings {
    #[serde(default)]
    label: String,
    url: String,
    #[serde(alias = "cold-url")]
    cold_url: Option<String>,
    method: Option<Method>,
    /// In place of all shared ones, each `Name: value`.
    #[serde(default, alias = "headers", deserialize_with = "lines")]
    header: Option<Vec<String>>,
    /// As --body.
    pub(super) body: Option<String>,
    credentials: Option<Credentials>,
}

fn lines<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    one_or_more(deserializer).map(Some)
}

impl TargetSettings {
    /// The target; a sentence for each header that is none.
    pub(super) fn named(&self, problems: &mut Vec<String>) -> NamedTarget {
        let address = secrets::address(&self.url);
        let mut header = |line: &String| match line.parse() {
            Ok(Header(name, value)) => Some((name, value)),
            Err(problem) => {
                problems.push(format!("A header of the target {address}: {problem}"));
                None
            }
        };
        NamedTarget {
            label: self.label.trim().to_owned(),
            url: self.url.trim().to_owned(),
            cold_url: self.cold_url.clone(),
            method: self.method,
            headers: self.header.as_ref().map(|lines| lines.iter().filter_map(&mut header).collect()),
            body: self.body.clone(),
            credentials: self.credentials,
        }
    }
}
