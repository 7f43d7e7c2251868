//! What "reused" keeps where the request is the browser's own.

use super::Build;
use crate::{browser::request, run::RunError};
use wasm_bindgen::JsValue;
use web_sys::{Request, RequestInit};

/// A request, or its options where every call has an address of its own: a `Request` cannot change its address.
#[derive(Debug)]
pub(super) enum Kept {
    /// The same address for all.
    Request {
        /// Built once.
        request: Request,
        /// Sending takes a request's body away; a clone has one of its own.
        has_body: bool,
    },
    /// An address each.
    Options(RequestInit),
}

impl Kept {
    /// Builds what is kept.
    ///
    /// # Errors
    /// [`RunError::RequestRefused`] if the browser does not accept the request.
    pub(super) fn new(build: &Build<'_>) -> Result<Self, RunError> {
        let request = request::build(build.target, build.url)?;
        if !build.own_address_each {
            return Ok(Self::Request { request, has_body: build.target.body.is_some() });
        }
        request::options(build.target)
            .map(Self::Options)
            .map_err(|thrown| RunError::RequestRefused { message: crate::browser::message_of(&thrown) })
    }

    /// The request to send to `address`.
    pub(super) fn request(&self, address: &str) -> Result<Request, JsValue> {
        match self {
            Self::Request { request, has_body: true } => request.clone(),
            Self::Request { request, has_body: false } => Ok(Request::from(JsValue::from(request))),
            Self::Options(options) => Request::new_with_str_and_init(address, options),
        }
    }
}
