//! WebTransport: a stream for each message, which comes back and is counted like a request.

use std::sync::Arc;

use bytes::Bytes;
use h3::error::StreamError;
use h3::server::{Connection, RequestStream};
use h3_webtransport::server::{AcceptedBi, WebTransportSession};
use h3_webtransport::stream::BidiStream;
use hyper::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinSet;

use crate::connections::ledger::Ledger;
use crate::connections::socket::Socket;
use crate::endpoints::labelled;

type Quic = h3_quinn::Connection;
type Bidi = h3_quinn::BidiStream<Bytes>;

/// The longest message that is read.
const LONGEST: u64 = 100_000_000;

/// Serves a session until its client goes, or the lab stops.
pub(super) async fn serve(
    request: Request<()>,
    stream: RequestStream<Bidi, Bytes>,
    http: Connection<Quic, Bytes>,
    ledger: &Arc<Ledger>,
    socket: &Arc<Socket>,
) {
    let host = request.uri().authority().map_or("unknown", |authority| authority.as_str());
    let origin: Arc<str> = format!("{}://{host}", socket.scheme.as_str()).into();
    let Ok(session) = WebTransportSession::accept(request, stream, http).await else { return };
    let mut messages = JoinSet::new();
    let mut nth = 0;
    loop {
        tokio::select! {
            () = socket.close.cancelled() => return,
            accepted = session.accept_bi() => match accepted {
                Ok(Some(AcceptedBi::BidiStream(_, stream))) => {
                    nth += 1;
                    messages.spawn(answer(stream, Arc::clone(ledger), Arc::clone(socket), nth, Arc::clone(&origin)));
                }
                // A session takes no requests besides.
                Ok(Some(AcceptedBi::Request(..))) => {}
                // One stream ended before it began.
                Err(error) if !matches!(error, StreamError::ConnectionError(_)) => {}
                Ok(None) | Err(_) => return,
            },
        }
        // Not in the choice above: what it drops would be lost.
        while messages.try_join_next().is_some() {}
    }
}

async fn answer(
    mut stream: BidiStream<Bidi, Bytes>,
    ledger: Arc<Ledger>,
    socket: Arc<Socket>,
    nth: u64,
    origin: Arc<str>,
) {
    let mut in_flight = ledger.begin(socket.id, nth, &origin);
    let mut message = Vec::new();
    if (&mut stream).take(LONGEST).read_to_end(&mut message).await.is_err() {
        return;
    }
    in_flight.complete();
    // An error is a client that has gone.
    if stream.write_all(&labelled(&socket, nth, &message)).await.is_ok() {
        let _ = stream.shutdown().await;
    }
}
