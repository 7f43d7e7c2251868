//! Files dropped anywhere on the page, which are opened as reports.

use crate::{
    js,
    reports::library::ReportLibrary,
    text::{ReportProblem, text},
    ui::el::{El, classed},
};
use leptos::{ev::Event, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

/// For how long the sign stays once nothing tells of a file any more. Browsers tell several times a second while one is held; that it
/// has left they tell at each element's edge, too.
const LINGER: Duration = Duration::from_millis(700);

/// Opens what is dropped, and notes whether something is held over the page.
pub fn open_dropped_files(library: ReportLibrary) {
    let is_over = library.is_file_over;
    let leaving = StoredValue::new(None::<TimeoutHandle>);
    let hold = move || {
        if let Some(leaving) = leaving.get_value() {
            leaving.clear();
        }
        let left = move || {
            // The page may be gone by then.
            is_over.try_set(false);
        };
        leaving.set_value(set_timeout_with_handle(left, LINGER).ok());
        // Only what changes is drawn.
        if !is_over.get_untracked() {
            is_over.set(true);
        }
    };
    let over = window_event_listener_untyped("dragover", move |event| {
        if js::property(&event, "dataTransfer").is_some_and(|data| has_files(&data)) {
            event.prevent_default();
            hold();
        }
    });
    let dropped = window_event_listener_untyped("drop", move |event: Event| {
        is_over.set(false);
        let files = js::property(&event, "dataTransfer").map(|data| files(&data)).unwrap_or_default();
        if !files.is_empty() {
            event.prevent_default();
            js::spawn(library.open_files(files));
        }
    });
    on_cleanup(move || {
        over.remove();
        dropped.remove();
    });
}

/// What is said while a file is held over the page.
pub fn drop_sign(library: ReportLibrary) -> El {
    let words = &text().kept;
    let say = move || {
        if library.store.is_running() {
            (words.problem)(&ReportProblem::Running)
        } else {
            words.drop.to_owned()
        }
    };
    classed("div", "bare").part_if(
        move || library.is_file_over.get(),
        move || classed("p", "drop-sign").set("data-testid", "drop-sign").words(say),
    )
}

fn has_files(data: &JsValue) -> bool {
    js::property(data, "types").is_some_and(|types| js_sys::Array::from(&types).includes(&"Files".into(), 0))
}

/// An object's `files`.
pub fn files(of: &JsValue) -> Vec<Blob> {
    let list = js::property(of, "files").map(|list| js_sys::Array::from(&list)).unwrap_or_default();
    list.iter().filter_map(|file| file.dyn_into().ok()).collect()
}
