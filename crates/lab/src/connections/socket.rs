use std::sync::atomic::{AtomicU64, Ordering};

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::report::{Protocol, Scheme};
use super::stream::StreamHandle;

/// One accepted connection: who it is, and how a request on it can end it.
#[derive(Debug)]
pub(crate) struct Socket {
    /// From 1, in the order of acceptance.
    pub(crate) id: u64,
    pub(crate) scheme: Scheme,
    pub(crate) protocol: Protocol,
    /// Asks the connection to close in order. A child of the lab's own stop, so stopping closes every connection.
    pub(crate) close: CancellationToken,
    /// Set by the connection once it has begun to close.
    pub(crate) closing: CancellationToken,
    pub(crate) stream: StreamHandle,
    /// What has taken the connection over for messages.
    pub(crate) messages: TaskTracker,
    requests: AtomicU64,
}

impl Socket {
    pub(crate) fn new(
        id: u64,
        scheme: Scheme,
        protocol: Protocol,
        close: CancellationToken,
        stream: StreamHandle,
    ) -> Self {
        let closing = CancellationToken::new();
        Self {
            id,
            scheme,
            protocol,
            close,
            closing,
            stream,
            messages: TaskTracker::new(),
            requests: AtomicU64::new(0),
        }
    }

    /// Numbers the next request, from 1.
    pub(crate) fn next_nth(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Begins an orderly close and returns when it has begun. On HTTP/2 the GOAWAY then goes out before the response
    /// does, so that a client which has read the response knows that this connection takes no more requests.
    pub(crate) async fn begin_close(&self) {
        self.close.cancel();
        self.closing.cancelled().await;
    }
}
