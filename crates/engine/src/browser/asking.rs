//! One request of a check, within the time and the size that a check may take.

use crate::{
    browser::{clock::BrowserClock, destinations::Destinations, request, timeline::BrowserTimeline},
    run::{error::RunError, platform::Clock},
};
use fetchmark_core::{
    request::target::Target,
    target_check::{Answer, CacheHeaders, Reply},
};
use futures::future::{self, Either};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Reflect, Uint8Array};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, Request, RequestInit, Response};

/// The longest that all requests of a check may take, in ms.
const LONGEST_MS: f64 = 10_000.0;

/// The most of a body that is read, in bytes.
const MOST_BYTES: u32 = 10_000_000;

pub(super) struct Asking<'a> {
    clock: &'a BrowserClock,
    destinations: Destinations<'a>,
    timeline: BrowserTimeline<'a, BrowserClock>,
    ends_ms: f64,
    sent: Cell<u32>,
}

impl<'a> Asking<'a> {
    /// The time begins to run.
    pub(super) fn new(clock: &'a BrowserClock, destinations: Destinations<'a>) -> Self {
        Self {
            clock,
            destinations,
            timeline: BrowserTimeline::new(clock, destinations),
            ends_ms: clock.now_ms() + LONGEST_MS,
            sent: Cell::new(0),
        }
    }

    pub(super) fn destinations(&self) -> &Destinations<'a> {
        &self.destinations
    }

    pub(super) fn sent(&self) -> u32 {
        self.sent.get()
    }

    pub(super) fn count(&self, requests: u32) {
        self.sent.set(self.sent.get() + requests);
    }

    /// Asks, and reads the answer to its end.
    pub(super) async fn ask(&self, target: &Target, url: &str) -> Result<Reply, RunError> {
        let request = request::build(target, url)?;
        let left_ms = self.ends_ms - self.clock.now_ms();
        if left_ms <= 0.0 {
            return Ok(Reply::TimedOut);
        }
        self.count(1);
        self.timeline.begin_round(1);
        let Ok(controller) = AbortController::new() else { return Ok(Reply::Failed) };
        let answer = Box::pin(answer(&request, &controller));
        let time = TimeoutFuture::new(left_ms.ceil() as u32);
        let ended = match future::select(answer, time).await {
            Either::Left((ended, _)) => ended,
            Either::Right(_) => Reply::TimedOut,
        };
        // What is still under way is of no use any more. A whole answer is left alone: where it has no body, Firefox takes note of
        // its end only later, and keeps no times of what is broken off before.
        if ended.answer().is_none_or(|answer| answer.is_cut) {
            controller.abort();
        }
        let Reply::Answered(mut answered) = ended else { return Ok(ended) };
        answered.entry = self.timeline.entries(1, 1).await.pop();
        Ok(Reply::Answered(answered))
    }
}

async fn answer(request: &Request, controller: &AbortController) -> Reply {
    let Ok(response) = fetch(request, controller).await else { return Reply::Failed };
    match is_cut(&response).await {
        Ok(is_cut) => Reply::Answered(Box::new(Answer {
            status: response.status(),
            redirected_to: response.redirected().then(|| response.url()),
            is_cut,
            cache: cache_headers(&response),
            entry: None,
        })),
        Err(_) => Reply::BrokenOff,
    }
}

async fn fetch(request: &Request, controller: &AbortController) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_signal(Some(&controller.signal()));
    JsFuture::from(request::fetch_with(request, &init)?).await?.dyn_into()
}

/// Reads a body to its end, or as much of it as a check may: whether there is more.
async fn is_cut(response: &Response) -> Result<bool, JsValue> {
    let Some(body) = response.body() else { return Ok(false) };
    let reader: ReadableStreamDefaultReader = body.get_reader().dyn_into()?;
    let mut bytes = 0;
    while bytes <= MOST_BYTES {
        let part = JsFuture::from(reader.read()).await?;
        let Ok(piece) = Reflect::get(&part, &"value".into())?.dyn_into::<Uint8Array>() else {
            return Ok(false);
        };
        bytes += piece.length();
    }
    Ok(true)
}

fn cache_headers(response: &Response) -> CacheHeaders {
    let headers = response.headers();
    let get = |name| headers.get(name).ok().flatten();
    CacheHeaders {
        control: get("cache-control"),
        expires_in_ms: get("expires").map(|time| Date::parse(&time) - Date::now()),
        has_last_modified: get("last-modified").is_some(),
    }
}
