//! What all the settings come to, and what a single field cannot know.

use crate::{
    form::model::Form,
    text::text,
    ui::{field::FieldError, numbers::numbers},
};
use leptos::prelude::*;

/// What a run will do, what keeps it from running, and what is to be minded before.
#[component]
pub fn Plan(form: Form) -> impl IntoView {
    let words = &text().what;
    let numbers = numbers();
    // How many requests a run sends that ends when it knows cannot be said.
    let requests = move |requests: u64, is_open: bool| {
        let requests = numbers.count(requests);
        if is_open { (words.at_least)(&requests) } else { requests }
    };
    let plan = move || {
        form.with(|scenario| {
            let rounds = scenario.auto.is_none().then(|| numbers.count(scenario.rounds.into()));
            let requests = requests(scenario.total_requests(), scenario.auto.is_some());
            (words.plan)(&numbers.count(scenario.variants().len() as u64), rounds.as_deref(), &requests)
        })
    };
    // Too many requests in all, a blocking client on the page's own thread.
    let problem = move || match form.scenario_problem() {
        Some(problem) if form.has_variants() => (words.scenario_problem)(&problem),
        _ => String::new(),
    };
    let large_run = move || {
        let (count, host) = form.large_run()?;
        let is_open = form.with(|scenario| scenario.auto.is_some());
        Some((words.large_run)(&requests(count, is_open), &host))
    };
    let mixed_content = move || form.is_mixed_content().then(|| words.mixed_content.to_owned());
    let care = |sentence: String| view! { <p class="hint-care">{sentence}</p> };
    view! {
        <p class="plan">{plan}</p>
        <FieldError id="scenario-error" problem />
        <div class="cares" aria-live="polite">
            {move || large_run().map(care)}
            {move || mixed_content().map(care)}
        </div>
    }
}
