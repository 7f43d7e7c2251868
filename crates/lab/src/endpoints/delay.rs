//! `/lab/delay/{spec}`: a response whose time is known in advance.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use hyper::StatusCode;
use hyper::header::{HeaderMap, HeaderValue};
use serde::Deserialize;

use super::distribution::{Distribution, Parameters};
use super::pause::Pause;
use super::state::{DelayCounters, LabState};
use crate::connections::request::RequestInfo;
use crate::response::body::{MAX_BYTES, Step, scripted};
use crate::response::headers::SERVER_TIMING;
use crate::response::simple::{binary, sentence};

/// The longest wait: ten minutes, in milliseconds.
const MAX_MS: f64 = 600_000.0;
const DEFAULT_BYTES: u64 = 64;
/// Marks the requests that are to be slower than others to the same address: a difference whose size is known.
const PLANTED: &str = "lab-planted";

/// The query; every part is optional, and other parts are ignored, so that a URL can be made unique.
#[derive(Debug, Deserialize)]
pub(super) struct Options {
    /// Milliseconds: see [`Distribution`].
    mean: Option<f64>,
    /// Milliseconds: see [`Distribution`].
    median: Option<f64>,
    sigma: Option<f64>,
    /// Milliseconds: see [`Distribution`].
    min: Option<f64>,
    /// Milliseconds: see [`Distribution`]; also caps any other shape.
    max: Option<f64>,
    alpha: Option<f64>,
    /// Seed of the draws, 1 if not given.
    seed: Option<u64>,
    /// Milliseconds between the first and the last byte of the body.
    body_ms: Option<f64>,
    bytes: Option<u64>,
    /// Every this many requests, one (counted per delay since the last reset) waits `stall_ms` longer.
    stall_every: Option<u64>,
    stall_ms: Option<f64>,
    /// Milliseconds: the lab stands still for `pause_ms` at the beginning of every such time.
    pause_every: Option<f64>,
    pause_ms: Option<f64>,
    /// Milliseconds that a request waits more if it carries the header [`PLANTED`].
    planted_ms: Option<f64>,
}

#[derive(Debug)]
struct Delay {
    shape: Distribution,
    cap_ms: f64,
    seed: u64,
    body_ms: f64,
    bytes: u64,
    stall_every: Option<u64>,
    stall_ms: f64,
    pause: Option<Pause>,
    planted_ms: f64,
}

/// `/lab/delay/{spec}`. `Server-Timing` reports the wait before the first byte as the lab measured it.
pub(super) async fn delay(
    State(state): State<Arc<LabState>>,
    Extension(info): Extension<RequestInfo>,
    Path(spec): Path<String>,
    options: Result<Query<Options>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let options = match options {
        Ok(Query(options)) => options,
        Err(rejection) => {
            return sentence(StatusCode::BAD_REQUEST, format!("{}.", rejection.body_text()));
        }
    };
    let delay = match Delay::new(&spec, &options) {
        Ok(delay) => delay,
        Err(error) => return sentence(StatusCode::BAD_REQUEST, error),
    };
    let index = delay.next_index(&state.delays);
    let planted_ms = if headers.contains_key(PLANTED) { delay.planted_ms } else { 0.0 };
    let wait = Duration::from_secs_f64((delay.wait_ms(index) + planted_ms) / 1_000.0);
    let since_start = info.received.saturating_duration_since(state.started);
    let pause = delay.pause.map_or(Duration::ZERO, |pause| pause.left(since_start));
    state.timer.sleep_until(info.received + pause + wait).await;

    let mut response = binary(scripted(&state.timer, delay.bytes, delay.steps()));
    let waited_ms = info.received.elapsed().as_secs_f64() * 1_000.0;
    if let Ok(value) = HeaderValue::try_from(format!("delay;dur={waited_ms:.3}")) {
        response.headers_mut().insert(SERVER_TIMING, value);
    }
    response
}

impl Delay {
    fn new(spec: &str, options: &Options) -> Result<Self, String> {
        let shape = match spec.parse::<f64>() {
            Ok(ms) => Distribution::Constant { mean: milliseconds("delay", Some(ms))? },
            Err(_) => Distribution::named(spec, &options.parameters())?,
        };
        let body_ms = milliseconds("body_ms", options.body_ms)?;
        let bytes = options.bytes.unwrap_or(DEFAULT_BYTES);
        if bytes > MAX_BYTES {
            return Err(format!("`bytes` must be a number from 0 to {MAX_BYTES}."));
        }
        if body_ms > 0.0 && bytes < 2 {
            return Err("`body_ms` needs a body of at least 2 bytes: one before the wait and one after it."
                .to_owned());
        }
        if options.stall_every == Some(0) || options.stall_every.is_some() != options.stall_ms.is_some() {
            return Err(
                "`stall_every` (from 1) and `stall_ms` belong together, as in ?stall_every=10&stall_ms=200."
                    .to_owned(),
            );
        }
        let pause = match (options.pause_every, options.pause_ms) {
            (None, None) => None,
            (every, lasts) => {
                let pause = Pause::new(milliseconds("pause_every", every)?, milliseconds("pause_ms", lasts)?);
                Some(pause.ok_or(
                    "`pause_every` and `pause_ms` belong together, the pause shorter, as in ?pause_every=1000&pause_ms=200.",
                )?)
            }
        };
        Ok(Self {
            shape,
            cap_ms: options.max.map_or(Ok(MAX_MS), |max| milliseconds("max", Some(max)))?,
            seed: options.seed.unwrap_or(1),
            body_ms,
            bytes,
            stall_every: options.stall_every,
            stall_ms: milliseconds("stall_ms", options.stall_ms)?,
            pause,
            planted_ms: milliseconds("planted_ms", options.planted_ms)?,
        })
    }

    fn next_index(&self, counters: &DelayCounters) -> u64 {
        // Without draws and stalls every request is alike: no need to count.
        if matches!(self.shape, Distribution::Constant { .. }) && self.stall_every.is_none() {
            return 1;
        }
        counters.next(format!("{self:?}"))
    }

    /// Milliseconds that the `index`th request waits before its first byte.
    fn wait_ms(&self, index: u64) -> f64 {
        let stall = match self.stall_every {
            Some(every) if index.is_multiple_of(every) => self.stall_ms,
            _ => 0.0,
        };
        (self.shape.draw(self.seed, index).min(self.cap_ms) + stall).min(MAX_MS)
    }

    fn steps(&self) -> Vec<Step> {
        if self.body_ms == 0.0 {
            return vec![Step::Send(self.bytes)];
        }
        let wait = Duration::from_secs_f64(self.body_ms / 1_000.0);
        vec![Step::Send(1), Step::Wait(wait), Step::Send(self.bytes - 1)]
    }
}

impl Options {
    fn parameters(&self) -> Parameters {
        let Self { mean, median, sigma, min, max, alpha, .. } = *self;
        Parameters { mean, median, sigma, min, max, alpha }
    }
}

fn milliseconds(name: &str, given: Option<f64>) -> Result<f64, String> {
    let ms = given.unwrap_or(0.0);
    if !(0.0..=MAX_MS).contains(&ms) {
        return Err(format!("`{name}` must be a number of milliseconds from 0 to 600000."));
    }
    Ok(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(spec: &str, query: &str) -> Result<Delay, String> {
        let uri = format!("/?{query}").parse().unwrap();
        Delay::new(spec, &Query::try_from_uri(&uri).unwrap())
    }

    fn delay(spec: &str, query: &str) -> Delay {
        read(spec, query).unwrap()
    }

    fn waits(counters: &DelayCounters, delay: &Delay, requests: usize) -> Vec<f64> {
        (0..requests).map(|_| delay.wait_ms(delay.next_index(counters))).collect()
    }

    #[test]
    fn every_nth_request_stalls() {
        let delay = delay("1.5", "stall_every=3&stall_ms=60");
        assert_eq!(waits(&DelayCounters::default(), &delay, 6), [1.5, 1.5, 61.5, 1.5, 1.5, 61.5]);
    }

    #[test]
    fn draws_restart_with_a_reset_and_differ_by_seed() {
        let counters = DelayCounters::default();
        let (one, two) = (delay("exponential", "mean=20&seed=1"), delay("exponential", "mean=20&seed=2"));
        let first = waits(&counters, &one, 5);
        // Another delay in between has its own count.
        assert_ne!(waits(&counters, &two, 5), first);
        assert_ne!(waits(&counters, &one, 5), first);
        counters.reset();
        assert_eq!(waits(&counters, &one, 5), first);
    }

    #[test]
    fn draws_are_capped_and_all_waits_end_after_ten_minutes() {
        assert_eq!(delay("pareto", "min=60000&max=2").wait_ms(1), 2.0);
        assert_eq!(delay("600000", "stall_every=1&stall_ms=5").wait_ms(1), MAX_MS);
    }

    #[test]
    fn a_wrong_option_is_named() {
        for (spec, query, named) in [
            ("soon", "", "`soon`"),
            ("-1", "", "`delay`"),
            ("NaN", "", "`delay`"),
            ("600001", "", "`delay`"),
            ("uniform", "", "`max`"),
            ("uniform", "min=5&max=4", "`max`"),
            ("exponential", "mean=0", "`mean`"),
            ("exponential", "mean=NaN", "`mean`"),
            ("5", "bytes=100000001", "`bytes`"),
            ("5", "body_ms=-1", "`body_ms`"),
            ("5", "body_ms=5&bytes=1", "`body_ms`"),
            ("5", "stall_every=0&stall_ms=1", "`stall_every`"),
            ("5", "stall_every=2", "`stall_ms`"),
            ("5", "pause_every=2", "`pause_ms`"),
        ] {
            let error = read(spec, query).unwrap_err();
            assert!(error.contains(named), "{spec}?{query}: {error}");
        }
    }
}
