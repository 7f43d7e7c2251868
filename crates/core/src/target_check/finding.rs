//! What a check found.

use super::code::{CheckCode, Fix, Mark, Topic};
use crate::{
    request::target::Method,
    target_check::server_lines::{CheckContext, Server, server_lines},
};
use serde::{Deserialize, Serialize};

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFinding {
    /// What was looked at.
    pub topic: Topic,
    /// What was found.
    pub code: CheckCode,
    /// How much it matters.
    pub mark: Mark,
    /// What the target said in its own words: a status, an address, a header.
    pub detail: Option<String>,
    /// What its server would have to change.
    pub fix: Option<Fix>,
    /// The lines that do so, for each server.
    pub lines: Vec<ServerLines>,
}

/// The lines for one server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerLines {
    /// Which server.
    pub server: Server,
    /// Its lines, without comments.
    pub text: String,
}

/// The longest detail, in characters: it comes from outside.
const LONGEST_DETAIL: usize = 200;

impl CheckFinding {
    /// A finding without detail.
    pub fn new(topic: Topic, code: CheckCode) -> Self {
        Self { topic, code, mark: code.mark(), detail: None, fix: code.fix(), lines: Vec::new() }
    }

    /// The same with the lines that a server needs so that this page can measure.
    pub fn with_lines_for(self, context: CheckContext<'_>) -> Self {
        let lines = |fix| {
            let line = |&server| ServerLines { server, text: server_lines(server, fix, context) };
            Server::ALL.iter().map(line).collect()
        };
        Self { lines: self.fix.map_or_else(Vec::new, lines), ..self }
    }

    /// The same with what the target said, cut where it is long.
    pub fn with(self, detail: &str) -> Self {
        Self { detail: Some(detail.chars().take(LONGEST_DETAIL).collect()), ..self }
    }
}

/// What a check came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetCheck {
    /// The address that was asked, absolute, with a number in place of `{n}`.
    pub url: String,
    /// The method it was asked with.
    pub method: Method,
    /// Whether the page needs the target's permission (CORS).
    pub cross_origin: bool,
    /// Requests sent.
    pub requests: u32,
    /// One for each topic, in the order of [`Topic::ALL`].
    pub findings: Vec<CheckFinding>,
}
