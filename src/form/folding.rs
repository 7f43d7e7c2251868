//! When the form is one line: beside a run and its report, until the person unfolds it.

use crate::{form::model::Form, js, run::store::RunStore};
use leptos::prelude::*;

/// Folds the form where a run begins and where a report is opened. Call it at the app's root.
pub fn fold_beside_answers(form: Form, store: RunStore) {
    let is_running = Memo::new(move |_| store.is_running());
    let opened = Memo::new(move |_| {
        let report = store.report().filter(|_| store.is_opened());
        report.map(|report| report.started_at.clone())
    });
    Effect::new(move || {
        // Where a run ends, whoever edits the form meanwhile goes on.
        if is_running.get() || opened.get().is_some() {
            form.is_unfolded.set(false);
        }
    });
}

/// Whether something else is what one came to see: a run or its report.
pub fn has_answer(store: RunStore) -> Memo<bool> {
    Memo::new(move |_| store.is_running() || store.report().is_some())
}

/// Sends the focus to `next` where it would be folded away with what it is in.
pub fn keep_focus(is_folded: Memo<bool>, folded_away: &'static str, next: &'static str) {
    Effect::new(move || {
        let focused = document().active_element();
        let is_inside = |focused: web_sys::Element| focused.closest(folded_away).ok().flatten().is_some();
        if is_folded.get() && focused.is_some_and(is_inside) {
            js::focus_in_place(next);
        }
    });
}
