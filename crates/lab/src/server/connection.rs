//! From a listening socket to requests: accept, TLS, HTTP.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::line::{End, Network};
use super::service::LabService;
use super::tls::{Acceptor, STREAMS};
use crate::connections::ledger::Ledger;
use crate::connections::report::{Protocol, Scheme};
use crate::connections::socket::Socket;
use crate::connections::stream::{Stream, StreamHandle, Transport};

/// Streams that a client may reset before the lab has looked at them. A browser that stops a run resets hundreds at
/// once, which is no attack here.
const H2_PENDING_RESETS: usize = 10_000;
/// How long a client may take for its TLS handshake: as long as any connection may idle.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(300);
/// Pause after a failed accept, so that running out of file descriptors does not become a busy loop.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) service: LabService,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) tasks: TaskTracker,
    /// Begins an orderly close of everything.
    pub(crate) stop: CancellationToken,
    /// Drops everything at once.
    pub(crate) kill: CancellationToken,
}

/// What the connections of a listener have in common.
#[derive(Clone, Default)]
pub(crate) struct Door {
    /// Encrypts them.
    pub(crate) tls: Option<Acceptor>,
    /// What seems to lie between client and lab.
    pub(crate) network: Option<Network>,
}

impl Server {
    pub(crate) async fn accept(self, listener: TcpListener, door: Door) {
        loop {
            let accepted = tokio::select! {
                () = self.stop.cancelled() => return,
                () = self.kill.cancelled() => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((tcp, _)) => {
                    let (server, door) = (self.clone(), door.clone());
                    self.tasks.spawn(async move {
                        tokio::select! {
                            () = server.kill.cancelled() => {}
                            () = server.connection(tcp, door) => {}
                        }
                    });
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            }
        }
    }

    async fn connection(&self, mut tcp: TcpStream, Door { tls, network }: Door) {
        let scheme = if tls.is_some() { Scheme::Https } else { Scheme::Http };
        let guard = SocketGuard::new(&self.ledger, scheme);
        // Without this, small responses may wait for the client's delayed acknowledgement.
        let _ = tcp.set_nodelay(true);
        let handle = StreamHandle::default();
        let Some(network) = network else {
            return self.speak(Stream::new(tcp, handle.clone()), handle, guard.id, tls).await;
        };
        let (far, near) = Network::pipe();
        let speak = self.speak(Stream::new(near, handle.clone()), handle.clone(), guard.id, tls);
        let ((), end) = tokio::join!(speak, network.carry(&mut tcp, far, &handle));
        if end == End::Reset {
            tcp.reset();
        }
    }

    /// Speaks TLS, if that is asked for, and HTTP.
    async fn speak<T: Transport + Send + 'static>(
        &self,
        stream: Stream<T>,
        handle: StreamHandle,
        id: u64,
        tls: Option<Acceptor>,
    ) {
        let socket = |scheme, protocol| {
            self.ledger.negotiated(id, protocol);
            Arc::new(Socket::new(id, scheme, protocol, self.stop.child_token(), handle.clone()))
        };
        let Some(tls) = tls else {
            return self.serve(stream, socket(Scheme::Http, Protocol::H1)).await;
        };
        let handshake = tokio::time::timeout(HANDSHAKE_LIMIT, tls.accept(stream));
        let stream = tokio::select! {
            () = self.stop.cancelled() => return,
            done = handshake => match done {
                Ok(Ok(stream)) => stream,
                // The client gave up, for instance over the self-signed certificate: its own affair.
                Ok(Err(_)) | Err(_) => return,
            },
        };
        let is_h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        self.serve(stream, socket(Scheme::Https, if is_h2 { Protocol::H2 } else { Protocol::H1 })).await;
    }

    async fn serve<S>(&self, stream: S, socket: Arc<Socket>)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(|request: hyper::Request<Incoming>| {
            let (service, socket) = (self.service.clone(), Arc::clone(&socket));
            // Boxed: a response's future is large, and a connection holds room for one.
            Box::pin(async move { service.call(socket, request.map(Body::new)).await })
        });
        let builder = builder(socket.protocol);
        let mut connection = pin!(builder.serve_connection_with_upgrades(TokioIo::new(stream), service));
        let mut closing = false;
        loop {
            tokio::select! {
                biased;
                () = socket.close.cancelled(), if !closing => {
                    connection.as_mut().graceful_shutdown();
                    socket.closing.cancel();
                    closing = true;
                }
                // An error is a client that has gone, or an abort that an endpoint asked for.
                _ = connection.as_mut() => break,
            }
        }
        // What took the connection over goes on.
        socket.messages.close();
        socket.messages.wait().await;
    }
}

/// HTTP settings. No idle time-out at all: the client decides when a connection ends.
fn builder(protocol: Protocol) -> Builder<TokioExecutor> {
    let builder = Builder::new(TokioExecutor::new());
    match protocol {
        Protocol::H1 => {
            let mut builder = builder.http1_only();
            builder.http1().header_read_timeout(None);
            builder
        }
        // QUIC has a server of its own.
        Protocol::H2 | Protocol::H3 => {
            let mut builder = builder.http2_only();
            builder
                .http2()
                .max_concurrent_streams(STREAMS)
                .max_pending_accept_reset_streams(H2_PENDING_RESETS)
                .max_local_error_reset_streams(None);
            builder
        }
    }
}

/// Tells the ledger when the connection ends, however it ends.
pub(super) struct SocketGuard<'a> {
    ledger: &'a Ledger,
    pub(super) id: u64,
}

impl<'a> SocketGuard<'a> {
    pub(super) fn new(ledger: &'a Ledger, scheme: Scheme) -> Self {
        Self { ledger, id: ledger.opened(scheme) }
    }
}

impl Drop for SocketGuard<'_> {
    fn drop(&mut self) {
        self.ledger.closed(self.id);
    }
}
