//! What the page reports of a run, as `js/start.js` gathers it.

use fetchmark_core::run::progress::Progress;
use fetchmark_core::samples::record::RoundSamples;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize)]
pub(super) struct Updates {
    /// In order.
    pub(super) updates: Vec<Update>,
    /// `None` before the run began.
    pub(super) progress: Option<Progress>,
    /// When a block began whose time was agreed on, in ms since 1970 on the page's clock.
    #[serde(default)]
    pub(super) began: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Update {
    pub(super) kind: UpdateKind,
    /// A report, as JSON: of the rounds so far after a block, of the whole run at its end.
    #[serde(default)]
    pub(super) report: Option<String>,
    /// Why it failed, for programs.
    #[serde(default)]
    pub(super) code: Option<String>,
    /// Why it failed.
    #[serde(default)]
    pub(super) message: Option<String>,
    /// A round that the page does not measure, as JSON.
    #[serde(default)]
    pub(super) order: Option<String>,
    /// The target whose tab is to measure it; `None`: it is to run outside the browser.
    #[serde(default)]
    pub(super) target: Option<usize>,
    /// Every request of the rounds since the last update, where they are wanted.
    pub(super) rounds: Vec<RoundSamples>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum UpdateKind {
    /// A block is finished; the next waits until this update was fetched.
    Block,
    /// A round is to be measured elsewhere; the engine waits for its answer.
    Order,
    Done,
    Failed,
}

/// What an order came to, or when the next block begins.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Answer {
    /// As JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) json: Option<String>,
    /// Why there is nothing, a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<String>,
    /// In ms since 1970 on the page's clock; `None`: at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) begin: Option<f64>,
}

impl Answer {
    pub(super) fn none(why: impl ToString) -> Self {
        Self { why: Some(why.to_string()), ..Self::default() }
    }
}
