//! The engine for Rust programs in a browser: a scenario in, a report out.

use crate::{
    browser::{global, host::Hooks, property},
    exports::{Call, Inner},
    run::{error::RunError, stop::stop_pair},
};
use fetchmark_core::{
    report::Report,
    scenario::{Scenario, factors::Thread},
};
use js_sys::{Error, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

/// Runs a scenario on this thread, its address resolved against the document's. Made for a test suite of one's own under
/// `wasm-pack test --headless`; a page measures in a worker, through `js/fetchmark.js`.
///
/// Clients that are JavaScript modules (`js-fetch`, `xhr`, `xhr-sync`, `axios`, `ky`) and `reqwest` are not served beside such a
/// suite: `gloo-net` and `web-sys` are the ones to choose.
///
/// # Errors
/// [`RunError`], a sentence that says what happened and what to do; requests that fail are counted in the report.
pub async fn measure(scenario: &Scenario) -> Result<Report, RunError> {
    // It runs where it is asked, whatever the scenario says; the report is to say so.
    let scenario = Scenario { thread: vec![Thread::Main], ..scenario.clone() };
    let scenario =
        serde_json::to_string(&scenario).map_err(|error| RunError::Unreadable(error.to_string()))?;
    let base = property(&global("location"), "href").as_string().unwrap_or_default();
    let ignore = Closure::<dyn Fn(JsValue)>::new(|_| {});
    let no_modules = Closure::<dyn Fn(JsValue) -> Promise>::new(|_| {
        Promise::reject(&Error::new("no module is served beside a suite; choose gloo-net or web-sys").into())
    });
    let hooks = Object::new();
    let callbacks = ["progress", "checkpoint", "samples"].map(|name| (name, ignore.as_ref().clone()));
    let switches = ["wantsBlocks", "wantsSamples", "controlled"].map(|name| (name, JsValue::FALSE));
    for (name, value) in callbacks.into_iter().chain(switches) {
        // On an object just made this cannot fail.
        let _ = Reflect::set(&hooks, &name.into(), &value);
    }
    // The stopper lives as long as the run, or the run would take its end for a Stop.
    let (_stopper, stop) = stop_pair();
    let (page, load) = (base.clone(), no_modules.as_ref().clone().unchecked_into::<Function>());
    let call = Call { scenario, base, page, hooks: hooks.unchecked_into::<Hooks>(), load };
    Inner::default().run_scenario(&call, &stop).await
}
