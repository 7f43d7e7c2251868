//! Rounds of Python in the tab, which has a worker of its own: asked for from the worker that makes the run, and run there.

use super::{
    module,
    other_thread::{asked, with_ticks},
};
use crate::{
    browser::{
        host::{Hooks, json},
        message_of,
    },
    run::{
        error::RunError,
        other_thread::{self, ThreadOrder},
        outside,
        plan::{RoundPlan, RoundResult},
        platform::Clock,
        pyodide::{self, Order, row},
        stop::Stop,
    },
};
use fetchmark_core::scenario::variant::Variant;
use futures::future::{self, Either};
use js_sys::{Function, Promise};
use std::pin::pin;
use wasm_bindgen::prelude::*;

/// How long after Stop its answer is awaited, in ms. Python that does not hear of it, for a request blocks it, is ended with the run.
const STOP_GRACE_MS: f64 = 100.0;

/// The one module of its worker.
const MODULE: &str = "pyodide";

/// Has a row's libraries loaded; Python is started by the first.
///
/// # Errors
/// [`RunError::NoPython`], as the detail of a finding has it.
pub(super) async fn load(hooks: &Hooks, variant: &Variant) -> Result<(), RunError> {
    let order = ThreadOrder::Load(variant.id.clone());
    let loaded = asked(&order, &|_| {}, &|order, tick| hooks.in_python(order, tick)).await;
    loaded.map(drop).map_err(|thrown| RunError::NoPython(message_of(&thrown)))
}

/// Has a round run, and waits for its end, or for a short while after Stop.
pub(super) async fn run(
    hooks: &Hooks,
    clock: &impl Clock,
    variant: &Variant,
    plan: &RoundPlan,
    stop: &Stop,
    tick: &dyn Fn(u32),
) -> Result<RoundResult, RunError> {
    let order = ThreadOrder::Round(variant.id.clone(), plan.first_serial, 0);
    let late = async {
        stop.requested().await;
        clock.sleep(STOP_GRACE_MS).await;
    };
    let ask = |order: &str, tick: &Closure<dyn Fn(u32)>| hooks.in_python(order, tick);
    let answer = asked(&order, tick, &ask);
    match future::select(pin!(answer), pin!(late)).await {
        Either::Left((Ok(answer), _)) => other_thread::result(&answer),
        Either::Left((Err(thrown), _)) => Err(failed(variant, message_of(&thrown))),
        Either::Right(_) => Ok(outside::given_up()),
    }
}

/// In Python's worker: waits until it has started, and imports what a row needs.
pub(super) async fn load_here(load: &Function, variant: &Variant) -> Result<(), RunError> {
    let python = module::import(MODULE, load).await?.unchecked_into::<Python>();
    let imported = python.prepare(&row(variant));
    imported.map_err(|thrown| RunError::NoPython(message_of(&thrown)))
}

/// In Python's worker: runs a round to its end, or until Stop has aborted what is in flight.
pub(super) async fn run_here(
    load: &Function,
    order: &Order<'_>,
    requested: &str,
    variant: &Variant,
    plan: &RoundPlan,
    stop: &Stop,
    tick: &dyn Fn(u32),
) -> Result<RoundResult, RunError> {
    let python = module::import(MODULE, load).await?.unchecked_into::<Python>();
    let order = json(order);
    let ask = |order: &str, tick: &Closure<dyn Fn(u32)>| python.round(order, tick);
    let mut answer = pin!(with_ticks(tick, &order, &ask));
    let answer = match future::select(&mut answer, pin!(stop.requested())).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => {
            python.stop();
            answer.await
        }
    };
    let answer = answer.map_err(|thrown| failed(variant, message_of(&thrown)))?;
    let answer = answer.as_string().unwrap_or_default();
    pyodide::result(&answer, requested, plan).map_err(|reason| failed(variant, reason))
}

fn failed(variant: &Variant, reason: String) -> RunError {
    RunError::Python { client: variant.client.name().to_owned(), reason }
}

#[wasm_bindgen]
extern "C" {
    /// What `js/python/worker.js` offers to the engine there.
    type Python;

    /// Resolves with an answer to an [`Order`]; both are JSON.
    #[wasm_bindgen(method)]
    fn round(this: &Python, order: &str, tick: &Closure<dyn Fn(u32)>) -> Promise;

    /// Imports the libraries of a row.
    #[wasm_bindgen(method, catch)]
    fn prepare(this: &Python, row: &str) -> Result<(), JsValue>;

    /// Aborts what is in flight.
    #[wasm_bindgen(method)]
    fn stop(this: &Python);
}
