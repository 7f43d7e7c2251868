//! The browser's pooled connections between rounds: used up before a cold one, opened again before the next warm one.
//!
//! Where cold means "the server closes after each answer", connections that an earlier warm round left open would serve
//! the first cold requests. Closing answers on all of them at once leaves none. Where each cold request has a host of its own,
//! so many connections are open before long that the browser gives up idle ones: Chromium holds 256 in all. The next warm round
//! would have to open its own anew, and be partly cold: so requests like its own do that before.

use super::request;
use crate::run::{error::RunError, platform::Clock, stop::Stop};
use fetchmark_core::request::target::Target;
use futures::future::{self, Either, join_all};
use js_sys::Promise;
use std::pin::pin;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};

/// The most connections to a host that a browser opens on HTTP/1.1.
const CONNECTIONS: u32 = 6;

/// The most that there may be: Firefox opens up to 3 more for urgent requests.
const MOST_CONNECTIONS: u32 = 9;

/// How many requests use up all connections, where each answer closes its own.
pub(crate) fn to_drain() -> u32 {
    MOST_CONNECTIONS
}

/// How many requests open the connections of a round with so many lanes.
pub(crate) fn to_fill(concurrency: u32) -> u32 {
    concurrency.min(CONNECTIONS)
}

/// Sends so many requests to an address at once, and says how many. Ends, aborting what is left, when `stop` is requested or
/// `timeout_ms` have passed.
pub(crate) async fn burst(
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
