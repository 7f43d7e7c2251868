//! Futures and when they go on: in a later task, with the next frame, when the browser is idle.

use crate::js::values::property;
use js_sys::{Function, Promise};
use leptos::prelude::*;
use std::{future::Future, pin::Pin};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The longest wait for a frame or an idle moment, in ms: hidden tabs draw no frames, and a busy browser is never idle.
const FRAME_LIMIT_MS: i32 = 250;

/// Starts a future. Boxed first: each type of future would be compiled into an executor's task of its own.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    let future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    spawn_local(future);
}

/// Resolves in a later task, when the event handler that asked is over.
pub async fn later_task(ms: i32) {
    wait_for(|resolve| timeout(&resolve, ms)).await;
}

/// Resolves with the next frame, or after a while where none is drawn.
pub async fn next_frame() {
    wait_for(|resolve| {
        // Either may come first: a promise resolves once.
        let _ = window().request_animation_frame(&resolve);
        timeout(&resolve, FRAME_LIMIT_MS);
    })
    .await;
}

/// Resolves when the browser is idle, or after a while: in a hidden tab it may never be.
pub async fn idle() {
    wait_for(|resolve| {
        // WebKit has no requestIdleCallback. Either may come first: a promise resolves once.
        let ask = property(&window(), "requestIdleCallback").and_then(|ask| ask.dyn_into::<Function>().ok());
        if let Some(ask) = ask {
            let _ = ask.call1(&window(), &resolve);
        }
        timeout(&resolve, FRAME_LIMIT_MS);
    })
    .await;
}

/// Whether the tab is hidden: no frames are drawn then, and timers are slow.
pub fn is_hidden() -> bool {
    document().hidden()
}

fn timeout(callback: &Function, ms: i32) {
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(callback, ms);
}

async fn wait_for(start: impl FnOnce(Function)) {
    let mut start = Some(start);
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(start) = start.take() {
            start(resolve);
        }
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
}
