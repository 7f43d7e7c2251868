//! The form in one line.

use crate::{
    form::model::Form,
    text::{numbers, text},
};
use fetchmark_core::request::secrets;
use leptos::prelude::*;

/// What the form asks for: how many variants, where, and how many requests in how many rounds. It stays in view beside a
/// report, which may be shown to others: without the address's secrets.
#[component]
pub fn Summary(
    form: Form,
    /// What an empty address means, once that is known.
    #[prop(into)]
    default: Signal<Option<String>>,
) -> impl IntoView {
    let words = &text().form;
    let variants = move || numbers::count(form.with(|scenario| scenario.variants().len()) as u64);
    let targets = move || {
        let labels = form.labels();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        (!labels.is_empty()).then(|| (words.on_targets)(&labels))
    };
    let address = move || {
        if form.addresses() > 1 {
            return None;
        }
        let url = Some(form.url()).filter(|url| !url.is_empty()).or_else(|| default.get());
        url.map(|url| secrets::address(&url))
    };
    let requests = move || {
        form.with(|scenario| {
            let rounds = scenario.auto.is_none().then(|| numbers::count(scenario.rounds.into()));
            (words.requests_by_rounds)(&numbers::count(scenario.n.into()), rounds.as_deref())
        })
    };
    view! {
        <p class="summary" data-testid="form-summary">
            <strong>{move || (words.variants)(&variants())}</strong>
            {move || targets().map(|targets| view! { " " <span>{targets}</span> })}
            {move || address().map(|address| view! { " · " <span>{address}</span> })}
            " · "
            {requests}
        </p>
    }
}
