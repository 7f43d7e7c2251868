//! `/lab/`: the list of endpoints, and what else a wrong address gets.

use axum::Json;
use axum::response::{IntoResponse, Response};
use hyper::{Method, StatusCode, Uri};
use serde::Serialize;

use crate::response::simple::sentence;

/// Every endpoint with one sentence, as `/lab/` lists it.
const ENDPOINTS: [(&str, &str); 24] = [
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
    (
        "/lab/…?close",
        "Any endpoint with close in its query closes the connection after its answer, as /lab/close does.",
    ),
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
    ("/lab/echo", "Answers with the request as the lab received it, as JSON."),
    ("/lab/sockets", "Reports what really arrived, socket by socket; DELETE starts the counts afresh."),
    ("/lab/sockets/reset", "POST starts the counts afresh; the same as DELETE on /lab/sockets."),
    (
        "/lab/distance",
        "Names the door that seems to be far away, with its round trip; null where there is none.",
    ),
    (
        "/lab/webtransport",
        "Names the port for WebTransport and the hash of its certificate; null without HTTP/3.",
    ),
    ("/lab/", "This list."),
    ("OPTIONS /lab/*", "Allows what a preflight asks for; max-age in the query (seconds, default 0)."),
];

#[derive(Serialize)]
struct Endpoint {
    path: &'static str,
    about: &'static str,
}

pub(super) async fn index() -> Response {
    Json(ENDPOINTS.map(|(path, about)| Endpoint { path, about })).into_response()
}

/// Any other path under `/lab/`.
pub(super) async fn unknown(uri: Uri) -> Response {
    let known = ENDPOINTS.map(|(path, _)| path).join(", ");
    let text = format!("The lab has no endpoint {}. It has these: {known}.", uri.path());
    sentence(StatusCode::NOT_FOUND, text)
}

pub(super) async fn wrong_method(method: Method, uri: Uri) -> Response {
    let text = format!("{} does not take {method}. The list at /lab/ says what it takes.", uri.path());
    sentence(StatusCode::METHOD_NOT_ALLOWED, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_has_every_endpoint() {
        let documented = include_str!("../../../../docs/lab.md");
        let paths = ENDPOINTS.iter().map(|(path, _)| path);
        let missing: Vec<_> = paths.filter(|path| !documented.contains(&format!("\n| `{path}` |"))).collect();
        assert!(missing.is_empty(), "docs/lab.md lacks {missing:?}");
    }
}
