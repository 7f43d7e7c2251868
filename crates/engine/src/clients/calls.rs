//! What every client's calls share: an address each, and a way to abort each.

use crate::{
    browser::{global, message_of, property, url::Addresses},
    run::platform::Failure,
};
use fetchmark_core::samples::whence::Whence;
use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, AbortSignal, Headers, Performance, Request, Response};

/// The calls of one round.
///
/// A controller that never aborted serves again: there are as many as calls in flight, not as calls. What a client
/// keeps for its reused requests is kept with the controller, because a `Request` has its signal built in.
#[derive(Debug)]
pub(crate) struct Calls {
    addresses: Addresses,
    in_flight: RefCell<Vec<Option<Rc<Abort>>>>,
    idle: RefCell<Vec<Rc<Abort>>>,
    /// The answer to the first call.
    first: OnceCell<Response>,
    clock: Performance,
}

/// A controller with its signal, which is read from it once.
#[derive(Debug)]
pub(crate) struct Abort {
    controller: AbortController,
    pub(crate) signal: AbortSignal,
    /// A request built with that signal, where the client keeps one.
    pub(crate) request: OnceCell<Request>,
}

impl Abort {
    fn new() -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        Ok(Self { signal: controller.signal(), controller, request: OnceCell::new() })
    }
}

impl Calls {
    /// One call per address, `in_flight` at a time at most.
    pub(crate) fn new(addresses: Addresses, in_flight: u32) -> Result<Self, JsValue> {
        let wanted = addresses.len().min(in_flight as usize);
        let idle = (0..wanted).map(|_| Abort::new().map(Rc::new)).collect::<Result<_, _>>()?;
        let in_flight = RefCell::new(vec![None; addresses.len()]);
        Ok(Self {
            addresses,
            in_flight,
            idle: RefCell::new(idle),
            first: OnceCell::new(),
            clock: global("performance").unchecked_into(),
        })
    }

    /// Milliseconds on the round's clock.
    pub(crate) fn now_ms(&self) -> f64 {
        self.clock.now()
    }

    pub(crate) fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Keeps an answer that was read, if it is that to the first call: what its head tells is asked after the round.
    pub(crate) fn keep(&self, place: u32, answer: impl Into<Response>) {
        if place == 0 {
            // Nothing has answered that call before.
            let _ = self.first.set(answer.into());
        }
    }

    /// Where the answer to the first call came from.
    pub(crate) fn whence(&self) -> Whence {
        self.first.get().map(|answer| self.whence_of(answer)).unwrap_or_default()
    }

    /// Where an answer to the first call came from: a `Response`, or anything with its `url`.
    pub(crate) fn whence_of(&self, answer: &JsValue) -> Whence {
        let url = property(answer, "url").as_string().unwrap_or_default();
        let headers = property(answer, "headers").dyn_into::<Headers>();
        // To another origin a server shows it only by name.
        let is_aged = headers.is_ok_and(|headers| headers.has("age").unwrap_or_default());
        Whence::new(self.addresses.of(0), &url, is_aged)
    }

    /// The controllers that wait for a call: before the round, as many as there will be calls in flight.
    pub(crate) fn idle(&self) -> Vec<Rc<Abort>> {
        self.idle.borrow().clone()
    }

    /// A controller that no other call in flight has, for the call at `place`.
    pub(crate) fn begin(&self, place: u32) -> Result<Rc<Abort>, Failure> {
        let idle = self.idle.borrow_mut().pop();
        let abort = match idle {
            Some(abort) => abort,
            // One that aborted does not come back.
            None => Rc::new(Abort::new().map_err(|thrown| before_answer(&thrown))?),
        };
        if let Some(slot) = self.in_flight.borrow_mut().get_mut(place as usize) {
            *slot = Some(Rc::clone(&abort));
        }
        Ok(abort)
    }

    /// Lets the controller serve another call once this is dropped, however the call ends.
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

    fn take(&self, place: u32) -> Option<Rc<Abort>> {
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
