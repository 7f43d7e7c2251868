//! Using up the browser's pooled connections before a cold round.
//!
//! Where cold means "the server closes after each answer", connections that an earlier warm round left open would serve
//! the first cold requests. Closing answers on all of them at once leaves none.

use super::{message_of, request};
use crate::{platform::Clock, run::RunError, stop::Stop};
use fetchmark_core::target::Target;
use futures::future::{self, Either, join_all};
use js_sys::Promise;
use std::pin::pin;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Request, RequestInit, Response};

/// Browsers keep at most 6 connections to a host on HTTP/1.1 (Firefox up to 3 more for urgent requests).
const CONNECTIONS: u32 = 9;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(request: &Request, options: &RequestInit) -> Result<Promise, JsValue>;
}

/// Sends requests to an address whose answers close their connection, as many at once as there can be connections. Says
/// how many. Ends, aborting what is left, when `stop` is said or `timeout_ms` have passed.
///
/// # Errors
/// [`RunError::RequestRefused`] if the browser does not accept the request.
pub(crate) async fn drain(
    target: &Target,
    closing_url: &str,
    clock: &impl Clock,
    timeout_ms: f64,
    stop: &Stop,
) -> Result<u32, RunError> {
    if stop.is_said() {
        return Ok(0);
    }
    let refused = |thrown: JsValue| RunError::RequestRefused { message: message_of(&thrown) };
    let controller = AbortController::new().map_err(refused)?;
    let options = RequestInit::new();
    options.set_signal(Some(&controller.signal()));
    let mut sent = Vec::new();
    for _ in 0..CONNECTIONS {
        let request = request::build(target, closing_url)?;
        sent.push(read_to_the_end(fetch(&request, &options).map_err(refused)?));
    }
    let (said, late) = (pin!(stop.said()), pin!(clock.sleep(timeout_ms)));
    if let Either::Right(_) = future::select(join_all(sent), future::select(said, late)).await {
        controller.abort();
    }
    Ok(CONNECTIONS)
}

/// A failure leaves no connection either, and the round will show it.
async fn read_to_the_end(promise: Promise) {
    if let Ok(response) = JsFuture::from(promise).await
        && let Ok(body) = response.unchecked_into::<Response>().array_buffer()
    {
        let _ = JsFuture::from(body).await;
    }
}
