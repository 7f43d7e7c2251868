//! Files dropped anywhere on the page, which are opened as reports.

use crate::{
    js,
    reports::library::ReportLibrary,
    text::{ReportProblem, text},
    ui::files::files_of,
};
use leptos::{ev, prelude::*};
use std::{cell::RefCell, time::Duration};

/// How long the sign stays after the last `dragover`, which browsers fire several times a second while a file is held over the page.
/// `dragleave` fires at each element's edge, too, so it cannot end the sign.
const LINGER: Duration = Duration::from_millis(700);

/// Opens what is dropped anywhere on the page, and says so while a file is held over it.
#[component]
pub fn DropZone(library: ReportLibrary) -> impl IntoView {
    let words = &text().history;
    let is_over = RwSignal::new(false);
    let leave = RefCell::new(debounce(LINGER, move |()| is_over.set(false)));
    js::on_window(ev::dragover, move |event| {
        if event.data_transfer().is_some_and(|dragged| dragged.types().includes(&"Files".into(), 0)) {
            event.prevent_default();
            is_over.set(true);
            leave.borrow_mut()(());
        }
    });
    js::on_window(ev::drop, move |event| {
        is_over.set(false);
        let files = files_of(event.data_transfer().and_then(|dropped| dropped.files()));
        if !files.is_empty() {
            event.prevent_default();
            js::spawn(library.open_files(files));
        }
    });
    let sentence = move || {
        if library.store.is_running() {
            (words.problem)(&ReportProblem::Running)
        } else {
            words.drop.to_owned()
        }
    };
    view! {
        <Show when=move || is_over.get()>
            <p class="drop-sign" data-testid="drop-sign">{sentence}</p>
        </Show>
    }
}
