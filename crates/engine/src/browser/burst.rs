//! Requests that nobody measures, sent before a round ([`crate::run::pool`]).

use super::request;
use crate::run::{error::RunError, platform::Clock, stop::Stop};
use fetchmark_core::request::target::Target;
use futures::future::{self, Either, join_all};
use js_sys::Promise;
use std::pin::pin;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};

/// Sends so many requests to an address at once, and says how many. Ends, aborting what is left, when `stop` is requested or
/// `timeout_ms` have passed.
pub(crate) async fn send(
    target: &Target,
    url: &str,
    requests: u32,
    clock: &impl Clock,
    timeout_ms: f64,
    stop: &Stop,
) -> Result<u32, RunError> {
    if requests == 0 || stop.is_requested() {
        return Ok(0);
    }
    let controller = AbortController::new().map_err(request::refused)?;
    let options = RequestInit::new();
    options.set_signal(Some(&controller.signal()));
    let mut sent = Vec::new();
    for _ in 0..requests {
        let answer = request::fetch_with(&request::build(target, url)?, &options);
        sent.push(read_to_the_end(answer.map_err(request::refused)?));
    }
    let (stopped, late) = (pin!(stop.requested()), pin!(clock.sleep(timeout_ms)));
    if let Either::Right(_) = future::select(join_all(sent), future::select(stopped, late)).await {
        controller.abort();
    }
    Ok(requests)
}

/// A failure leaves no connection either, and the round will show it.
async fn read_to_the_end(promise: Promise) {
    if let Ok(response) = JsFuture::from(promise).await
        && let Ok(body) = response.unchecked_into::<Response>().array_buffer()
    {
        let _ = JsFuture::from(body).await;
    }
}
