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
use h3::ext::Protocol as Protocol3;
use h3::server::RequestStream;
use http_body::Frame;
use hyper::{Method, Request};
use quinn::{Endpoint, EndpointConfig, Incoming, TokioRuntime};
use tokio::task::JoinSet;

use super::connection::{Server, SocketGuard};
use super::datagrams::DistantSocket;
use super::line::Network;
use super::service::LabService;
use super::session;
use super::tls::Http3;
use crate::connections::report::{Protocol, Scheme};
use crate::connections::socket::Socket;
use crate::connections::stream::StreamHandle;

/// How long a client has to end a connection that closes: closing it here would throw away what has not arrived yet.
const LINGER: Duration = Duration::from_secs(5);
/// The same where the lab stops.
const LINGER_AT_STOP: Duration = Duration::from_millis(100);

/// Serves QUIC on a socket, over a network if there is one.
pub(crate) fn endpoint(socket: UdpSocket, http3: &Http3, network: Option<&Network>) -> io::Result<Endpoint> {
    let (own, config, runtime) = (EndpointConfig::default(), Some(http3.config()), Arc::new(TokioRuntime));
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
    pub(crate) async fn accept_quic(self, endpoint: Endpoint, http3: Arc<Http3>) {
        let mut renewed = http3.renewals();
        loop {
            let incoming = tokio::select! {
                () = self.stop.cancelled() => return,
                () = self.kill.cancelled() => return,
                Ok(()) = renewed.changed() => {
                    endpoint.set_server_config(Some(renewed.borrow_and_update().config.clone()));
                    continue;
                }
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
        let mut settings = h3::server::builder();
        settings.enable_webtransport(true).enable_extended_connect(true).enable_datagram(true);
        settings.max_webtransport_sessions(1);
        let Ok(mut http) = settings.build(h3_quinn::Connection::new(connection)).await else { return };
        self.ledger.negotiated(guard.id, Protocol::H3);
        let (close, handle) = (self.stop.child_token(), StreamHandle::default());
        let socket = Arc::new(Socket::new(guard.id, Scheme::Https, Protocol::H3, close, handle));
        // Ends them with the connection: a request whose client has gone counts as aborted.
        let mut exchanges = JoinSet::new();
        // A session for WebTransport has a connection of its own: the first request tells.
        let first = tokio::select! {
            () = socket.close.cancelled() => return,
            first = async {
                match http.accept().await {
                    Ok(Some(resolver)) => Some(resolver.resolve_request().await),
                    Ok(None) | Err(_) => None,
                }
            } => first,
        };
        let Some(first) = first else { return };
        match first {
            Ok((request, stream)) if is_session(&request) => {
                return session::serve(request, stream, http, &self.ledger, &socket).await;
            }
            Ok((request, stream)) => {
                exchanges.spawn(exchange(self.service.clone(), Arc::clone(&socket), request, stream));
            }
            Err(_) => {}
        }
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
                        let (service, socket) = (self.service.clone(), Arc::clone(&socket));
                        exchanges.spawn(async move {
                            if let Ok((request, stream)) = resolver.resolve_request().await {
                                exchange(service, socket, request, stream).await;
                            }
                        });
                    }
                    Ok(None) | Err(_) => return,
                },
                () = tokio::time::sleep(linger), if closing && exchanges.is_empty() => return,
            }
        }
    }
}

/// Whether a request asks for a session of WebTransport, at the one address that sends messages back.
fn is_session(request: &Request<()>) -> bool {
    request.method() == Method::CONNECT
        && request.uri().path() == "/lab/ping"
        && request.extensions().get::<Protocol3>() == Some(&Protocol3::WEB_TRANSPORT)
}

/// One request and its response.
async fn exchange(
    service: LabService,
    socket: Arc<Socket>,
    request: Request<()>,
    stream: RequestStream<h3_quinn::BidiStream<Bytes>, Bytes>,
) {
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
