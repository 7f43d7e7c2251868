//! Run and Stop: one button, so that the keyboard stays where it is.

use crate::{
    run::{state::RunState, store::RunStore},
    text::text,
    ui::el::{El, classed},
};

/// The button; it submits the form, which knows what that means.
pub fn run_button(store: RunStore) -> El {
    let text = text();
    let word = move || match (store.state(), store.is_stopping()) {
        (RunState::Running, true) => text.run.stopping,
        (RunState::Running, false) => text.run.stop,
        (RunState::Done, _) => text.run.again,
        (RunState::Idle | RunState::Failed, _) => text.run.run,
    };
    // What the button does now is what scripts find it by, and what its looks follow.
    let does = move || Some(if store.is_running() { "stop" } else { "run" }.to_owned());
    classed("button", "go").set("type", "submit").bind("data-testid", does).words(move || word().to_owned())
}
