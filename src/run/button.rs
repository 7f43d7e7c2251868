//! Run and Stop: one button, so that the keyboard stays where it is.

use crate::{
    run::store::{RunState, RunStore},
    text::text,
};
use leptos::prelude::*;

/// The button; it submits the form, which knows what that means.
#[component]
pub fn RunButton(store: RunStore) -> impl IntoView {
    let words = &text().run;
    let word = move || match (store.state(), store.is_stopping()) {
        (RunState::Running, true) => words.stopping,
        (RunState::Running, false) => words.stop,
        (RunState::Done, _) => words.again,
        (RunState::Idle | RunState::Failed, _) => words.run,
    };
    // What the button does now is what scripts find it by, and what its looks follow.
    let does = move || if store.is_running() { "stop" } else { "run" };
    let key = move || store.is_running().then_some("Escape");
    view! { <button type="submit" class="go" data-testid=does aria-keyshortcuts=key>{word}</button> }
}
