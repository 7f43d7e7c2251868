//! The request, built once by the browser itself before anything is sent.
//!
//! gloo-net panics on a header name that is none; a person who typed one gets a sentence instead.

use super::message_of;
use crate::run::error::RunError;
use fetchmark_core::{request::target::Target, scenario::factors::Credentials};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{Headers, Request, RequestCache, RequestCredentials, RequestInit};

#[wasm_bindgen]
extern "C" {
    /// The global's `fetch`, which web-sys has on `Window` and on `WorkerGlobalScope` apart.
    #[wasm_bindgen(catch)]
    pub(crate) fn fetch(request: &Request) -> Result<Promise, JsValue>;

    /// The same with options that take the place of the request's own.
    #[wasm_bindgen(catch, js_name = fetch)]
    pub(crate) fn fetch_with(request: &Request, options: &RequestInit) -> Result<Promise, JsValue>;
}

/// The browser does not accept the request; in its own words.
pub(crate) fn refused(thrown: JsValue) -> RunError {
    RunError::RequestRefused { message: message_of(&thrown) }
}

pub(crate) fn build(target: &Target, url: &str) -> Result<Request, RunError> {
    options(target).and_then(|options| Request::new_with_str_and_init(url, &options)).map_err(refused)
}

/// The target's request options, with headers and body.
pub(crate) fn options(target: &Target) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &target.headers {
        headers.append(name, value)?;
    }
    let options = RequestInit::new();
    options.set_method(target.method.word());
    options.set_headers(&headers);
    options.set_cache(RequestCache::NoStore);
    options.set_credentials(credentials(target.credentials));
    if let Some(body) = &target.body {
        options.set_body(&JsValue::from_str(body));
    }
    Ok(options)
}

pub(crate) fn credentials(credentials: Credentials) -> RequestCredentials {
    match credentials {
        Credentials::Omit => RequestCredentials::Omit,
        Credentials::SameOrigin => RequestCredentials::SameOrigin,
        Credentials::Include => RequestCredentials::Include,
    }
}
