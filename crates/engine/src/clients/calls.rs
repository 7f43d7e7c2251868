//! What every client's calls share: an address each, and a way to abort each.

use crate::{browser::message_of, platform::Failure};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal};

/// The calls of one round.
#[derive(Debug)]
pub(crate) struct Calls {
    addresses: Vec<String>,
    controllers: RefCell<Vec<Option<AbortController>>>,
}

impl Calls {
    /// One call per address.
    pub(crate) fn new(addresses: Vec<String>) -> Self {
        let controllers = RefCell::new(vec![None; addresses.len()]);
        Self { addresses, controllers }
    }

    /// Every address, in order of place.
    pub(crate) fn addresses(&self) -> &[String] {
        &self.addresses
    }

    /// The address of the call at `place`.
    pub(crate) fn address(&self, place: u32) -> &str {
        self.addresses.get(place as usize).map_or("", String::as_str)
    }

    /// A signal of its own for the call at `place`.
    pub(crate) fn signal(&self, place: u32) -> Result<AbortSignal, Failure> {
        let controller = AbortController::new().map_err(|thrown| before_answer(&thrown))?;
        let signal = controller.signal();
        if let Some(slot) = self.controllers.borrow_mut().get_mut(place as usize) {
            *slot = Some(controller);
        }
        Ok(signal)
    }

    /// Lets go of the signal of a call that has ended.
    pub(crate) fn ended(&self, place: u32) {
        if let Some(slot) = self.controllers.borrow_mut().get_mut(place as usize) {
            *slot = None;
        }
    }

    /// Aborts the call at `place`, if it has not ended.
    pub(crate) fn cancel(&self, place: u32) {
        // Taken out first: aborting may run code that comes back here.
        let controller = self.controllers.borrow_mut().get_mut(place as usize).and_then(Option::take);
        if let Some(controller) = controller {
            controller.abort();
        }
    }
}

/// A failure before any answer.
pub(crate) fn before_answer(thrown: &JsValue) -> Failure {
    Failure::before_answer(message_of(thrown))
}
