//! The measuring engine as the page sees it: something that takes a scenario and gives a report.
//!
//! The page knows the engine by this trait only, so tests put their own in its place.

use crate::{
    engine::report::EngineReport,
    run::{failure::RunFailure, request::Request},
};
use fetchmark_core::{request::target::Target, run::progress::Progress, target_check::TargetCheck};
use std::{future::Future, pin::Pin};
use web_sys::AbortSignal;

/// How a run ends, once it ends.
pub type RunFuture = Pin<Box<dyn Future<Output = Result<EngineReport, RunFailure>>>>;

pub type CheckFuture = Pin<Box<dyn Future<Output = Result<TargetCheck, RunFailure>>>>;

/// What a run tells while it is under way.
pub struct Watch {
    /// How far it is; several times in a long round.
    pub on_progress: Box<dyn Fn(Progress)>,
    /// Called between two blocks. The next one begins when the frame after it is drawn: what is drawn now disturbs no round.
    pub between_blocks: Box<dyn Fn()>,
}

/// Something that measures.
pub trait Engine {
    /// Runs what is asked for; `signal` is Stop, which ends in a report of what was finished.
    fn run(&self, request: &Request, watch: Watch, signal: &AbortSignal) -> RunFuture;

    /// Checks a target with a few harmless requests; aborting `signal` ends them.
    fn check(&self, target: &Target, signal: &AbortSignal) -> CheckFuture;

    /// Fetches what a run will need, so that it starts sooner. Nothing is measured and nothing may fail.
    fn warm_up(&self);
}
