//! What "reused" keeps where the request is the browser's own.

use super::{build::Build, calls::Abort};
use crate::{browser::request, run::error::RunError};
use fetchmark_core::request::target::Target;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortSignal, Request, RequestInit};

/// Requests, or their options where every call has an address of its own: a `Request` cannot change its address.
#[derive(Debug)]
pub(super) enum Kept<'a> {
    /// The same address for all. A `Request` has its abort signal built in, so there is one for each call in flight,
    /// built before the round.
    Requests {
        target: &'a Target,
        url: &'a str,
    },
    Options(RequestInit),
}

impl<'a> Kept<'a> {
    pub(super) fn new(build: &Build<'a>) -> Result<Self, RunError> {
        if build.own_address_each {
            return request::options(build.target).map(Self::Options).map_err(request::refused);
        }
        for abort in build.calls.idle() {
            let built = with_signal(build.target, build.url, &abort.signal).map_err(request::refused)?;
            // Controllers are new: nothing is kept with them yet.
            let _ = abort.request.set(built);
        }
        Ok(Self::Requests { target: build.target, url: build.url })
    }

    /// The request to send to `address`, which `abort` aborts.
    pub(super) fn request(&self, address: &str, abort: &Abort) -> Result<Request, JsValue> {
        let (target, url) = match self {
            Self::Requests { target, url } => (target, url),
            Self::Options(options) => {
                options.set_signal(Some(&abort.signal));
                return Request::new_with_str_and_init(address, options);
            }
        };
        let kept = match abort.request.get() {
            Some(kept) => kept,
            None => {
                let built = with_signal(target, url, &abort.signal)?;
                abort.request.get_or_init(|| built)
            }
        };
        if target.body.is_some() {
            // Sending takes a request's body away; the browser's clone has one of its own.
            return kept.clone();
        }
        // Another name for the same object: `Request::clone` would be the browser's.
        Ok(JsValue::from(kept).unchecked_into())
    }
}

fn with_signal(target: &Target, url: &str, signal: &AbortSignal) -> Result<Request, JsValue> {
    let options = request::options(target)?;
    options.set_signal(Some(signal));
    Request::new_with_str_and_init(url, &options)
}
