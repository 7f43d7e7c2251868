//! A UDP socket as if it were far away: each datagram takes half a round trip by itself, so that all that QUIC does (handshake, slow
//! start, recovery) takes as long as it would.

use std::future::Future;
use std::io::{self, IoSliceMut};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncUdpSocket, UdpPoller};
use tokio::net::UdpSocket;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::line::Network;

/// Datagrams under way in one direction; what comes beyond them is lost, as in any network.
const CAPACITY: usize = 16_384;
/// The largest datagram.
const LARGEST: usize = 65_535;

/// The socket.
#[derive(Debug)]
pub(crate) struct DistantSocket {
    socket: Arc<UdpSocket>,
    network: Network,
    sent: Sender<Datagram>,
    arrived: Mutex<Receiver<Datagram>>,
    /// End with the socket.
    _tasks: JoinSet<()>,
}

#[derive(Debug)]
struct Datagram {
    due: Instant,
    peer: SocketAddr,
    bytes: Bytes,
}

impl DistantSocket {
    /// Must be called inside a Tokio runtime.
    pub(crate) fn new(socket: std::net::UdpSocket, network: Network) -> io::Result<Self> {
        let socket = Arc::new(UdpSocket::from_std(socket)?);
        let (sent, to_send) = channel(CAPACITY);
        let (received, to_deliver) = channel(CAPACITY);
        let (delivered, arrived) = channel(CAPACITY);
        let mut tasks = JoinSet::new();
        tasks.spawn(receive(Arc::clone(&socket), network.clone(), received));
        tasks.spawn(when_due(to_deliver, network.clone(), move |datagram| {
            let _ = delivered.try_send(datagram);
            async {}
        }));
        let out = Arc::clone(&socket);
        tasks.spawn(when_due(to_send, network.clone(), move |datagram| {
            let socket = Arc::clone(&out);
            async move { drop(socket.send_to(&datagram.bytes, datagram.peer).await) }
        }));
        Ok(Self { socket, network, sent, arrived: Mutex::new(arrived), _tasks: tasks })
    }
}

/// Takes what comes, as it comes.
async fn receive(socket: Arc<UdpSocket>, network: Network, received: Sender<Datagram>) {
    let mut buffer = vec![0; LARGEST];
    loop {
        // An error is of an earlier datagram that did not arrive.
        let Ok((length, peer)) = socket.recv_from(&mut buffer).await else { continue };
        let bytes = Bytes::copy_from_slice(&buffer[..length]);
        let _ = received.try_send(Datagram { due: network.reaches_lab(length), peer, bytes });
    }
}

/// Hands on each when it is due.
async fn when_due<F: Future<Output = ()>>(
    mut queue: Receiver<Datagram>,
    network: Network,
    hand_on: impl Fn(Datagram) -> F,
) {
    while let Some(datagram) = queue.recv().await {
        network.sleep_until(datagram.due).await;
        hand_on(datagram).await;
    }
}

impl AsyncUdpSocket for DistantSocket {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        Box::pin(AlwaysWritable)
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        let bytes = Bytes::copy_from_slice(transmit.contents);
        let due = self.network.reaches_client(bytes.len());
        let _ = self.sent.try_send(Datagram { due, peer: transmit.destination, bytes });
        Ok(())
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        buffers: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let mut arrived = self.arrived.lock().unwrap_or_else(PoisonError::into_inner);
        let datagram = ready!(arrived.poll_recv(cx)).ok_or(io::ErrorKind::BrokenPipe)?;
        let (Some(buffer), Some(meta)) = (buffers.first_mut(), meta.first_mut()) else {
            return Poll::Ready(Ok(0));
        };
        let length = datagram.bytes.len().min(buffer.len());
        buffer[..length].copy_from_slice(&datagram.bytes[..length]);
        *meta = RecvMeta { addr: datagram.peer, len: length, stride: length, ecn: None, dst_ip: None };
        Poll::Ready(Ok(1))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}

/// The queue takes, or loses, what it is given.
#[derive(Debug)]
struct AlwaysWritable;

impl UdpPoller for AlwaysWritable {
    fn poll_writable(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
