//! Files dropped anywhere on the page, which are opened as reports.

use crate::{
    js,
    reports::library::ReportLibrary,
    text::{ReportProblem, text},
    ui::files,
};
use leptos::{ev, prelude::*};
use std::{cell::RefCell, time::Duration};

/// For how long the sign stays once nothing tells of a file any more. Browsers tell several times a second while one is held; that it
/// has left they tell at each element's edge, too.
const LINGER: Duration = Duration::from_millis(700);

/// Opens what is dropped anywhere on the page, and says so while a file is held over it.
#[component]
pub fn DropZone(library: ReportLibrary) -> impl IntoView {
    let words = &text().kept;
    let is_over = RwSignal::new(false);
    let leave = RefCell::new(debounce(LINGER, move |()| is_over.set(false)));
    let over = window_event_listener(ev::dragover, move |event| {
        let types = event.data_transfer().map(|data| data.types());
        if types.is_some_and(|types| types.includes(&"Files".into(), 0)) {
            event.prevent_default();
            is_over.set(true);
            leave.borrow_mut()(());
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        is_over.set(false);
        let files = files::list(event.data_transfer().and_then(|data| data.files()));
        if !files.is_empty() {
            event.prevent_default();
            js::spawn(library.open_files(files));
        }
    });
    on_cleanup(move || {
        over.remove();
        dropped.remove();
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
