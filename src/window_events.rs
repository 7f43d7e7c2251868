//! What the page answers to beside its own elements: steps of the history, keys, the link past its head, an address that is pasted.

use crate::{
    app::MAIN,
    form::{link, model::Form},
    js,
    reports::library::ReportLibrary,
    run::store::RunStore,
    text::{self, Text},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Back and forward lead to the settings of earlier runs.
pub fn follow_history(form: Form, current: RwSignal<&'static Text>) {
    let listener = window_event_listener_untyped("popstate", move |_| {
        let query = link::query();
        let (params, errors) = link::settings_beside(&query, &untrack(move || form.params()));
        // A step within the page, as to its main part, is none of the settings.
        if errors.is_empty() && params == untrack(move || form.params()) {
            return;
        }
        text::speak(current, crate::language(&query));
        form.go_to(params, errors);
    });
    on_cleanup(move || listener.remove());
}

/// Escape stops a run, unless it closes something else.
pub fn stop_by_key(store: RunStore) {
    let listener = window_event_listener_untyped("keydown", move |event| {
        let key = js::property(&event, "key").and_then(|key| key.as_string());
        // Escape may also end the composing of a syllable.
        let is_composing =
            js::property(&event, "isComposing").is_some_and(|is_composing| is_composing == true);
        if key.as_deref() == Some("Escape") && !is_composing && !event.default_prevented() {
            store.stop();
        }
    });
    on_cleanup(move || listener.remove());
}

/// The link past the page's head leads there without a step of the history: the address may hold a report.
pub fn skip_in_place() {
    let listener = window_event_listener_untyped("click", move |event| {
        let is_skip = js::property(&event, "target")
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| target.class_list().contains("skip"));
        if is_skip {
            event.prevent_default();
            js::focus(MAIN);
        }
    });
    on_cleanup(move || listener.remove());
}

/// A report is opened when an address that holds one is pasted.
pub fn open_links(library: ReportLibrary) {
    let listener = window_event_listener_untyped("hashchange", move |_| {
        if !library.store.is_running_now() {
            js::spawn(library.open_link());
        }
    });
    on_cleanup(move || listener.remove());
}
