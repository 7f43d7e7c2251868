//! Which clients, in which lifecycle: one pair of toggles per client.

use super::lean::{attribute, on, words};
use crate::{choices, form::Form, text::text};
use fetchmark_core::{client::Client, factors::Lifecycle};
use leptos::{ev::MouseEvent, prelude::*};

/// The chips. The first chosen one is the baseline of every comparison.
#[component]
pub fn ClientChips(
    /// The settings.
    form: Form,
) -> AnyView {
    let text = text();
    // The order is settled when the page opens, so that a chip never moves under the finger that presses it.
    let clients = untrack(move || choices::listed(&form.scenario()));
    let rows: Vec<_> = clients.into_iter().map(|client| client_row(form, client)).collect();
    let problem = words(move || {
        if form.has_variants() { String::new() } else { text.what.no_variant.to_owned() }
    });
    view! {
        <fieldset class="field chips" aria-describedby="clients-error">
            <legend class="label">{text.what.clients}</legend>
            <div class="chip-rows">{rows}</div>
            <p id="clients-error" class="error" aria-live="polite">{problem}</p>
        </fieldset>
    }
    .into_any()
}

fn client_row(form: Form, client: Client) -> AnyView {
    let text = text();
    let chips: Vec<_> = Lifecycle::ALL
        .iter()
        .zip(text.what.lifecycle)
        .map(|(&lifecycle, word)| {
            let info = client.info();
            let what = match lifecycle {
                Lifecycle::Reused => info.reused,
                Lifecycle::Fresh => info.fresh,
            };
            let is_on = attribute(move || Some(form.is_chosen(client, lifecycle).to_string()));
            view! {
                <button
                    type="button"
                    class="chip"
                    aria-pressed=is_on
                    aria-label=(text.what.chip)(client.name(), word)
                    title=what
                    data-testid=format!("chip-{}-{lifecycle}", client.name())
                    on:click=on(move |_: MouseEvent| form.toggle(client, lifecycle))
                >
                    {word}
                </button>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="chip-row">
            <span class="chip-client">{client.name()}</span>
            {chips}
        </div>
    }
    .into_any()
}
