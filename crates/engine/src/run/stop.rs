//! Stop: requested once, seen by everything that waits.

use futures::{FutureExt, channel::oneshot, future::Shared};
use std::cell::RefCell;

/// The receiving side; clones get the same Stop.
#[derive(Clone, Debug)]
pub struct Stop(Shared<oneshot::Receiver<()>>);

/// The side that requests it.
#[derive(Debug)]
pub struct Stopper(RefCell<Option<oneshot::Sender<()>>>);

/// A pair that belongs together.
pub fn stop_pair() -> (Stopper, Stop) {
    let (sender, receiver) = oneshot::channel();
    (Stopper(RefCell::new(Some(sender))), Stop(receiver.shared()))
}

impl Stopper {
    /// Requests Stop; doing so again changes nothing.
    pub fn stop(&self) {
        // Dropping the sender is the signal.
        self.0.borrow_mut().take();
    }
}

impl Stop {
    /// Whether Stop was requested.
    pub fn is_requested(&self) -> bool {
        self.0.peek().is_some() || self.0.clone().now_or_never().is_some()
    }

    /// Ends when Stop is requested.
    pub async fn requested(&self) {
        // Both outcomes mean Stop: a message, or the other side gone.
        let _ = self.0.clone().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clone_sees_it() {
        let (stopper, stop) = stop_pair();
        let other = stop.clone();
        assert!(!stop.is_requested());
        assert!(other.requested().now_or_never().is_none());
        stopper.stop();
        stopper.stop();
        assert!(stop.is_requested() && other.is_requested());
        assert!(other.requested().now_or_never().is_some());
    }
}
