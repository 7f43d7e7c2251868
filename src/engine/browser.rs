//! The real engine: `engine/fetchmark.js` beside the page, loaded when it is needed.

use crate::{
    engine::{CheckFuture, Engine, EngineReport, RunFuture, Watch, read_check},
    js,
    reports::{
        reading::{Value, Wrong},
        report_view::ReportView,
    },
    run::{
        failure::RunFailure,
        request::{Request, to_json},
    },
};
use fetchmark_core::{
    progress::{FinishedRound, Progress},
    target::Target,
};
use js_sys::Promise;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

#[wasm_bindgen(module = "/src/engine/loader.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadEngine)]
    fn load_engine() -> Promise;

    #[wasm_bindgen(js_name = warmUpEngine)]
    fn warm_up_engine();
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

/// The engine that is served beside the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserEngine;

impl Engine for BrowserEngine {
    fn run(&self, request: &Request, watch: Watch, signal: &AbortSignal) -> RunFuture {
        let (request, signal) = (request.clone(), signal.clone());
        let Watch { on_progress, between_blocks } = watch;
        Box::pin(async move {
            let engine = loaded().await?;
            let on_progress = Closure::new(move |progress| {
                // A progress of another version is not worth ending a run for: the bar stands still instead.
                if let Ok(progress) = read_progress(&Value::new(progress)) {
                    on_progress(progress);
                }
            });
            let between_blocks = Closure::wrap(between_blocks);
            let (scenario, hooks) = (request.json(), request.hooks());
            let running = run_engine(&engine, scenario, hooks, &on_progress, &between_blocks, &signal);
            match JsFuture::from(running).await {
                Ok(raw) => read_report(raw),
                Err(error) => Err(read_failure(&error)),
            }
        })
    }

    fn check(&self, target: &Target, signal: &AbortSignal) -> CheckFuture {
        let (target, signal) = (to_json(target), signal.clone());
        Box::pin(async move {
            let engine = loaded().await?;
            let found = JsFuture::from(check_target(&engine, &target?, &signal)).await;
            let found = found.map_err(|error| read_failure(&error))?;
            read_check(&Value::new(found)).map_err(RunFailure::Unreadable)
        })
    }

    fn warm_up(&self) {
        warm_up_engine();
    }
}

async fn loaded() -> Result<JsValue, RunFailure> {
    JsFuture::from(load_engine()).await.map_err(|error| RunFailure::NotLoaded(js::message(&error)))
}

/// Reads a progress.
///
/// # Errors
/// [`Wrong`], naming the first field that is not as expected.
pub fn read_progress(progress: &Value) -> Result<Progress, Wrong> {
    let round = |round: Value| -> Result<FinishedRound, Wrong> {
        Ok(FinishedRound {
            variant: round.count("variant")? as usize,
            block: round.optional_count("block").map(|block| block as u32),
            wall_ms: round.number("wall_ms")?,
            ok: round.count("ok")? as u32,
            failed: round.count("failed")? as u32,
        })
    };
    Ok(Progress {
        rounds_done: progress.count("rounds_done")? as u32,
        rounds_total: progress.count("rounds_total")? as u32,
        requests_done: progress.count("requests_done")? as u32,
        requests_total: progress.count("requests_total")? as u32,
        variant: progress.count("variant")? as usize,
        block: progress.optional_count("block").map(|block| block as u32),
        elapsed_ms: progress.number("elapsed_ms")?,
        last_round: progress.optional_object("last_round").map(round).transpose()?,
    })
}

/// Reads a report.
///
/// # Errors
/// [`RunFailure::Unreadable`] with the first field that is not as expected.
pub fn read_report(raw: JsValue) -> Result<EngineReport, RunFailure> {
    let view = ReportView::read(&Value::new(raw.clone())).map_err(RunFailure::Unreadable)?;
    Ok(EngineReport { view: Arc::new(view), raw })
}

fn read_failure(error: &JsValue) -> RunFailure {
    let partial = js::property(error, "report").and_then(|raw| read_report(raw).ok());
    RunFailure::Engine {
        code: js::property(error, "code")
            .and_then(|code| code.as_string())
            .unwrap_or_else(|| "engine-crashed".to_owned()),
        message: js::message(error),
        partial: partial.map(Box::new),
    }
}
