//! What is to be measured, and the button that starts it.

use super::{
    client_chips::ClientChips,
    explain::Explain,
    in_flight::InFlight,
    lean::{on, part, words},
    more_options::MoreOptions,
    number_input::NumberInput,
    numbers,
    run_button::RunButton,
    url_field::UrlField,
};
use crate::{fields::NumberField, form::Form, js, run_store::RunStore, text::text};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, SubmitEvent};

/// The form.
#[component]
pub fn WhatForm(
    /// The settings.
    form: Form,
    /// The run.
    store: RunStore,
) -> AnyView {
    let text = text();
    let numbers = numbers();
    let plan = words(move || {
        let scenario = form.scenario();
        (text.what.plan)(
            &numbers.count(scenario.variants().len() as u64),
            &numbers.count(scenario.rounds.into()),
            &numbers.count(scenario.total_requests()),
        )
    });
    let care = part(move || {
        let large = form.large_run().map(|(requests, host)| (text.what.large_run)(&numbers.count(requests), &host));
        let mixed = form.is_mixed_content().then(|| text.what.mixed_content.to_owned());
        let hints: Vec<_> = large.into_iter().chain(mixed).map(hint_of_care).collect();
        (!hints.is_empty()).then(|| hints.into_any())
    });
    let on_submit = on(move |event: SubmitEvent| {
        event.prevent_default();
        submit(form, store);
    });
    view! {
        <form class="card what" aria-label=text.what.title novalidate="" autocomplete="off" on:submit=on_submit>
            <div class="ask">
                <UrlField form />
                <RunButton store />
            </div>
            <div class="options">
                <ClientChips form />
                <div class="numbers">
                    <NumberInput form field=NumberField::N label=text.what.n />
                    <InFlight form />
                    <NumberInput form field=NumberField::Rounds label=text.what.rounds />
                </div>
            </div>
            <div class="folds">
                <MoreOptions form />
                <Explain />
            </div>
            <p class="plan">{plan}</p>
            {care}
        </form>
    }
    .into_any()
}

fn hint_of_care(sentence: String) -> AnyView {
    view! { <p class="hint hint-care">{sentence}</p> }.into_any()
}

/// Starts the run or stops it; what cannot be run is focused instead, with its sentence beside it.
fn submit(form: Form, store: RunStore) {
    if store.is_running_now() {
        store.stop();
        return;
    }
    form.settle_url();
    if untrack(move || form.can_run()) {
        let scenario = untrack(move || form.scenario());
        // The page shows how it ended.
        spawn_local(async move {
            let _ = store.run(scenario).await;
        });
    } else {
        spawn_local(focus_first_problem());
    }
}

/// Focuses the first field with a problem, once views show it.
async fn focus_first_problem() {
    leptos::task::tick().await;
    let first = js::document().and_then(|document| document.query_selector("[aria-invalid=true]").ok().flatten());
    if let Some(field) = first.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot be focused is still shown.
        let _ = field.focus();
    }
}
