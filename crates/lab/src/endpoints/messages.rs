//! WebSocket: each message comes back, and is counted like a request.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use hyper::header::{self, HeaderMap};

use super::state::LabState;
use crate::connections::ledger::Ledger;
use crate::connections::request::RequestInfo;
use crate::connections::socket::Socket;

/// Takes the connection over for messages.
pub(super) fn answer(
    upgrade: WebSocketUpgrade,
    state: &LabState,
    info: &RequestInfo,
    headers: &HeaderMap,
) -> Response {
    let (ledger, socket) = (Arc::clone(&state.ledger), Arc::clone(&info.socket));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("unknown");
    let origin = format!("{}://{host}", socket.scheme.as_str());
    // The connection counts as open until this is dropped.
    let token = socket.messages.token();
    upgrade.on_upgrade(move |stream| async move {
        let _token = token;
        tokio::select! {
            () = socket.close.cancelled() => {}
            () = exchange(stream, &ledger, &socket, &origin) => {}
        }
    })
}

/// Sends messages back, in their order, until the client goes.
async fn exchange(mut stream: WebSocket, ledger: &Arc<Ledger>, socket: &Socket, origin: &str) {
    let mut nth = 0;
    while let Some(Ok(message)) = stream.recv().await {
        // Pings are answered by the library.
        if !matches!(message, Message::Text(_) | Message::Binary(_)) {
            continue;
        }
        nth += 1;
        let mut in_flight = ledger.begin(socket.id, nth, origin);
        let echo = labelled(socket, nth, &message.into_data());
        let echo = String::from_utf8(echo).map_or_else(
            |error| Message::Binary(error.into_bytes().into()),
            |text| Message::Text(text.into()),
        );
        in_flight.complete();
        drop(in_flight);
        if stream.send(echo).await.is_err() {
            return;
        }
    }
}

/// The message behind a line that names its connection and counts the messages on it.
pub(crate) fn labelled(socket: &Socket, nth: u64, message: &[u8]) -> Vec<u8> {
    [format!("conn;desc=\"{}-{nth}\"\n", socket.id).as_bytes(), message].concat()
}
