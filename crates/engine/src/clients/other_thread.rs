//! Rounds that the page's own thread measures: asked for, and awaited.

use crate::{
    browser::{
        host::{Hooks, json},
        message_of,
    },
    other_thread,
    round::{RoundPlan, RoundResult},
    run::RunError,
};
use fetchmark_core::variant::Variant;
use futures::{
    StreamExt,
    channel::mpsc,
    future::{self, Either},
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Has a round run, and waits for its end. That thread hears Stop by itself, and then answers with what there is.
///
/// # Errors
/// [`RunError::OtherThread`] if there was no round.
pub(super) async fn run(
    hooks: &Hooks,
    variant: &Variant,
    plan: &RoundPlan,
    tick: impl Fn(u32),
) -> Result<RoundResult, RunError> {
    let (tell, mut told) = mpsc::unbounded();
    // Nobody listens any more once the round is over; what is told then is lost without harm.
    let on_tick = Closure::<dyn Fn(u32)>::new(move |ended| drop(tell.unbounded_send(ended)));
    let order = json(&other_thread::order(variant, plan));
    let mut answer = JsFuture::from(hooks.on_page(&order, &on_tick));
    let answer = loop {
        match future::select(&mut answer, told.next()).await {
            Either::Left((answer, _)) => break answer,
            Either::Right((Some(ended), _)) => tick(ended),
            Either::Right((None, answer)) => break answer.await,
        }
    };
    match answer {
        Ok(answer) => other_thread::result(&answer.as_string().unwrap_or_default()),
        Err(thrown) => Err(other_thread::failed(message_of(&thrown))),
    }
}
