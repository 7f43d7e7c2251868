//! What the page answers to beside its own elements: steps of the history, keys, an address that is pasted.

use crate::{
    form::{link, model::Form},
    frame::languages,
    js,
    reports::library::ReportLibrary,
    run::store::RunStore,
    text::{self, Text},
};
use leptos::{ev, prelude::*};

/// Back and forward lead to the settings of earlier runs.
pub fn follow_history(form: Form, current: RwSignal<&'static Text>) {
    js::on_window(ev::popstate, move |_| {
        let query = link::query();
        let now = untrack(move || form.params());
        let (params, errors) = link::settings_beside(&query, &now);
        // A step within the page, as to its main part, is none of the settings.
        if errors.is_empty() && params == now {
            return;
        }
        text::speak(current, languages::of_address(&query));
        form.go_to(params, errors);
    });
}

/// Escape stops a run, unless it closes something else.
pub fn stop_by_key(store: RunStore) {
    js::on_window(ev::keydown, move |event| {
        // Escape may also end the composing of a syllable.
        if event.key() == "Escape" && !event.is_composing() && !event.default_prevented() {
            store.stop();
        }
    });
}

/// A report is opened when an address that holds one is pasted.
pub fn open_links(library: ReportLibrary) {
    js::on_window(ev::hashchange, move |_| {
        if !library.store.is_running_now() {
            js::spawn(library.open_link());
        }
    });
}
