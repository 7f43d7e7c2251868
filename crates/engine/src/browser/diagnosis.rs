//! Telling failures apart that a browser gives one and the same error for.
//!
//! A page that may not read an answer gets "Failed to fetch", as it does when there is no answer. An opaque request
//! (`mode: no-cors`) needs no permission: if it gets through, the target is there and it was CORS that refused. A browser that
//! has too many requests outstanding gives the same error once more, and gives it for everything: also for the script that
//! it runs just now, and has in its cache.

use super::destinations::Destinations;
use crate::round::RoundResult;
use fetchmark_core::{
    factors::Connection,
    sample::{ErrorClass, Outcome, Sample},
};
use futures::future::{self, Either};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestInit, RequestMode};

/// How long a request that only asks may take, in ms.
const PROBE_MS: u32 = 3_000;

/// Whether the script that runs just now is in the browser's cache: then asking for it takes no network, and can fail only
/// by the browser's own limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OwnScript {
    is_cached: bool,
}

impl OwnScript {
    /// Looks before anything is measured.
    pub(crate) async fn look() -> Self {
        Self { is_cached: gets_own_script_from_cache().await }
    }

    /// Whether it is refused now though it is there.
    async fn is_refused(self) -> bool {
        self.is_cached && !gets_own_script_from_cache().await
    }
}

/// What a target's network failures are. The answer holds for the run, unless it is a limit, which may pass.
#[derive(Debug)]
pub(crate) struct Diagnosis {
    own_script: OwnScript,
    told: Cell<Option<ErrorClass>>,
}

impl Diagnosis {
    /// Nothing is told yet.
    pub(crate) fn new(own_script: OwnScript) -> Self {
        Self { own_script, told: Cell::new(None) }
    }

    /// Reclassifies the network failures of a round in which nothing was answered.
    pub(crate) async fn tell_apart(
        &self,
        result: &mut RoundResult,
        destinations: &Destinations<'_>,
        connection: Connection,
    ) {
        let answered = result.samples.iter().any(|sample| sample.status.is_some());
        if answered || !result.samples.iter().any(is_unexplained) {
            return;
        }
        let told = match self.told.get() {
            Some(told) => told,
            None => self.diagnose(destinations, connection).await,
        };
        self.told.set(Some(told).filter(|told| *told != ErrorClass::ClientLimit));
        for sample in result.samples.iter_mut().filter(|sample| is_unexplained(sample)) {
            if let Outcome::Failed { class, .. } = &mut sample.outcome {
                *class = told;
            }
        }
    }

    async fn diagnose(&self, destinations: &Destinations<'_>, connection: Connection) -> ErrorClass {
        let target = destinations.of(connection);
        if target.is_mixed_content(destinations.page) {
            ErrorClass::MixedContent
        } else if target.has_blocked_port() || self.own_script.is_refused().await {
            ErrorClass::ClientLimit
        } else if destinations.is_cross_origin(connection) && answers_opaquely(target.plain()).await {
            ErrorClass::Cors
        } else {
            ErrorClass::Network
        }
    }
}

fn is_unexplained(sample: &Sample) -> bool {
    matches!(&sample.outcome, Outcome::Failed { class: ErrorClass::Network, .. })
}

async fn answers_opaquely(url: &str) -> bool {
    let init = RequestInit::new();
    init.set_mode(RequestMode::NoCors);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(RequestCredentials::Omit);
    is_answered(url, &init).await.unwrap_or(false)
}

async fn gets_own_script_from_cache() -> bool {
    let Some(own) = super::property(&super::global("location"), "href").as_string() else { return false };
    let init = RequestInit::new();
    init.set_mode(RequestMode::SameOrigin);
    init.set_cache(RequestCache::OnlyIfCached);
    is_answered(&own, &init).await.unwrap_or(false)
}

/// Whether a request is answered; `None` if that does not show in time.
async fn is_answered(url: &str, init: &RequestInit) -> Option<bool> {
    let controller = AbortController::new().ok()?;
    init.set_signal(Some(&controller.signal()));
    let fetch: Function = super::global("fetch").dyn_into().ok()?;
    let promise = fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(url), init).ok()?;
    let answer = JsFuture::from(promise.unchecked_into::<Promise>());
    let answered = match future::select(answer, TimeoutFuture::new(PROBE_MS)).await {
        Either::Left((answer, _)) => Some(answer.is_ok()),
        Either::Right(_) => None,
    };
    // An opaque body cannot be read, only let go.
    controller.abort();
    answered
}
