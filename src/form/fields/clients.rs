//! Which clients, in which lifecycle: one pair of toggles per client.

use crate::{
    engine::python_here,
    form::model::{Form, choices},
    text::text,
    ui::{
        button::Chip,
        field::{FieldError, FieldGroup},
    },
};
use fetchmark_core::scenario::{
    client::Client,
    factors::{Lifecycle, Runtime},
};
use leptos::prelude::*;

/// The chips. The first chosen one is the baseline of every comparison.
#[component]
pub fn ClientChips(form: Form) -> impl IntoView {
    let text = text();
    // The order is settled when the page opens, so that a chip never moves under the finger that presses it.
    let listed = untrack(|| form.with(choices::listed)).into_iter();
    let (in_python, others): (Vec<_>, Vec<_>) =
        listed.partition(|client| client.runtime() == Runtime::Pyodide);
    let (of_messages, clients): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|client| client.info().messages);
    let rows = move |clients: Vec<Client>| {
        let rows = clients.into_iter().map(|client| view! { <ClientRow form client /> });
        view! { <div class="chip-rows">{rows.collect_view()}</div> }
    };
    let problem = move || if form.has_variants() { "" } else { text.form.no_variant };
    view! {
        <FieldGroup label=text.form.clients described_by="clients-error">
            {rows(clients)} <FieldError id="clients-error" problem=move || problem().to_owned() />
        </FieldGroup>
        <FieldGroup label=text.form.messages described_by="messages-hint">
            <p class="hint" id="messages-hint">{text.form.messages_hint}</p>
            {rows(of_messages)}
        </FieldGroup>
        <FieldGroup label=text.form.python_here described_by="python-hint">
            <p class="hint" id="python-hint">{text.form.python_hint[python_here()]}</p>
            {rows(in_python)}
        </FieldGroup>
    }
}

#[component]
fn ClientRow(form: Form, client: Client) -> impl IntoView {
    let text = text();
    let chip = move |(&lifecycle, label)| {
        view! {
            <Chip
                test_id=format!("chip-{}-{lifecycle}", client.name())
                label
                title=(text.built)(client, lifecycle)
                name=(text.form.chip)(client.name(), label)
                pressed=move || {
                    form.with(|scenario| choices::chosen(scenario).contains(&(client, lifecycle)))
                }
                on_click=move || form.edit(|scenario| choices::toggle(scenario, client, lifecycle))
            />
        }
    };
    view! {
        <div class="chip-row">
            // The group says that it is Python’s.
            <span class="chip-client">{client.name().trim_start_matches("pyodide-")}</span>
            {Lifecycle::ALL.iter().zip(text.form.lifecycle).map(chip).collect_view()}
        </div>
    }
}
