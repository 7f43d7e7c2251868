//! A connection as if it were far away: a delay line between the socket and what serves it, below TLS.
//!
//! Bytes wait in a queue of due times in each direction, so that what is under way at once arrives at once, and the ends of the
//! connection (FIN and RST) wait with them. The operating system answers a SYN at once: that round trip is added to the first bytes
//! from the client, which are held back until a distant client could have sent them. So handshakes cost what they should: TCP one
//! round trip, TLS 1.3 one more, TLS 1.2 two.

use std::collections::VecDeque;
use std::future::{Future, pending};
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, split};
use tokio::time::Instant;

use super::pace::{Link, Pace};
use crate::connections::stream::StreamHandle;
use crate::distance::Distance;
use crate::timer::Timer;

/// What may be under way in one direction of a connection, in bytes: as much as Linux lets the window of a connection grow to.
const CAPACITY: usize = 6 << 20;
/// What is read at once.
const PIECE: usize = 64 << 10;

/// The network that all distant connections share.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pub(crate) distance: Distance,
    to_lab: Link,
    to_client: Link,
    clock: Clock,
}

impl Network {
    pub(crate) fn new(distance: Distance, timer: Arc<Timer>) -> Self {
        Self::with(distance, Clock::Precise(timer))
    }

    fn with(distance: Distance, clock: Clock) -> Self {
        Self { distance, to_lab: Link::new(), to_client: Link::new(), clock }
    }

    /// Carries what a client and the lab send each other, until the connection has ended for the client, too.
    pub(crate) async fn carry<S>(&self, client: &mut S, lab: DuplexStream, handle: &StreamHandle) -> End
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let accepted = Instant::now();
        let pace = |link: &Link, earliest| Pace::new(self.distance, link.clone(), earliest);
        let [request, response] =
            [pace(&self.to_lab, accepted + self.distance.rtt), pace(&self.to_client, accepted)];
        let (from_client, mut to_client) = split(client);
        let (from_lab, mut to_lab) = split(lab);
        let requests = async {
            match carry(request, &self.clock, from_client, &mut to_lab, || false).await {
                Ok(End::Reset) => return,
                // The lab may still have something to say.
                Ok(End::Fin) => drop(to_lab.shutdown().await),
                Err(_) => {}
            }
            pending().await
        };
        let responses = async {
            let end =
                carry(response, &self.clock, from_lab, &mut to_client, || handle.resets_on_close()).await;
            if matches!(end, Ok(End::Fin)) {
                // A client that has gone needs no end.
                let _ = to_client.shutdown().await;
            }
            end.unwrap_or(End::Fin)
        };
        tokio::select! {
            end = responses => end,
            () = requests => End::Fin,
        }
    }

    /// When a datagram that a client sends now reaches the lab.
    pub(super) fn reaches_lab(&self, bytes: usize) -> Instant {
        self.reaches(&self.to_lab, bytes)
    }

    /// When a datagram that the lab sends now reaches a client.
    pub(super) fn reaches_client(&self, bytes: usize) -> Instant {
        self.reaches(&self.to_client, bytes)
    }

    fn reaches(&self, link: &Link, bytes: usize) -> Instant {
        let now = Instant::now();
        // Who sends datagrams has a window of their own.
        let distance = Distance { slow_start: false, ..self.distance };
        let arrivals = Pace::new(distance, link.clone(), now).arrivals(now, bytes);
        arrivals.last().map_or(now, |(at, _)| *at)
    }

    pub(super) async fn sleep_until(&self, at: Instant) {
        self.clock.clone().sleep_until(at).await;
    }

    /// The socket's other side, for what serves the connection.
    pub(crate) fn pipe() -> (DuplexStream, DuplexStream) {
        tokio::io::duplex(PIECE)
    }
}

/// How a direction of a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// In order.
    Fin,
    /// With a reset of the whole connection.
    Reset,
}

/// What waits for a moment.
#[derive(Debug, Clone)]
enum Clock {
    /// The lab's own: tokio's rounds up to the next millisecond.
    Precise(Arc<Timer>),
    #[cfg(test)]
    Tokio,
}

impl Clock {
    async fn sleep_until(self, at: Instant) {
        match self {
            Self::Precise(timer) => timer.sleep_until(at.into_std()).await,
            #[cfg(test)]
            Self::Tokio => tokio::time::sleep_until(at).await,
        }
    }
}

type Alarm = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Carries one direction to its end; `resets` says whether an end in order is to be a reset.
///
/// # Errors
/// When the receiver takes no more.
async fn carry<R, W>(
    mut pace: Pace,
    clock: &Clock,
    mut from: R,
    to: &mut W,
    resets: impl Fn() -> bool,
) -> io::Result<End>
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let mut queue: VecDeque<(Instant, Bytes)> = VecDeque::new();
    let mut queued = 0;
    let mut read = BytesMut::new();
    let mut end: Option<(Instant, End)> = None;
    let mut alarm: Option<Alarm> = None;
    loop {
        let next = queue.front().map(|(at, _)| *at).or(end.map(|(at, _)| at));
        let is_due = next.is_some_and(|at| at <= Instant::now());
        if let (true, true, Some((_, end))) = (is_due, queue.is_empty(), end) {
            return Ok(end);
        }
        match next {
            Some(at) if !is_due && alarm.is_none() => alarm = Some(Box::pin(clock.clone().sleep_until(at))),
            _ => {}
        }
        read.reserve(PIECE);
        tokio::select! {
            got = from.read_buf(&mut read), if end.is_none() && queued < CAPACITY => match got {
                Ok(0) if resets() => end = Some((pace.end(Instant::now()), End::Reset)),
                Ok(0) => end = Some((pace.end(Instant::now()), End::Fin)),
                Ok(bytes) => {
                    queued += bytes;
                    let arrivals = pace.arrivals(Instant::now(), bytes);
                    queue.extend(arrivals.into_iter().map(|(at, size)| (at, read.split_to(size).freeze())));
                }
                Err(_) => end = Some((pace.end(Instant::now()), End::Reset)),
            },
            sent = write(&mut queue, to), if is_due => queued -= sent?,
            () = wait(&mut alarm), if alarm.is_some() => alarm = None,
        }
    }
}

/// Writes of what is first in the queue; gives the number of bytes.
async fn write(
    queue: &mut VecDeque<(Instant, Bytes)>,
    to: &mut (impl AsyncWrite + Unpin),
) -> io::Result<usize> {
    let Some((_, bytes)) = queue.front_mut() else { return Ok(0) };
    let written = to.write_buf(bytes).await?;
    if !bytes.has_remaining() {
        queue.pop_front();
    }
    if written == 0 { Err(io::ErrorKind::WriteZero.into()) } else { Ok(written) }
}

async fn wait(alarm: &mut Option<Alarm>) {
    match alarm {
        Some(alarm) => alarm.await,
        None => pending().await,
    }
}

#[cfg(test)]
mod tests;
