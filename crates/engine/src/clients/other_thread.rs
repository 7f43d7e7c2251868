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
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Has a row's client loaded there.
///
/// # Errors
/// [`RunError::OtherThread`] if nobody there takes orders; what keeps it from being loaded ends the run there.
pub(super) async fn load(hooks: &Hooks, variant: &Variant) -> Result<(), RunError> {
    asked(hooks, &ThreadOrder::Load(variant.id.clone()), &|_| {}).await.map(drop)
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
    other_thread::result(&asked(hooks, &order, tick).await?)
}

/// The answer (JSON) to an order.
async fn asked(hooks: &Hooks, order: &ThreadOrder, tick: &dyn Fn(u32)) -> Result<String, RunError> {
    let (sender, mut ticks) = mpsc::unbounded();
    // Nobody listens any more once the round is over; what is sent then is lost without harm.
    let on_tick = Closure::<dyn Fn(u32)>::new(move |ended| drop(sender.unbounded_send(ended)));
    let mut answer = JsFuture::from(hooks.on_page(&json(order), &on_tick));
    let answer = loop {
        match future::select(&mut answer, ticks.next()).await {
            Either::Left((answer, _)) => break answer,
            Either::Right((Some(ended), _)) => tick(ended),
            Either::Right((None, answer)) => break answer.await,
        }
    };
    let answer = answer.map_err(|thrown| other_thread::failed(message_of(&thrown)))?;
    Ok(answer.as_string().unwrap_or_default())
}
