//! What every client's calls share: an address each, and a way to abort each.

use crate::{browser::message_of, platform::Failure};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal};

/// The calls of one round.
///
/// A controller that never aborted serves again: there are as many as calls in flight, not as calls.
#[derive(Debug)]
pub(crate) struct Calls {
    addresses: Vec<String>,
    in_flight: RefCell<Vec<Option<Abort>>>,
    idle: RefCell<Vec<Abort>>,
}

/// A controller with its signal, which is read from it once.
#[derive(Clone, Debug)]
struct Abort {
    controller: AbortController,
    signal: AbortSignal,
}

impl Calls {
    /// One call per address.
    pub(crate) fn new(addresses: Vec<String>) -> Self {
        let in_flight = RefCell::new(vec![None; addresses.len()]);
        Self { addresses, in_flight, idle: RefCell::default() }
    }

    /// Every address, in order of place.
    pub(crate) fn addresses(&self) -> &[String] {
        &self.addresses
    }

    /// The address of the call at `place`.
    pub(crate) fn address(&self, place: u32) -> &str {
        self.addresses.get(place as usize).map_or("", String::as_str)
    }

    /// A signal that no other call in flight has, for the call at `place`.
    pub(crate) fn signal(&self, place: u32) -> Result<AbortSignal, Failure> {
        let abort = match self.idle.borrow_mut().pop() {
            Some(abort) => abort,
            None => {
                let controller = AbortController::new().map_err(|thrown| before_answer(&thrown))?;
                Abort { signal: controller.signal(), controller }
            }
        };
        let signal = abort.signal.clone();
        if let Some(slot) = self.in_flight.borrow_mut().get_mut(place as usize) {
            *slot = Some(abort);
        }
        Ok(signal)
    }

    /// Lets the signal serve another call once this is dropped, however the call ends.
    pub(crate) fn until_ended(&self, place: u32) -> UntilEnded<'_> {
        UntilEnded { calls: self, place }
    }

    /// Aborts the call at `place`, if it has not ended.
    pub(crate) fn cancel(&self, place: u32) {
        // Taken out first: aborting may run code that comes back here.
        if let Some(abort) = self.take(place) {
            abort.controller.abort();
        }
    }

    fn take(&self, place: u32) -> Option<Abort> {
        self.in_flight.borrow_mut().get_mut(place as usize).and_then(Option::take)
    }
}

/// A call under way.
#[derive(Debug)]
pub(crate) struct UntilEnded<'a> {
    calls: &'a Calls,
    place: u32,
}

impl Drop for UntilEnded<'_> {
    fn drop(&mut self) {
        if let Some(abort) = self.calls.take(self.place) {
            self.calls.idle.borrow_mut().push(abort);
        }
    }
}

/// A failure before any answer.
pub(crate) fn before_answer(thrown: &JsValue) -> Failure {
    Failure::before_answer(message_of(thrown))
}
