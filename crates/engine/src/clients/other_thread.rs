//! Rounds that the page's own thread measures: asked for, and awaited.

use crate::{
    browser::{
        host::{Hooks, json},
        message_of,
    },
    run::{
        error::RunError,
        other_thread::{self, ThreadOrder},
        plan::{RoundPlan, RoundResult},
    },
};
use fetchmark_core::scenario::variant::Variant;
use futures::{
    StreamExt,
    channel::mpsc,
    future::{self, Either},
};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Has a row's client loaded there.
///
/// # Errors
/// [`RunError::OtherThread`] if nobody there takes orders; what keeps it from being loaded ends the run there.
pub(super) async fn load(hooks: &Hooks, variant: &Variant) -> Result<(), RunError> {
    let order = ThreadOrder::Load(variant.id.clone());
    asked(&order, &|_| {}, &|order, tick| hooks.on_page(order, tick)).await.map(drop).map_err(failed)
}

/// Has a round run, and waits for its end. That thread receives Stop by itself, and answers with what there is.
pub(super) async fn run(
    hooks: &Hooks,
    variant: &Variant,
    plan: &RoundPlan,
    tick: &dyn Fn(u32),
) -> Result<RoundResult, RunError> {
    // What is sent before it was sent from here.
    let order = ThreadOrder::Round(variant.id.clone(), plan.first_serial, 0);
    let answer = asked(&order, tick, &|order, tick| hooks.on_page(order, tick)).await.map_err(failed)?;
    other_thread::result(&answer)
}

/// Hands an order (JSON) over, and a function that is given the number of requests ended.
pub(super) type Ask<'a> = &'a dyn Fn(&str, &Closure<dyn Fn(u32)>) -> Promise;

fn failed(thrown: JsValue) -> RunError {
    other_thread::failed(message_of(&thrown))
}

/// The answer (JSON) to an order that `ask` hands over.
pub(super) async fn asked(order: &ThreadOrder, tick: &dyn Fn(u32), ask: Ask<'_>) -> Result<String, JsValue> {
    let answer = with_ticks(tick, &json(order), ask).await?;
    Ok(answer.as_string().unwrap_or_default())
}

/// What comes of an order (JSON) whose carrying out says on the way how many requests have ended. Compiled once for all who are asked.
pub(super) async fn with_ticks(tick: &dyn Fn(u32), order: &str, ask: Ask<'_>) -> Result<JsValue, JsValue> {
    let (sender, mut ticks) = mpsc::unbounded();
    // Nobody listens any more once the round is over; what is sent then is lost without harm.
    let on_tick = Closure::<dyn Fn(u32)>::new(move |ended| drop(sender.unbounded_send(ended)));
    let mut answer = JsFuture::from(ask(order, &on_tick));
    loop {
        match future::select(&mut answer, ticks.next()).await {
            Either::Left((answer, _)) => return answer,
            Either::Right((Some(ended), _)) => tick(ended),
            Either::Right((None, answer)) => return answer.await,
        }
    }
}
