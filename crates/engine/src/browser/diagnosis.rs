//! Telling failures apart that a browser gives one and the same error for.
//!
//! A page that may not read an answer gets "Failed to fetch", as it does when there is no answer. An opaque request
//! (`mode: no-cors`) needs no permission: if it gets through, and the same request that needs one does not, the target is there and it
//! was CORS that refused. Where the request asks permission first (a preflight), the opaque one cannot be quite the same: a target that
//! breaks off just what has such a method or header is taken for one that refuses.
//!
//! A browser that has too many requests outstanding gives the same error once more, and nothing tells it apart for certain. The
//! engine stays far below that number; a page that does not has its failures called network errors.

use super::{destinations::Destinations, request};
use crate::run::diagnosis::opens_a_dialog;
use fetchmark_core::{
    request::target::{Method, Target},
    samples::sample::ErrorClass,
    scenario::factors::{Connection, Credentials},
};
use futures::future::{self, Either};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Request, RequestInit, RequestMode, Response};

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

/// What it is that failed without an answer, and how many requests were sent to find out: two at most.
pub(crate) async fn diagnose(
    target: &Target,
    destinations: &Destinations<'_>,
    connection: Connection,
) -> (ErrorClass, u32) {
    let url = destinations.of(connection);
    if let Some(known) = known_before(destinations, connection) {
        (known, 0)
    } else if !destinations.is_cross_origin(connection) {
        (ErrorClass::Network, 0)
    } else if answers(opaque(target), url.plain()).await != Some(true) {
        (ErrorClass::Network, 1)
    } else if answers(request::options(target), url.plain()).await == Some(false) {
        (ErrorClass::Cors, 2)
    } else {
        (ErrorClass::Network, 2)
    }
}

/// Whether the target asks for a login ([`opens_a_dialog`]) at once where credentials are left out, so that with them the browser waits in its dialog.
pub(crate) async fn waits_for_login(
    target: &Target,
    destinations: &Destinations<'_>,
    connection: Connection,
) -> bool {
    if target.credentials == Credentials::Omit {
        return false;
    }
    let without = Target { credentials: Credentials::Omit, ..target.clone() };
    let answer = answer(request::options(&without), destinations.of(connection).plain()).await;
    answer.flatten().is_some_and(|response| {
        let challenge = response.headers().get("www-authenticate").ok().flatten();
        // Another origin's header is hidden unless that says otherwise.
        let is_readable = challenge.is_some() || !destinations.is_cross_origin(connection);
        opens_a_dialog(response.status(), is_readable.then_some(challenge.as_deref().unwrap_or_default()))
    })
}

/// The target's request as far as it needs no permission.
fn opaque(target: &Target) -> Result<RequestInit, JsValue> {
    let is_simple = matches!(target.method, Method::Get | Method::Head | Method::Post);
    let (method, body) = if is_simple { (target.method, target.body.clone()) } else { (Method::Get, None) };
    let plain = Target { method, body, headers: Vec::new(), ..target.clone() };
    let options = request::options(&plain)?;
    options.set_mode(RequestMode::NoCors);
    Ok(options)
}

/// Whether a request gets an answer; `None` if there is neither in time.
async fn answers(options: Result<RequestInit, JsValue>, url: &str) -> Option<bool> {
    Some(answer(options, url).await?.is_some())
}

/// The answer to a request, if it gets one; `None` if that is not known in time. The answer's body is nobody's concern.
async fn answer(options: Result<RequestInit, JsValue>, url: &str) -> Option<Option<Response>> {
    let (init, controller) = (options.ok()?, AbortController::new().map(EndsWithThis).ok()?);
    init.set_signal(Some(&controller.0.signal()));
    let request = Request::new_with_str_and_init(url, &init).ok()?;
    let answer = JsFuture::from(request::fetch(&request).ok()?);
    match future::select(answer, TimeoutFuture::new(PROBE_MS)).await {
        Either::Left((answer, _)) => Some(answer.ok().and_then(|answer| answer.dyn_into().ok())),
        Either::Right(_) => None,
    }
}

/// A request that is let go with this: its opaque body cannot be read, and nobody may be left to wait for its answer.
struct EndsWithThis(AbortController);

impl Drop for EndsWithThis {
    fn drop(&mut self) {
        self.0.abort();
    }
}
