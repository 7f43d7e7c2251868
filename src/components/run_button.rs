//! Run and Stop: one button, so that the keyboard stays where it is.

use super::lean::{attribute, words};
use crate::{
    run_store::{RunState, RunStore},
    text::text,
};
use leptos::prelude::*;

/// The button; it submits the form, which knows what that means.
#[component]
pub fn RunButton(
    /// The run.
    store: RunStore,
) -> AnyView {
    let text = text();
    let word = words(move || {
        let word = match (store.state(), store.is_stopping()) {
            (RunState::Running, true) => text.run.stopping,
            (RunState::Running, false) => text.run.stop,
            (RunState::Done, _) => text.run.again,
            (RunState::Idle | RunState::Failed, _) => text.run.run,
        };
        word.to_owned()
    });
    // What the button does now is what scripts find it by, and what its looks follow.
    let does = attribute(move || Some(if store.is_running() { "stop" } else { "run" }.to_owned()));
    view! { <button type="submit" class="go" data-testid=does>{word}</button> }.into_any()
}
