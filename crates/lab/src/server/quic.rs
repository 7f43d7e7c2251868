//! HTTP/3: from a QUIC connection to responses. What a socket is to HTTP/1.1 and HTTP/2, a connection is here.

use std::future::poll_fn;
use std::io;
use std::net::UdpSocket;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::response::Response;
use bytes::{Buf, Bytes};
use h3::error::{Code, StreamError};
use h3::server::{RequestResolver, RequestStream};
use http_body::Frame;
use hyper::Method;
use quinn::{Endpoint, EndpointConfig, Incoming, ServerConfig, TokioRuntime};
use tokio::task::JoinSet;

use super::connection::{Server, SocketGuard};
use super::datagrams::DistantSocket;
use super::line::Network;
use super::service::LabService;
use crate::connections::report::{Protocol, Scheme};
use crate::connections::socket::Socket;
use crate::connections::stream::StreamHandle;

type Resolver = RequestResolver<h3_quinn::Connection, Bytes>;

/// How long a client has to end a connection that closes: closing it here would throw away what has not arrived yet.
const LINGER: Duration = Duration::from_secs(5);
/// The same where the lab stops.
const LINGER_AT_STOP: Duration = Duration::from_millis(100);

/// Serves QUIC on a socket, over a network if there is one.
pub(crate) fn endpoint(
    socket: UdpSocket,
    config: &ServerConfig,
    network: Option<&Network>,
) -> io::Result<Endpoint> {
    let (own, config, runtime) = (EndpointConfig::default(), Some(config.clone()), Arc::new(TokioRuntime));
    match network {
        None => Endpoint::new(own, config, socket, runtime),
        Some(network) => {
            let socket = DistantSocket::new(socket, network.clone())?;
            Endpoint::new_with_abstract_socket(own, config, Arc::new(socket), runtime)
        }
    }
}

impl Server {
    /// Accepts connections until the lab stops.
    pub(crate) async fn accept_quic(self, endpoint: Endpoint) {
        loop {
            let incoming = tokio::select! {
                () = self.stop.cancelled() => return,
                () = self.kill.cancelled() => return,
                incoming = endpoint.accept() => incoming,
            };
            let Some(incoming) = incoming else { return };
            let server = self.clone();
            self.tasks.spawn(async move {
                tokio::select! {
                    () = server.kill.cancelled() => {}
                    () = server.quic(incoming) => {}
                }
            });
        }
    }

    async fn quic(&self, incoming: Incoming) {
        let guard = SocketGuard::new(&self.ledger, Scheme::Https);
        let handshake = tokio::select! {
            () = self.stop.cancelled() => return,
            done = incoming => done,
        };
        // A client that gave up, for instance over the self-signed certificate: its own affair.
        let Ok(connection) = handshake else { return };
        let Ok(mut http) = h3::server::Connection::new(h3_quinn::Connection::new(connection)).await else {
            return;
        };
        self.ledger.negotiated(guard.id, Protocol::H3);
        let (close, handle) = (self.stop.child_token(), StreamHandle::default());
        let socket = Arc::new(Socket::new(guard.id, Scheme::Https, Protocol::H3, close, handle));
        // Ends them with the connection: a request whose client has gone counts as aborted.
        let mut exchanges = JoinSet::new();
        let mut closing = false;
        loop {
            let linger = if self.stop.is_cancelled() { LINGER_AT_STOP } else { LINGER };
            tokio::select! {
                biased;
                () = socket.close.cancelled(), if !closing => {
                    // GOAWAY names the first stream that is not accepted: the one after the last that was.
                    let _ = http.shutdown(1).await;
                    socket.closing.cancel();
                    closing = true;
                }
                Some(_) = exchanges.join_next() => {}
                accepted = http.accept() => match accepted {
                    Ok(Some(resolver)) => {
                        exchanges.spawn(exchange(self.service.clone(), Arc::clone(&socket), resolver));
                    }
                    Ok(None) | Err(_) => return,
                },
                () = tokio::time::sleep(linger), if closing && exchanges.is_empty() => return,
            }
        }
    }
}

/// One request and its response.
async fn exchange(service: LabService, socket: Arc<Socket>, resolver: Resolver) {
    let Ok((request, stream)) = resolver.resolve_request().await else { return };
    let is_head = request.method() == Method::HEAD;
    let (mut send, receive) = stream.split();
    let request = request.map(|()| Body::new(Upload(receive)));
    let Ok(response) = service.call(Arc::clone(&socket), request).await else {
        return send.stop_stream(Code::H3_INTERNAL_ERROR);
    };
    // An error is a client that has gone.
    let _ = respond(&mut send, &socket.stream, response, is_head).await;
}

async fn respond(
    send: &mut RequestStream<h3_quinn::SendStream<Bytes>, Bytes>,
    sent: &StreamHandle,
    response: Response,
    is_head: bool,
) -> Result<(), StreamError> {
    let (head, mut body) = response.into_parts();
    send.send_response(Response::from_parts(head, ())).await?;
    while !is_head && let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(frame) = frame else {
            send.stop_stream(Code::H3_INTERNAL_ERROR);
            return Ok(());
        };
        if let Ok(data) = frame.into_data() {
            let length = data.len();
            send.send_data(data).await?;
            sent.add_written(length);
        }
    }
    send.finish().await
}

/// The body of a request.
struct Upload(RequestStream<h3_quinn::RecvStream, Bytes>);

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let received = ready!(self.0.poll_recv_data(cx)).transpose();
        Poll::Ready(received.map(|received| {
            received.map(|mut data| {
                let length = data.remaining();
                Frame::data(data.copy_to_bytes(length))
            })
        }))
    }
}
