//! Check the target: the button below the address.

use crate::{
    check::store::CheckStore,
    form::{first_problem::focus_first_problem, model::Form},
    js,
    run::store::RunStore,
    text::text,
};
use leptos::prelude::*;

/// The button's id.
pub const CHECK: &str = "check";

/// The button. While a run measures it cannot be pressed: a check would disturb it.
#[component]
pub fn CheckButton(form: Form, store: RunStore, check: CheckStore) -> impl IntoView {
    let words = &text().check;
    let press = move |_| {
        form.settle_url();
        if untrack(move || form.can_be_checked()) {
            check.ask(untrack(move || form.target_to_check()));
        } else {
            js::spawn(focus_first_problem());
        }
    };
    view! {
        <div class="check-line">
            <button
                type="button"
                class="quiet-button"
                id=CHECK
                data-testid=CHECK
                aria-describedby="check-what"
                disabled=move || store.is_running()
                on:click=press
            >
                {words.button}
            </button>
            <span class="caption" id="check-what">{words.what}</span>
        </div>
    }
}
