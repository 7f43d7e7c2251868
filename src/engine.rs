//! The measuring engine as the page sees it: something that takes a scenario and gives a report.
//!
//! The page knows the engine by this trait only, so tests put their own in its place.

mod browser;

use crate::run_failure::RunFailure;
use fetchmark_core::{progress::Progress, report::Report, scenario::Scenario};
use std::{future::Future, pin::Pin};
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

pub use browser::BrowserEngine;

/// A report, and the JavaScript value it was read from, which is handed on unchanged.
#[derive(Clone, Debug)]
pub struct EngineReport {
    /// For the page.
    pub report: Report,
    /// For scripts and files.
    pub raw: JsValue,
}

/// How a run ends, once it ends.
pub type RunFuture = Pin<Box<dyn Future<Output = Result<EngineReport, RunFailure>>>>;

/// Something that measures.
pub trait Engine {
    /// Runs the scenario; `signal` is Stop, which ends in a report of what was finished.
    fn run(&self, scenario: &Scenario, on_progress: Box<dyn Fn(Progress)>, signal: &AbortSignal) -> RunFuture;

    /// Fetches what a run will need, so that it starts sooner. Nothing is measured and nothing may fail.
    fn warm_up(&self);
}
