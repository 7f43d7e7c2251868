//! Ground truth: what really arrived, socket by socket, whatever a browser believes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::counts::Counts;
use super::report::{Protocol, Scheme, SocketsReport};

/// The lab's book of sockets and requests. One short lock per request at its begin and one at its end.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    last_id: AtomicU64,
    counts: Mutex<Counts>,
}

impl Ledger {
    /// Enters a freshly accepted socket and returns its id, from 1.
    pub(crate) fn opened(&self, scheme: Scheme) -> u64 {
        let id = self.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        self.counts().opened(id, scheme);
        id
    }

    pub(crate) fn negotiated(&self, id: u64, protocol: Protocol) {
        self.counts().negotiated(id, protocol);
    }

    pub(crate) fn closed(&self, id: u64) {
        self.counts().closed(id);
    }

    pub(crate) fn begin(self: &Arc<Self>, id: u64, nth: u64, origin: &str) -> InFlight {
        let period = self.counts().begun(id, nth, origin);
        InFlight { ledger: Arc::clone(self), period, complete: false }
    }

    pub(crate) fn preflight(&self, origin: &str) {
        self.counts().preflight(origin);
    }

    /// Begins a new period: counts start from zero, ids and ordinals go on.
    pub(crate) fn reset(&self) {
        self.counts().reset();
    }

    pub(crate) fn report(&self) -> SocketsReport {
        self.counts().report()
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A measured request on its way. Dropped before [`InFlight::complete`], it counts as aborted: the HTTP library drops
/// a request's future and body as soon as its client has gone.
#[derive(Debug)]
pub(crate) struct InFlight {
    ledger: Arc<Ledger>,
    period: u64,
    complete: bool,
}

impl InFlight {
    pub(crate) fn complete(&mut self) {
        self.complete = true;
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.ledger.counts().ended(self.period, !self.complete);
    }
}
