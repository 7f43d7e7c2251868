//! Rounds that are run outside the browser: asked for, and awaited.

use crate::{
    browser::{
        host::{Hooks, json},
        message_of,
    },
    run::{
        error::RunError,
        outside,
        plan::{RoundPlan, RoundResult},
        stop::Stop,
    },
};
use fetchmark_core::{request::target::Target, scenario::variant::Variant};
use futures::{
    future::{self, Either},
    pin_mut,
};
use wasm_bindgen_futures::JsFuture;

/// Has a round run, and waits for its end or for Stop.
pub(super) async fn run(
    hooks: &Hooks,
    target: &Target,
    url: String,
    variant: &Variant,
    plan: &RoundPlan,
    stop: &Stop,
) -> Result<RoundResult, RunError> {
    let order = outside::order(target, url, variant, plan);
    let (answer, stopped) = (JsFuture::from(hooks.outside(&json(&order))), stop.requested());
    pin_mut!(answer, stopped);
    match future::select(answer, stopped).await {
        Either::Left((Ok(answer), _)) => {
            outside::result(&answer.as_string().unwrap_or_default(), variant, plan)
        }
        Either::Left((Err(thrown), _)) => Err(outside::failed(variant, message_of(&thrown))),
        Either::Right(_) => Ok(outside::given_up()),
    }
}
