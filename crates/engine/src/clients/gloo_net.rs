//! [gloo-net](https://docs.rs/gloo-net): Rust's everyday fetch wrapper for the browser.
//!
//! It has no client object, and its `Request` is used up by sending. **Reused** means: the browser's `Request`s are built
//! before the round, one for each call in flight (each has an abort signal of its own built in); each call wraps one
//! and sends it. **Fresh** means: builder, headers and request for each call, as in most code. Where every request has
//! an address of its own, "reused" keeps headers and options and builds the request from them.

use super::{
    build::Build,
    calls::{Calls, before_answer},
    kept::Kept,
};
use crate::{
    browser::request::credentials,
    run::{
        error::RunError,
        platform::{Answer, Client, Failure},
    },
};
use fetchmark_core::{
    request::target::{Method, Target},
    samples::whence::Whence,
    scenario::factors::Lifecycle,
};
use gloo_net::http::{Headers, Request, RequestBuilder};
use web_sys::{AbortSignal, RequestCache};

#[derive(Debug)]
pub(crate) struct GlooNet<'a> {
    target: &'a Target,
    kept: Option<Kept<'a>>,
    calls: Calls,
}

impl<'a> GlooNet<'a> {
    /// Builds what "reused" keeps.
    pub(crate) fn new(build: Build<'a>) -> Result<Self, RunError> {
        let kept = match build.lifecycle {
            Lifecycle::Fresh => None,
            Lifecycle::Reused => Some(Kept::new(&build)?),
        };
        Ok(Self { target: build.target, kept, calls: build.calls })
    }

    fn request(&self, place: u32) -> Result<Request, Failure> {
        let abort = self.calls.begin(place)?;
        let address = self.calls.addresses().of(place);
        match &self.kept {
            None => request(self.target, address, Some(&abort.signal)).map_err(|error| refused(&error)),
            Some(kept) => {
                kept.request(address, &abort).map(Request::from).map_err(|thrown| before_answer(&thrown))
            }
        }
    }
}

impl Client for GlooNet<'_> {
    async fn call(&self, place: u32) -> Result<Answer, Failure> {
        let _ended = self.calls.until_ended(place);
        let response = self.request(place)?.send().await.map_err(|error| refused(&error))?;
        let (headers_ms, status) = (Some(self.calls.now_ms()), response.status());
        let body = response.binary().await.map_err(|error| Failure::in_body(status, error.to_string()))?;
        self.calls.keep(place, response);
        Ok(Answer { status, headers_ms, body_bytes: body.len() as u64, info: None })
    }

    fn whence(&self) -> Whence {
        self.calls.whence()
    }

    fn cancel(&self, place: u32) {
        self.calls.cancel(place);
    }
}

/// Builder, headers and request, as code that uses gloo-net writes them.
fn request(target: &Target, url: &str, signal: Option<&AbortSignal>) -> Result<Request, gloo_net::Error> {
    let headers = Headers::new();
    for (name, value) in &target.headers {
        // The builder's own `header` would let a repeated one replace the one before.
        headers.append(name, value);
    }
    let builder = RequestBuilder::new(url)
        .method(method(target.method))
        .headers(headers)
        .cache(RequestCache::NoStore)
        .credentials(credentials(target.credentials))
        .abort_signal(signal);
    match &target.body {
        Some(body) => builder.body(body.as_str()),
        None => builder.build(),
    }
}

fn refused(error: &gloo_net::Error) -> Failure {
    Failure::before_answer(error.to_string())
}

fn method(method: Method) -> gloo_net::http::Method {
    use gloo_net::http::Method as Gloo;
    match method {
        Method::Get => Gloo::GET,
        Method::Head => Gloo::HEAD,
        Method::Post => Gloo::POST,
        Method::Put => Gloo::PUT,
        Method::Patch => Gloo::PATCH,
        Method::Delete => Gloo::DELETE,
        Method::Options => Gloo::OPTIONS,
    }
}
