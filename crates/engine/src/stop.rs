//! Stop: said once, heard by everything that waits.

use futures::{FutureExt, channel::oneshot, future::Shared};
use std::cell::RefCell;

/// The listening side; clones hear the same Stop.
#[derive(Clone, Debug)]
pub struct Stop(Shared<oneshot::Receiver<()>>);

/// The side that says it.
#[derive(Debug)]
pub struct Stopper(RefCell<Option<oneshot::Sender<()>>>);

/// A pair that belongs together.
pub fn stop_pair() -> (Stopper, Stop) {
    let (sender, receiver) = oneshot::channel();
    (Stopper(RefCell::new(Some(sender))), Stop(receiver.shared()))
}

impl Stopper {
    /// Says Stop; saying it again changes nothing.
    pub fn stop(&self) {
        // Dropping the sender is what is heard.
        self.0.borrow_mut().take();
    }
}

impl Stop {
    /// Whether Stop was said.
    pub fn is_said(&self) -> bool {
        self.0.peek().is_some() || self.0.clone().now_or_never().is_some()
    }

    /// Ends when Stop is said.
    pub async fn said(&self) {
        // Both outcomes mean Stop: a message, or the other side gone.
        let _ = self.0.clone().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clone_hears_it() {
        let (stopper, stop) = stop_pair();
        let other = stop.clone();
        assert!(!stop.is_said());
        assert!(other.said().now_or_never().is_none());
        stopper.stop();
        stopper.stop();
        assert!(stop.is_said() && other.is_said());
        assert!(other.said().now_or_never().is_some());
    }
}
