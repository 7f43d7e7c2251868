//! What is to be measured, and the button that starts it.

use crate::{
    check::{button::check_button, panel::target_check, store::CheckStore},
    form::{
        explain::explain,
        fields::{
            clients::client_chips, connection::connection_choice, in_flight::in_flight, number::number_input,
            pacing::pacing_choice, url::url_field,
        },
        from_file::from_file,
        link,
        model::Form,
        more_options::more_options,
        number_fields::NumberField,
        presets::preset_choice,
        problems::focus_first_problem,
    },
    js,
    run::{button::run_button, in_view, store::RunStore},
    text::text,
    ui::{
        el::{El, classed, el},
        numbers::numbers,
    },
};
use leptos::prelude::*;

/// The form.
pub fn what_form(form: Form, store: RunStore, check: CheckStore) -> El {
    let text = text();
    classed("form", "card what")
        .set("aria-label", text.what.title)
        .set("novalidate", "")
        .set("autocomplete", "off")
        .on("submit", move |event| {
            event.prevent_default();
            submit(form, store);
        })
        .child(classed("div", "ask").child(url_field(form)).child(run_button(store)))
        .children(from_file(form))
        .child(check_button(form, store, check))
        .child(target_check(form, check))
        .child(preset_choice(form))
        .child(client_chips(form))
        .child(connection_choice(form))
        .child(pacing_choice(form))
        .child(counts(form))
        .child(foot(form))
}

/// The numbers most people touch.
fn counts(form: Form) -> El {
    let text = text();
    classed("div", "numbers")
        .child(number_input(form, NumberField::N, text.what.n, ""))
        .child(in_flight(form))
        .child(number_input(form, NumberField::Rounds, text.what.rounds, ""))
}

/// What is folded away, what all of it comes to, and what a single field cannot know.
fn foot(form: Form) -> El {
    let text = text();
    let numbers = numbers();
    let plan = move || {
        let scenario = form.scenario();
        let rounds = scenario.auto.is_none().then(|| numbers.count(scenario.rounds.into()));
        let requests = numbers.count(scenario.total_requests());
        let requests = if scenario.auto.is_some() { (text.what.at_least)(&requests) } else { requests };
        (text.what.plan)(&numbers.count(scenario.variants().len() as u64), rounds.as_deref(), &requests)
    };
    // Too many requests in all, a blocking client on the page's own thread.
    let problem = move || match form.scenario_problem() {
        Some(problem) if form.has_variants() => (text.what.scenario_problem)(&problem),
        _ => String::new(),
    };
    let large_run = move || match form.large_run() {
        Some((requests, host)) => {
            let requests = numbers.count(requests);
            let is_open = form.scenario().auto.is_some();
            let requests = if is_open { (text.what.at_least)(&requests) } else { requests };
            (text.what.large_run)(&requests, &host)
        }
        None => String::new(),
    };
    let mixed_content =
        move || if form.is_mixed_content() { text.what.mixed_content.to_owned() } else { String::new() };
    classed("div", "bare")
        .child(classed("div", "folds").child(more_options(form)).child(explain()))
        .child(classed("p", "plan").words(plan))
        .child(
            classed("p", "error")
                .set("id", "scenario-error")
                .set("tabindex", "-1")
                .set("aria-live", "polite")
                .words(problem),
        )
        .child(
            el("div")
                .set("aria-live", "polite")
                .part(move || hint_of_care(large_run()))
                .part(move || hint_of_care(mixed_content())),
        )
}

fn hint_of_care(words: String) -> Option<El> {
    (!words.is_empty()).then(|| classed("p", "hint-care").text(&words))
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
