//! Waiting for promises without making anything for each.
//!
//! `JsFuture` makes two closures for every promise, and registers them for finalisation. That belongs to the cost of a Rust
//! client, which is measured; where a JavaScript client is called it would be the engine's own, and is spared.

use std::{
    cell::RefCell,
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A promise, or anything else with a `then`.
    pub(crate) type Thenable;

    #[wasm_bindgen(method)]
    fn then(this: &Thenable, fulfilled: &Closure<dyn FnMut(JsValue)>, rejected: &Closure<dyn FnMut(JsValue)>);
}

/// As many waiters as promises were ever waited for at a time. Must outlive the promises it waits for.
#[derive(Debug, Default)]
pub(crate) struct Waiters(RefCell<Vec<Waiter>>);

#[derive(Debug)]
struct Waiter {
    settled: Rc<Settled>,
    fulfilled: Closure<dyn FnMut(JsValue)>,
    rejected: Closure<dyn FnMut(JsValue)>,
}

#[derive(Debug, Default)]
struct Settled {
    result: RefCell<Option<Result<JsValue, JsValue>>>,
    waker: RefCell<Option<Waker>>,
}

impl Settled {
    fn settle(&self, result: Result<JsValue, JsValue>) {
        *self.result.borrow_mut() = Some(result);
        let waker = self.waker.borrow_mut().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Waiter {
    fn new() -> Self {
        let settled = Rc::new(Settled::default());
        let (fulfil, reject) = (Rc::clone(&settled), Rc::clone(&settled));
        Self {
            settled,
            fulfilled: Closure::new(move |value| fulfil.settle(Ok(value))),
            rejected: Closure::new(move |thrown| reject.settle(Err(thrown))),
        }
    }
}

impl Waiters {
    pub(crate) fn new(count: u32) -> Self {
        Self(RefCell::new((0..count).map(|_| Waiter::new()).collect()))
    }

    /// The promise's value, or what it was rejected with.
    pub(crate) async fn wait(&self, promise: &Thenable) -> Result<JsValue, JsValue> {
        let idle = self.0.borrow_mut().pop();
        let waiter = idle.unwrap_or_else(Waiter::new);
        promise.then(&waiter.fulfilled, &waiter.rejected);
        let result = poll_fn(|context| match waiter.settled.result.borrow_mut().take() {
            Some(result) => Poll::Ready(result),
            None => {
                *waiter.settled.waker.borrow_mut() = Some(context.waker().clone());
                Poll::Pending
            }
        })
        .await;
        self.0.borrow_mut().push(waiter);
        result
    }
}
