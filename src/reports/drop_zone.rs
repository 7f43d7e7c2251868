//! Files dropped anywhere on the page, which are opened as reports.

use crate::{
    js,
    reports::library::ReportLibrary,
    text::{ReportProblem, text},
    ui::files::files_of,
};
use leptos::{ev, prelude::*};
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::JsValue;
use web_sys::DragEvent;

/// How long the sign stays after the last `dragover`, which browsers fire several times a second while a file is held over the page.
/// `dragleave` fires at each element's edge, too, so it cannot end the sign.
const LINGER: Duration = Duration::from_millis(700);

/// Opens what is dropped anywhere on the page, and says so while a file is held over it.
#[component]
pub fn DropZone(library: ReportLibrary) -> impl IntoView {
    let words = &text().kept;
    let is_over = RwSignal::new(false);
    let leave = RefCell::new(debounce(LINGER, move |()| is_over.set(false)));
    js::on_window(ev::dragover, move |event| {
        if data(&event).is_some_and(|data| has_files(&data)) {
            event.prevent_default();
            is_over.set(true);
            leave.borrow_mut()(());
        }
    });
    js::on_window(ev::drop, move |event| {
        is_over.set(false);
        let files = data(&event).map(|data| files_of(&data)).unwrap_or_default();
        if !files.is_empty() {
            event.prevent_default();
            js::spawn(library.open_files(files));
        }
    });
    let said = move || {
        if library.store.is_running() {
            (words.problem)(&ReportProblem::Running)
        } else {
            words.drop.to_owned()
        }
    };
    view! {
        <Show when=move || is_over.get()>
            <p class="drop-sign" data-testid="drop-sign">{said}</p>
        </Show>
    }
}

/// What is dragged.
fn data(event: &DragEvent) -> Option<JsValue> {
    js::property(event, "dataTransfer")
}

fn has_files(data: &JsValue) -> bool {
    js::property(data, "types").is_some_and(|types| js_sys::Array::from(&types).includes(&"Files".into(), 0))
}
