//! Endpoints that simply answer.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State as Shared};
use axum::response::{IntoResponse, Response};
use hyper::header::{self, HeaderValue};
use hyper::{Method, StatusCode, Uri};
use serde::Serialize;

use super::{ENDPOINTS, State, sentence};
use crate::body::{Step, scripted};
use crate::headers::Lacks;

/// The most that `/lab/bytes/{n}` and `/lab/delay` send.
pub(super) const MOST_BYTES: u64 = 100_000_000;
const MOST_REDIRECTS: u8 = 20;

#[derive(Serialize)]
struct Endpoint {
    path: &'static str,
    about: &'static str,
}

/// `/lab/`: the list of endpoints.
pub(super) async fn index() -> Response {
    Json(ENDPOINTS.map(|(path, about)| Endpoint { path, about })).into_response()
}

/// `/lab/ping`: the cheapest answer there is.
pub(super) async fn ping() -> &'static str {
    "pong\n"
}

/// `/lab/bytes/{n}`.
pub(super) async fn bytes(Shared(state): Shared<Arc<State>>, Path(asked): Path<String>) -> Response {
    match asked.parse() {
        Ok(length) if length <= MOST_BYTES => octets(scripted(&state.timer, length, [Step::Send(length)])),
        _ => sentence(
            StatusCode::BAD_REQUEST,
            format!("`{asked}` is not a number of bytes from 0 to {MOST_BYTES}, as in /lab/bytes/1000."),
        ),
    }
}

/// An answer of bytes that no browser tries to interpret.
pub(super) fn octets(body: axum::body::Body) -> Response {
    let mut response = Response::new(body);
    let octets = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, octets);
    response
}

/// `/lab/status/{code}`. 1xx is no final answer and cannot be asked for.
pub(super) async fn status(Path(asked): Path<String>) -> Response {
    let code = asked.parse().ok().filter(|code| (200..=599).contains(code));
    match code.and_then(|code| StatusCode::from_u16(code).ok()) {
        Some(code @ (StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)) => {
            code.into_response()
        }
        Some(code) => sentence(code, format!("status {}", code.as_u16())),
        None => sentence(
            StatusCode::BAD_REQUEST,
            format!("`{asked}` is not a status from 200 to 599, as in /lab/status/404."),
        ),
    }
}

/// `/lab/redirect/{n}`: only ever to the lab itself. The query goes along, so that every hop can be told apart.
pub(super) async fn redirect(Path(asked): Path<String>, RawQuery(query): RawQuery) -> Response {
    let to = match asked.parse::<u8>() {
        Ok(1) => "/lab/ping".to_owned(),
        Ok(left @ 2..=MOST_REDIRECTS) => format!("/lab/redirect/{}", left - 1),
        _ => {
            return sentence(
                StatusCode::BAD_REQUEST,
                format!(
                    "`{asked}` is not a number of redirects from 1 to {MOST_REDIRECTS}, as in /lab/redirect/3."
                ),
            );
        }
    };
    let to = query.map_or(to.clone(), |query| format!("{to}?{query}"));
    (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
}

/// `/lab/no-cors`.
pub(super) async fn no_cors() -> Response {
    lacking(Lacks::Cors, "This answer has no CORS headers.")
}

/// `/lab/no-tao`.
pub(super) async fn no_tao() -> Response {
    lacking(Lacks::Timing, "This answer has no Timing-Allow-Origin and no Server-Timing.")
}

/// `/lab/no-id`.
pub(super) async fn no_id() -> Response {
    lacking(Lacks::ConnectionId, "This answer does not tell its connection.")
}

fn lacking(lacks: Lacks, text: &str) -> Response {
    let mut response = sentence(StatusCode::OK, text);
    response.extensions_mut().insert(lacks);
    response
}

/// Any other path under `/lab/`.
pub(super) async fn unknown(uri: Uri) -> Response {
    let known = ENDPOINTS.map(|(path, _)| path).join(", ");
    let text = format!("The lab has no endpoint {}. It has these: {known}.", uri.path());
    sentence(StatusCode::NOT_FOUND, text)
}

/// A known path with a method that it does not take.
pub(super) async fn wrong_method(method: Method, uri: Uri) -> Response {
    let text = format!("{} does not take {method}. The list at /lab/ says what it takes.", uri.path());
    sentence(StatusCode::METHOD_NOT_ALLOWED, text)
}
