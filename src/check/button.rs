//! Check the target: the button below the address.

use crate::{
    check::store::CheckStore,
    form::{model::Form, problems::focus_first_problem},
    js,
    run::store::RunStore,
    text::text,
    ui::el::{El, classed},
};
use leptos::prelude::untrack;

/// The button's id.
pub const CHECK: &str = "check";

/// The button. While a run measures it cannot be pressed: a check would disturb it.
pub fn check_button(form: Form, store: RunStore, check: CheckStore) -> El {
    let text = text();
    let press = move |_| {
        form.settle_url();
        if untrack(move || form.can_be_checked()) {
            check.ask(untrack(move || form.target_to_check()));
        } else {
            js::spawn(focus_first_problem());
        }
    };
    let button = classed("button", "quiet-button")
        .set("type", "button")
        .set("id", CHECK)
        .set("data-testid", CHECK)
        .set("aria-describedby", "check-what")
        .prop("disabled", move || if store.is_running() { "yes" } else { "" }.to_owned())
        .on("click", press)
        .text(text.check.button);
    classed("div", "check-line")
        .child(button)
        .child(classed("span", "caption").set("id", "check-what").text(text.check.what))
}
