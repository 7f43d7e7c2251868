//! What is to be measured, and the button that starts it.

use crate::{
    check::{
        panel::{CheckButton, CheckPanel},
        store::CheckStore,
    },
    form::{
        fields::{
            clients::ClientChips,
            connection::ConnectionChoice,
            distance::DistanceChoice,
            in_flight::InFlight,
            more_options::MoreOptions,
            number::NumberInput,
            pacing::PacingChoice,
            url::{Addresses, URL, default_address},
        },
        first_problem::focus_first_problem,
        folding, link,
        model::{Form, number_fields::NumberField},
        notices::{Explain, FromFile},
        plan::{Plan, Warnings},
        presets::PresetChoice,
        summary::Summary,
    },
    js,
    run::{in_view, panel::RunButton, store::RunStore},
    text::text,
};
use leptos::{prelude::*, task::tick};

/// The form; in one line beside a run and its report.
#[component]
pub fn RunForm(form: Form, store: RunStore, check: CheckStore) -> impl IntoView {
    let words = &text().form;
    let default = default_address(form);
    let has_answer = folding::has_answer(store);
    let is_folded = Memo::new(move |_| has_answer.get() && !form.is_unfolded.get());
    folding::keep_focus(is_folded, ".form-fields", in_view::GO);
    let edit = move |_| {
        form.is_unfolded.set(is_folded.get_untracked());
        if !is_folded.get_untracked() {
            js::spawn(async {
                tick().await;
                js::focus(URL);
            });
        }
    };
    view! {
        <form
            class="card run-form"
            class:form-folded=is_folded
            aria-label=words.title
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                submit(form, store);
            }
        >
            <div class="ask">
                <div class="form-fields ask-url" id="form-url" hidden=is_folded>
                    <Addresses form default />
                </div>
                <Show when=move || is_folded.get()>
                    <Summary form default />
                </Show>
                <div class="ask-buttons">
                    <button
                        type="button"
                        class="quiet-button"
                        data-testid="edit-form"
                        hidden=move || !has_answer.get()
                        aria-expanded=move || (!is_folded.get()).to_string()
                        aria-controls="form-url form-fields"
                        on:click=edit
                    >
                        {words.edit}
                    </button>
                    <RunButton store />
                </div>
            </div>
            <div class="form-fields" id="form-fields" hidden=is_folded>
                <FromFile form />
                <CheckButton form store check />
                <CheckPanel form check />
                <PresetChoice form />
                <DistanceChoice form default />
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
            </div>
            <Warnings form />
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
        form.is_unfolded.set(true);
        js::spawn(focus_first_problem());
    }
}
