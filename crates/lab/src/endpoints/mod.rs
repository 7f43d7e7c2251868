//! What the lab can be asked for: one table, one handler each.

mod cacheable;
mod counted;
mod delay;
mod echo;
mod faults;
mod pause;
mod plain;
mod sockets;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use hyper::StatusCode;

use crate::ledger::Ledger;
use crate::timer::Timer;
pub(crate) use counted::Counted;
pub(crate) use delay::Counters;
pub(crate) use faults::Sever;

/// What the handlers share.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) timer: Arc<Timer>,
    pub(crate) counters: Counters,
    pub(crate) counted: Counted,
    pub(crate) started: Instant,
}

impl State {
    /// Begins a new period: counts and draws start from zero.
    pub(crate) fn reset(&self) {
        self.ledger.reset();
        self.counters.reset();
        self.counted.reset();
    }
}

/// Every endpoint with one sentence, as `/lab/` tells it.
const ENDPOINTS: [(&str, &str); 21] = [
    ("/lab/ping", "Answers any method with \"pong\" at once."),
    ("/lab/bytes/{n}", "Answers with n bytes (up to 100000000), always the same ones, uncompressed."),
    ("/lab/counted", "Answers with one byte more each time, from 1 on since the counts were started afresh."),
    (
        "/lab/delay/{ms}",
        "Waits so many milliseconds (fractions allowed) before the first byte; options: bytes, body_ms, stall_every with stall_ms, pause_every with pause_ms, planted_ms (for requests with the header lab-planted).",
    ),
    (
        "/lab/delay/{distribution}",
        "Waits a drawn time: constant, uniform, exponential, lognormal or pareto, with mean, median, sigma, min, max, alpha and seed in the query.",
    ),
    ("/lab/close", "Answers, then closes the connection (Connection: close, or GOAWAY on HTTP/2)."),
    ("/lab/status/{code}", "Answers with this status, from 200 to 599."),
    ("/lab/redirect/{n}", "Redirects n times (up to 20), then leads to /lab/ping."),
    ("/lab/reset", "Resets the connection (on HTTP/2 the stream) instead of answering."),
    ("/lab/stall", "Sends nothing for 5 minutes, then 504."),
    ("/lab/stall-body", "Sends the head and half of the body, then nothing for 5 minutes."),
    ("/lab/truncate", "Announces 1000 bytes, sends 500 and breaks off."),
    ("/lab/no-cors", "Answers without the headers that let another origin read it."),
    ("/lab/no-tao", "Answers without Timing-Allow-Origin and Server-Timing."),
    ("/lab/no-id", "Answers without the connection's id in Server-Timing."),
    ("/lab/cacheable", "May be cached for an hour; has an ETag and answers 304 to it."),
    ("/lab/echo", "Tells the request as the lab received it, as JSON."),
    ("/lab/sockets", "Tells what really arrived, socket by socket; DELETE starts the counts afresh."),
    ("/lab/sockets/reset", "POST starts the counts afresh; the same as DELETE on /lab/sockets."),
    ("/lab/", "This list."),
    ("OPTIONS /lab/*", "Allows what a preflight asks for; max-age in the query (seconds, default 0)."),
];

/// All endpoints on one router.
pub(crate) fn router(state: Arc<State>) -> Router {
    Router::new()
        .route("/lab", get(plain::index))
        .route("/lab/", get(plain::index))
        .route("/lab/ping", any(plain::ping))
        .route("/lab/bytes/{n}", any(plain::bytes))
        .route("/lab/counted", any(counted::counted))
        .route("/lab/status/{code}", any(plain::status))
        .route("/lab/redirect/{n}", any(plain::redirect))
        .route("/lab/no-cors", any(plain::no_cors))
        .route("/lab/no-tao", any(plain::no_tao))
        .route("/lab/no-id", any(plain::no_id))
        .route("/lab/delay/{spec}", any(delay::delay))
        .route("/lab/close", any(faults::close))
        .route("/lab/reset", any(faults::reset))
        .route("/lab/stall", any(faults::stall))
        .route("/lab/stall-body", any(faults::stall_body))
        .route("/lab/truncate", any(faults::truncate))
        .route("/lab/cacheable", get(cacheable::cacheable))
        .route("/lab/echo", any(echo::echo))
        .route("/lab/sockets", get(sockets::report).delete(sockets::reset))
        .route("/lab/sockets/reset", post(sockets::reset))
        .fallback(plain::unknown)
        .method_not_allowed_fallback(plain::wrong_method)
        .with_state(state)
}

/// An answer that is one sentence of text.
pub(crate) fn sentence(status: StatusCode, sentence: impl Into<String>) -> Response {
    let mut text: String = sentence.into();
    text.push('\n');
    (status, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_has_every_endpoint() {
        let documented = include_str!("../../../../docs/lab.md");
        let paths = ENDPOINTS.iter().map(|(path, _)| path);
        let left_out: Vec<_> =
            paths.filter(|path| !documented.contains(&format!("\n| `{path}` |"))).collect();
        assert!(left_out.is_empty(), "docs/lab.md lacks {left_out:?}");
    }
}
