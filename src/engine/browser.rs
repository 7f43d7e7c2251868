//! The real engine: `engine/fetchmark.js` beside the page, loaded when it is needed.

use super::{Engine, EngineReport, RunFuture};
use crate::{js, run_failure::RunFailure};
use fetchmark_core::{progress::Progress, scenario::Scenario};
use js_sys::{JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

#[wasm_bindgen(module = "/src/engine/bridge.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadEngine)]
    fn load_engine() -> Promise;

    #[wasm_bindgen(js_name = runEngine)]
    fn run_engine(
        engine: &JsValue,
        scenario: &str,
        on_progress: &Closure<dyn Fn(String)>,
        signal: &AbortSignal,
    ) -> Promise;

    #[wasm_bindgen(js_name = warmUpEngine)]
    fn warm_up_engine();
}

/// The engine that is served beside the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserEngine;

impl Engine for BrowserEngine {
    fn run(&self, scenario: &Scenario, on_progress: Box<dyn Fn(Progress)>, signal: &AbortSignal) -> RunFuture {
        let scenario = serde_json::to_string(scenario);
        let signal = signal.clone();
        Box::pin(async move {
            let scenario = scenario.map_err(|error| RunFailure::BadScenario(vec![error.to_string()]))?;
            let engine = JsFuture::from(load_engine())
                .await
                .map_err(|error| RunFailure::NotLoaded(js::message(&error)))?;
            let on_progress = Closure::new(move |json: String| {
                // A progress of another version is not worth ending a run for: the bar stands still instead.
                if let Ok(progress) = serde_json::from_str(&json) {
                    on_progress(progress);
                }
            });
            match JsFuture::from(run_engine(&engine, &scenario, &on_progress, &signal)).await {
                Ok(raw) => read_report(raw),
                Err(error) => Err(read_failure(&error)),
            }
        })
    }

    fn warm_up(&self) {
        warm_up_engine();
    }
}

fn read_report(raw: JsValue) -> Result<EngineReport, RunFailure> {
    let json = JSON::stringify(&raw).map_err(|error| RunFailure::Unreadable(js::message(&error)))?;
    let report =
        serde_json::from_str(&String::from(json)).map_err(|error| RunFailure::Unreadable(error.to_string()))?;
    Ok(EngineReport { report, raw })
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
