//! [web-sys](https://docs.rs/web-sys): the browser's own `fetch`, called from Rust with nothing in between.
//!
//! **Reused** means: `Request`s built before the round, one for each call in flight; each call fetches one. (One for
//! all would do if it were not for its abort signal, which must be able to abort one call and leave the others.)
//! **Fresh** means: options, headers and request for each call. Where every request has an address of its own,
//! "reused" keeps the options.

use super::{
    build::Build,
    calls::{Calls, before_answer},
    kept::Kept,
};
use crate::{
    browser::request,
    run::{
        error::RunError,
        platform::{Answer, Client, Failure},
    },
};
use fetchmark_core::{request::target::Target, samples::whence::Whence, scenario::factors::Lifecycle};
use js_sys::{ArrayBuffer, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};

#[derive(Debug)]
pub(crate) struct WebSys<'a> {
    target: &'a Target,
    kept: Option<Kept<'a>>,
    calls: Calls,
}

impl<'a> WebSys<'a> {
    pub(crate) fn new(build: Build<'a>) -> Result<Self, RunError> {
        let kept = match build.lifecycle {
            Lifecycle::Fresh => None,
            Lifecycle::Reused => Some(Kept::new(&build)?),
        };
        Ok(Self { target: build.target, kept, calls: build.calls })
    }

    fn send(&self, place: u32) -> Result<Promise, Failure> {
        let abort = self.calls.begin(place)?;
        let address = self.calls.addresses().of(place);
        let request = match &self.kept {
            None => request::options(self.target).and_then(|options| {
                options.set_signal(Some(&abort.signal));
                Request::new_with_str_and_init(address, &options)
            }),
            Some(kept) => kept.request(address, &abort),
        };
        request.and_then(|request| request::fetch(&request)).map_err(|thrown| before_answer(&thrown))
    }
}

impl Client for WebSys<'_> {
    async fn call(&self, place: u32) -> Result<Answer, Failure> {
        let _ended = self.calls.until_ended(place);
        let response = JsFuture::from(self.send(place)?).await.map_err(|thrown| before_answer(&thrown))?;
        let headers_ms = Some(self.calls.now_ms());
        let response: Response = response.unchecked_into();
        let status = response.status();
        let broken = |thrown: JsValue| Failure::in_body(status, crate::browser::message_of(&thrown));
        let body = JsFuture::from(response.array_buffer().map_err(broken)?).await.map_err(broken)?;
        let body: ArrayBuffer = body.unchecked_into();
        self.calls.keep(place, response);
        Ok(Answer { status, headers_ms, body_bytes: u64::from(body.byte_length()), info: None })
    }

    fn whence(&self) -> Whence {
        self.calls.whence()
    }

    fn cancel(&self, place: u32) {
        self.calls.cancel(place);
    }
}
