//! Telling failures apart that a browser gives one and the same error for.
//!
//! A page that may not read an answer gets "Failed to fetch", as it does when there is no answer. An opaque request
//! (`mode: no-cors`) needs no permission: if it gets through, the target is there and it was CORS that refused.
//!
//! A browser that has too many requests outstanding gives the same error once more, and nothing tells it apart for certain. The
//! engine stays far below that number; a page that does not has its failures called network errors.

use super::destinations::Destinations;
use fetchmark_core::{factors::Connection, sample::ErrorClass};
use futures::future::{self, Either};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestInit, RequestMode};

/// How long a request that only asks may take, in ms.
const PROBE_MS: u32 = 3_000;

/// Why requests must fail, where that is known without asking.
pub(crate) fn known_before(destinations: &Destinations<'_>, connection: Connection) -> Option<ErrorClass> {
    let target = destinations.of(connection);
    if target.is_mixed_content(destinations.page) {
        Some(ErrorClass::MixedContent)
    } else if target.has_blocked_port() {
        Some(ErrorClass::ClientLimit)
    } else {
        None
    }
}

/// What it is that failed without an answer. May send a request.
pub(crate) async fn diagnose(destinations: &Destinations<'_>, connection: Connection) -> ErrorClass {
    let target = destinations.of(connection);
    if let Some(known) = known_before(destinations, connection) {
        known
    } else if destinations.is_cross_origin(connection) && answers_opaquely(target.plain()).await {
        ErrorClass::Cors
    } else {
        ErrorClass::Network
    }
}

async fn answers_opaquely(url: &str) -> bool {
    let Ok(controller) = AbortController::new().map(EndsWithThis) else { return false };
    let init = RequestInit::new();
    init.set_mode(RequestMode::NoCors);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(RequestCredentials::Omit);
    init.set_signal(Some(&controller.0.signal()));
    let Some(fetch) = super::global("fetch").dyn_into::<Function>().ok() else { return false };
    let Ok(promise) = fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(url), &init) else { return false };
    let answer = JsFuture::from(promise.unchecked_into::<Promise>());
    match future::select(answer, TimeoutFuture::new(PROBE_MS)).await {
        Either::Left((answer, _)) => answer.is_ok(),
        Either::Right(_) => false,
    }
}

/// A request that is let go with this: its opaque body cannot be read, and nobody may be left to wait for its answer.
struct EndsWithThis(AbortController);

impl Drop for EndsWithThis {
    fn drop(&mut self) {
        self.0.abort();
    }
}
