//! Events of the window.

use leptos::{ev::EventDescriptor, prelude::*};
use wasm_bindgen::JsCast;

/// Listens to the window for as long as the owner lives.
pub fn on_window<E: EventDescriptor + 'static>(event: E, listener: impl Fn(E::EventType) + 'static)
where
    E::EventType: JsCast,
{
    let listener = window_event_listener(event, listener);
    on_cleanup(move || listener.remove());
}
