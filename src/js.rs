//! Small things of the browser that web-sys has no short name for: elements, tasks, values.

use js_sys::{Function, Promise, Reflect};
use leptos::{ev::EventDescriptor, prelude::*};
use std::{future::Future, pin::Pin};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Focuses the element with this id, if it is there and can be focused.
pub fn focus(id: &str) {
    let found = document().get_element_by_id(id);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Focuses what a selector finds, and leaves the page where it is.
pub fn focus_in_place(selector: &str) {
    if let Some(element) = found(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Brings the first element that a selector finds into view, if there is one: as far as it takes, and at once.
pub fn bring_into_view(selector: &str) {
    if let Some(element) = found(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// How far the page is scrolled down, in px.
pub fn scrolled() -> Option<f64> {
    window().scroll_y().ok()
}

fn found(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Listens to the window for as long as the owner lives.
pub fn on_window<E: EventDescriptor + 'static>(event: E, listener: impl Fn(E::EventType) + 'static)
where
    E::EventType: JsCast,
{
    let listener = window_event_listener(event, listener);
    on_cleanup(move || listener.remove());
}

/// The address that relative addresses are resolved against.
pub fn base_uri() -> String {
    document().base_uri().ok().flatten().unwrap_or_default()
}

/// Whether the page was opened from a file, and not sent by a server.
pub fn is_from_file() -> bool {
    location().protocol().is_ok_and(|protocol| protocol == "file:")
}

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

/// A property that is there and is not undefined or null.
pub fn property(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &name.into()).ok().filter(|found| !found.is_undefined() && !found.is_null())
}

/// An error's message, in its own words.
pub fn message(error: &JsValue) -> String {
    property(error, "message")
        .and_then(|message| message.as_string())
        .or_else(|| error.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}
