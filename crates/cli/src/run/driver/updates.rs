//! What the page reports of a run, as `js/start.js` gathers it.

use fetchmark_core::run::progress::Progress;
use fetchmark_core::samples::record::RoundSamples;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Updates {
    /// In order.
    pub(super) updates: Vec<Update>,
    /// `None` before the run began.
    pub(super) progress: Option<Progress>,
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
    /// A round to run outside the browser, as JSON.
    #[serde(default)]
    pub(super) order: Option<String>,
    /// Every request of the rounds since the last update, where they are wanted.
    pub(super) rounds: Vec<RoundSamples>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum UpdateKind {
    /// A block is finished; the next waits until this update was fetched.
    Block,
    /// A round is to run outside the browser; the engine waits for its answer.
    Order,
    Done,
    Failed,
}
