//! What all the settings come to, and what a single field cannot know.

use crate::{
    form::model::Form,
    text::{numbers, text},
    ui::field::FieldError,
};
use fetchmark_core::scenario::Load;
use leptos::prelude::*;

/// How many requests a run sends: how many one sends that ends when it knows cannot be said.
fn sent(requests: u64, is_open: bool) -> String {
    let requests = numbers::count(requests);
    if is_open { (text().form.at_least)(&requests) } else { requests }
}

/// What a run will do, and what keeps it from running.
#[component]
pub fn Plan(form: Form) -> impl IntoView {
    let text = text();
    let words = &text.form;
    let plan = move || {
        form.with(|scenario| {
            let rounds = scenario.auto.is_none().then(|| numbers::count(scenario.rounds.into()));
            let requests = sent(scenario.total_requests(), scenario.auto.is_some());
            (words.plan)(&numbers::count(scenario.variants().len() as u64), rounds.as_deref(), &requests)
        })
    };
    // Too many requests in all, a blocking client on the page's own thread.
    let problem = move || match form.scenario_problem() {
        Some(problem) if form.has_variants() => (text.problems.scenario)(&problem),
        _ => String::new(),
    };
    view! {
        <p class="plan">{plan}</p>
        <FieldError id="scenario-error" problem />
    }
}

/// Warnings before a run. They stay beside a report, where the next run starts.
#[component]
pub fn Warnings(form: Form) -> impl IntoView {
    let words = &text().form;
    let large_run = move || {
        let is_open = form.with(|scenario| scenario.auto.is_some());
        let written = |load: Load| (sent(load.requests, is_open), load.hosts);
        Some((words.large_run)(&form.large_run()?.into_iter().map(written).collect::<Vec<_>>()))
    };
    let mixed_content = move || form.is_mixed_content().then(|| words.mixed_content.to_owned());
    let warning = |sentence: String| view! { <p class="hint-warning">{sentence}</p> };
    view! {
        <div class="warnings" aria-live="polite">
            {move || large_run().map(warning)}
            {move || mixed_content().map(warning)}
        </div>
    }
}
