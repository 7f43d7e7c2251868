//! Endpoints that misbehave, each in one way.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Extension;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{self, HeaderValue};

use super::plain::octets;
use super::{State, sentence};
use crate::answer::Arrival;
use crate::body::{Step, scripted};
use crate::ledger::Protocol;

/// How long a stalled answer stalls. Longer than any sensible time-out, short enough to free a forgotten socket.
const STALL: Duration = Duration::from_secs(300);
/// What `truncate` and `stall-body` announce, in bytes; they send half.
const ANNOUNCED: u64 = 1_000;
/// Before the break, for other streams of an HTTP/2 connection: what they send counts as sent, too.
const BEFORE_CUT: Duration = Duration::from_millis(60);

/// Asks for a reset instead of an answer: of the TCP connection on HTTP/1.1, of the stream on HTTP/2. An extension of
/// a response that is thrown away.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sever;

/// `/lab/close`.
pub(super) async fn close(Extension(arrival): Extension<Arrival>) -> Response {
    let mut response = "pong\n".into_response();
    match arrival.socket.protocol {
        Protocol::H1 => {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Protocol::H2 => arrival.socket.begin_close().await,
    }
    response
}

/// `/lab/reset`.
pub(super) async fn reset() -> Response {
    let mut response = Response::default();
    response.extensions_mut().insert(Sever);
    response
}

/// `/lab/stall`.
pub(super) async fn stall(Shared(state): Shared<Arc<State>>) -> Response {
    state.timer.sleep_until(Instant::now() + STALL).await;
    sentence(StatusCode::GATEWAY_TIMEOUT, "The lab stalled for 5 minutes, as it was asked to.")
}

/// `/lab/stall-body`.
pub(super) async fn stall_body(Shared(state): Shared<Arc<State>>) -> Response {
    half_then(&state, [Step::Wait(STALL)])
}

/// `/lab/truncate`.
pub(super) async fn truncate(
    Shared(state): Shared<Arc<State>>,
    Extension(arrival): Extension<Arrival>,
) -> Response {
    let wire = &arrival.socket.wire;
    let sent = Step::Leave(wire.clone(), wire.written() + ANNOUNCED / 2);
    half_then(&state, [Step::Wait(BEFORE_CUT), sent])
}

/// Half of the body, then `pause`, then the break.
fn half_then(state: &State, pause: impl IntoIterator<Item = Step>) -> Response {
    let steps = [Step::Send(ANNOUNCED / 2)].into_iter().chain(pause).chain([Step::Cut]);
    octets(scripted(&state.timer, ANNOUNCED, steps))
}
