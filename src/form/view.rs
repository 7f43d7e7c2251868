//! What is to be measured, and the button that starts it.

use crate::{
    check::{button::CheckButton, panel::CheckPanel, store::CheckStore},
    form::{
        explain::Explain,
        fields::{
            clients::ClientChips,
            connection::ConnectionChoice,
            in_flight::InFlight,
            number::NumberInput,
            pacing::PacingChoice,
            url::{UrlField, default_address},
        },
        from_file::FromFile,
        link,
        model::Form,
        more_options::MoreOptions,
        number_fields::NumberField,
        plan::Plan,
        presets::PresetChoice,
        problems::focus_first_problem,
    },
    js,
    run::{button::run_button, in_view, store::RunStore},
    text::text,
};
use leptos::prelude::*;

/// The form.
#[component]
pub fn WhatForm(form: Form, store: RunStore, check: CheckStore) -> impl IntoView {
    let words = &text().what;
    let default = default_address(form);
    view! {
        <form
            class="card what"
            aria-label=words.title
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                submit(form, store);
            }
        >
            <div class="ask">
                <UrlField form default />
                {AnyView::from(run_button(store))}
            </div>
            <FromFile form />
            <CheckButton form store check />
            <CheckPanel form check />
            <PresetChoice form />
            <ClientChips form />
            <ConnectionChoice form />
            <PacingChoice form />
            <div class="numbers">
                <NumberInput form field=NumberField::N label=words.n />
                <InFlight form />
                <NumberInput form field=NumberField::Rounds label=words.rounds />
            </div>
            <div class="folds">
                <MoreOptions form />
                <Explain />
            </div>
            <Plan form />
        </form>
    }
}

/// Starts the run or stops it; what cannot be run is focused instead, with its sentence beside it.
fn submit(form: Form, store: RunStore) {
    if store.is_running_now() {
        store.stop();
        return;
    }
    form.settle_url();
    if untrack(move || form.can_run()) {
        let (request, params) = untrack(move || (form.request(), form.params()));
        // What could not be read of the page's own link is left behind with it.
        form.accept_link();
        link::keep(&params);
        in_view::run(store, request);
    } else {
        js::spawn(focus_first_problem());
    }
}
