//! Endpoints that simply respond.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Extension;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use hyper::{HeaderMap, StatusCode, header};

use super::messages;
use super::state::LabState;
use crate::connections::request::RequestInfo;
use crate::response::body::{MAX_BYTES, Step, scripted};
use crate::response::headers::OmittedHeaders;
use crate::response::simple::{binary, sentence};

const MAX_REDIRECTS: u8 = 20;

/// The cheapest response there is. Where the client asks for a WebSocket, its messages come back.
pub(super) async fn ping(
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    State(state): State<Arc<LabState>>,
    Extension(info): Extension<RequestInfo>,
    headers: HeaderMap,
) -> Response {
    match upgrade {
        Ok(upgrade) => messages::answer(upgrade, &state, &info, &headers),
        Err(_) => "pong\n".into_response(),
    }
}

pub(super) async fn bytes(State(state): State<Arc<LabState>>, Path(given): Path<String>) -> Response {
    match given.parse() {
        Ok(length) if length <= MAX_BYTES => binary(scripted(&state.timer, length, [Step::Send(length)])),
        _ => sentence(
            StatusCode::BAD_REQUEST,
            format!("`{given}` is not a number of bytes from 0 to {MAX_BYTES}, as in /lab/bytes/1000."),
        ),
    }
}

/// `/lab/counted`: no two responses have the same length, which identifies each of them. After the longest one it begins
/// again.
pub(super) async fn counted(State(state): State<Arc<LabState>>) -> Response {
    let length = state.counted.fetch_add(1, Ordering::Relaxed) % MAX_BYTES + 1;
    binary(scripted(&state.timer, length, [Step::Send(length)]))
}

/// `/lab/status/{code}`. 1xx is no final response.
pub(super) async fn status(Path(given): Path<String>) -> Response {
    let code = given.parse().ok().filter(|code| (200..=599).contains(code));
    match code.and_then(|code| StatusCode::from_u16(code).ok()) {
        Some(code @ (StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)) => {
            code.into_response()
        }
        Some(code) => sentence(code, format!("status {}", code.as_u16())),
        None => sentence(
            StatusCode::BAD_REQUEST,
            format!("`{given}` is not a status from 200 to 599, as in /lab/status/404."),
        ),
    }
}

/// `/lab/redirect/{n}`: only ever to the lab itself. The query is kept, so that each hop has an address of its own.
pub(super) async fn redirect(Path(given): Path<String>, RawQuery(query): RawQuery) -> Response {
    let to = match given.parse::<u8>() {
        Ok(1) => "/lab/ping".to_owned(),
        Ok(left @ 2..=MAX_REDIRECTS) => format!("/lab/redirect/{}", left - 1),
        _ => {
            return sentence(
                StatusCode::BAD_REQUEST,
                format!(
                    "`{given}` is not a number of redirects from 1 to {MAX_REDIRECTS}, as in /lab/redirect/3."
                ),
            );
        }
    };
    let to = query.map_or(to.clone(), |query| format!("{to}?{query}"));
    (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
}

pub(super) async fn no_cors() -> Response {
    omitting(OmittedHeaders::Cors, "This answer has no CORS headers.")
}

pub(super) async fn no_tao() -> Response {
    omitting(OmittedHeaders::Timing, "This answer has no Timing-Allow-Origin and no Server-Timing.")
}

pub(super) async fn no_id() -> Response {
    omitting(OmittedHeaders::ConnectionId, "This answer does not name its connection.")
}

fn omitting(omitted: OmittedHeaders, text: &str) -> Response {
    let mut response = sentence(StatusCode::OK, text);
    response.extensions_mut().insert(omitted);
    response
}
