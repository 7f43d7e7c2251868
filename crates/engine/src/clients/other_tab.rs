//! Rounds of a target that another tab measures: asked for, and awaited.

use crate::{
    browser::host::{Hooks, json},
    run::{
        error::RunError,
        other_thread::{self, ThreadOrder},
        outside,
        plan::{RoundPlan, RoundResult},
        stop::Stop,
    },
};
use fetchmark_core::scenario::variant::Variant;
use futures::future::{self, Either};
use std::pin::pin;
use wasm_bindgen_futures::JsFuture;

/// Has a row's client loaded there.
pub(super) async fn load(hooks: &Hooks, variant: &Variant) -> Result<(), RunError> {
    asked(hooks, variant, &ThreadOrder::Load(variant.id.clone())).await.map(drop)
}

/// Has a round prepared and run, and waits for its end or for Stop: nobody else can end a round in a tab that does not answer.
pub(super) async fn run(
    hooks: &Hooks,
    variant: &Variant,
    plan: &RoundPlan,
    stop: &Stop,
) -> Result<RoundResult, RunError> {
    let order = ThreadOrder::Round(variant.id.clone(), plan.first_serial, plan.requests_before);
    match future::select(pin!(asked(hooks, variant, &order)), pin!(stop.requested())).await {
        Either::Left((answer, _)) => other_thread::result(&answer?),
        Either::Right(_) => Ok(outside::given_up()),
    }
}

/// The answer (JSON) to an order.
async fn asked(hooks: &Hooks, variant: &Variant, order: &ThreadOrder) -> Result<String, RunError> {
    let answer = JsFuture::from(hooks.in_tab(variant.target as u32, &json(order))).await;
    let sentence = |thrown: wasm_bindgen::JsValue| RunError::OtherTab(thrown.as_string().unwrap_or_default());
    Ok(answer.map_err(sentence)?.as_string().unwrap_or_default())
}
