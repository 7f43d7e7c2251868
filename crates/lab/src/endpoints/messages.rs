//! WebSocket: each message is answered like a ping, and counted like one.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use hyper::header::{self, HeaderMap};

use super::plain::PONG;
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

/// Answers messages in their order until the client goes. A line before each answer names the connection and counts its messages.
async fn exchange(mut stream: WebSocket, ledger: &Arc<Ledger>, socket: &Socket, origin: &str) {
    for nth in 1_u64.. {
        let message = loop {
            match stream.recv().await {
                Some(Ok(message @ (Message::Text(_) | Message::Binary(_)))) => break message,
                // Pings are answered by the library.
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
            }
        };
        drop(message);
        let mut in_flight = ledger.begin(socket.id, nth, origin);
        let answer = format!("conn;desc=\"{}-{nth}\"\n{PONG}", socket.id);
        in_flight.complete();
        drop(in_flight);
        if stream.send(Message::Text(answer.into())).await.is_err() {
            return;
        }
    }
}
