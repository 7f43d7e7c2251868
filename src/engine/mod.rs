//! The measuring engine: what the page asks of one, and the one that is served beside the page (`engine/fetchmark.js`), loaded when it is
//! needed.
//!
//! The page knows the engine by this trait only, so tests put their own in its place.

pub mod report;

use crate::{
    js, json,
    run::{failure::RunFailure, request::Request},
};
use fetchmark_core::{request::target::Target, run::progress::Progress, target_check::TargetCheck};
use js_sys::Promise;
pub use report::EngineReport;
use std::{future::Future, pin::Pin};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

pub type RunFuture = Pin<Box<dyn Future<Output = Result<EngineReport, RunFailure>>>>;

pub type CheckFuture = Pin<Box<dyn Future<Output = Result<TargetCheck, RunFailure>>>>;

pub struct Watch {
    /// How far it is; several times in a long round.
    pub on_progress: Box<dyn Fn(Progress)>,
    /// Called between two blocks. The next one begins when the frame after it is drawn: what is drawn now disturbs no round.
    pub between_blocks: Box<dyn Fn()>,
}

pub trait Engine {
    /// Runs what is asked for; `signal` is Stop, which ends in a report of what was finished.
    fn run(&self, request: &Request, watch: Watch, signal: &AbortSignal) -> RunFuture;

    /// Checks a target with a few harmless requests; aborting `signal` ends them.
    fn check(&self, target: &Target, signal: &AbortSignal) -> CheckFuture;

    /// Fetches what a run will need, so that it starts sooner. Nothing is measured and nothing may fail.
    fn warm_up(&self);
}

#[wasm_bindgen(module = "/src/engine/loader.js")]
extern "C" {
    /// The engine's library: resolves with its module.
    #[wasm_bindgen(js_name = loadEngine)]
    pub fn load_engine() -> Promise;

    #[wasm_bindgen(js_name = warmUpEngine)]
    fn warm_up_engine();

    /// Whether Python can be had in this tab: 0 not at all, 1 without suspending its stack, 2 whole.
    #[wasm_bindgen(js_name = pythonHere)]
    pub fn python_here() -> usize;
}

#[wasm_bindgen(module = "/src/engine/bridge.js")]
extern "C" {
    #[wasm_bindgen(js_name = runEngine)]
    fn run_engine(
        engine: &JsValue,
        scenario: &JsValue,
        hooks: &JsValue,
        on_progress: &Closure<dyn Fn(JsValue)>,
        between_blocks: &Closure<dyn Fn()>,
        signal: &AbortSignal,
    ) -> Promise;

    #[wasm_bindgen(js_name = checkTarget)]
    fn check_target(engine: &JsValue, target: &JsValue, signal: &AbortSignal) -> Promise;
}

#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserEngine;

impl Engine for BrowserEngine {
    fn run(&self, request: &Request, watch: Watch, signal: &AbortSignal) -> RunFuture {
        let (request, signal) = (request.clone(), signal.clone());
        let Watch { on_progress, between_blocks } = watch;
        Box::pin(async move {
            let engine = loaded().await?;
            let on_progress = Closure::new(move |progress: JsValue| {
                // A progress of another version is not worth ending a run for: the bar stands still instead.
                if let Ok(progress) = json::read(&progress) {
                    on_progress(progress);
                }
            });
            let between_blocks = Closure::wrap(between_blocks);
            let (scenario, hooks) = (json::write(request.scenario()), request.hooks());
            let running = run_engine(&engine, &scenario, hooks, &on_progress, &between_blocks, &signal);
            match JsFuture::from(running).await {
                Ok(raw) => EngineReport::read(raw).map_err(RunFailure::Unreadable),
                Err(error) => Err(read_failure(&error)),
            }
        })
    }

    fn check(&self, target: &Target, signal: &AbortSignal) -> CheckFuture {
        let (target, signal) = (json::write(target), signal.clone());
        Box::pin(async move {
            let engine = loaded().await?;
            let found = JsFuture::from(check_target(&engine, &target, &signal)).await;
            let found = found.map_err(|error| read_failure(&error))?;
            json::read(&found).map_err(RunFailure::Unreadable)
        })
    }

    fn warm_up(&self) {
        warm_up_engine();
    }
}

async fn loaded() -> Result<JsValue, RunFailure> {
    JsFuture::from(load_engine()).await.map_err(|error| RunFailure::NotLoaded(js::message(&error)))
}

fn read_failure(error: &JsValue) -> RunFailure {
    let partial = js::property(error, "report").and_then(|raw| EngineReport::read(raw).ok());
    RunFailure::Engine {
        code: js::property(error, "code")
            .and_then(|code| code.as_string())
            .unwrap_or_else(|| "engine-crashed".to_owned()),
        message: js::message(error),
        partial: partial.map(Box::new),
    }
}
