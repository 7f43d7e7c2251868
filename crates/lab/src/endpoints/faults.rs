//! Endpoints that misbehave, each in one way.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use hyper::StatusCode;

use super::state::LabState;
use crate::connections::request::RequestInfo;
use crate::response::abort::AbortExchange;
use crate::response::body::{Step, scripted};
use crate::response::simple::{binary, sentence};

/// How long a stalled response stalls. Longer than any sensible time-out, short enough to free a forgotten socket.
const STALL: Duration = Duration::from_secs(300);
/// What `truncate` and `stall-body` announce, in bytes; they send half.
const ANNOUNCED: u64 = 1_000;
/// Before the abort, for other streams of an HTTP/2 connection: what they send counts as sent, too.
const BEFORE_ABORT: Duration = Duration::from_millis(60);

pub(super) async fn reset() -> Response {
    let mut response = Response::default();
    response.extensions_mut().insert(AbortExchange);
    response
}

pub(super) async fn stall(State(state): State<Arc<LabState>>) -> Response {
    state.timer.sleep_until(Instant::now() + STALL).await;
    sentence(StatusCode::GATEWAY_TIMEOUT, "The lab stalled for 5 minutes, as it was asked to.")
}

pub(super) async fn stall_body(State(state): State<Arc<LabState>>) -> Response {
    half_then_abort(&state, [Step::Wait(STALL)])
}

pub(super) async fn truncate(
    State(state): State<Arc<LabState>>,
    Extension(info): Extension<RequestInfo>,
) -> Response {
    let stream = &info.socket.stream;
    let sent = Step::Flush(stream.clone(), stream.written() + ANNOUNCED / 2);
    half_then_abort(&state, [Step::Wait(BEFORE_ABORT), sent])
}

/// Half of the body, then `pause`, then the abort.
fn half_then_abort(state: &LabState, pause: impl IntoIterator<Item = Step>) -> Response {
    let steps = [Step::Send(ANNOUNCED / 2)].into_iter().chain(pause).chain([Step::Abort]);
    binary(scripted(&state.timer, ANNOUNCED, steps))
}
