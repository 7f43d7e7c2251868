//! Which clients, in which lifecycle: one pair of toggles per client.

use crate::{
    form::model::{Form, choices},
    text::text,
    ui::{
        button::Chip,
        field::{FieldError, FieldGroup},
    },
};
use fetchmark_core::scenario::{client::Client, factors::Lifecycle};
use leptos::prelude::*;

/// The chips. The first chosen one is the baseline of every comparison.
#[component]
pub fn ClientChips(form: Form) -> impl IntoView {
    let text = text();
    // The order is settled when the page opens, so that a chip never moves under the finger that presses it.
    let clients = untrack(|| form.with(choices::listed));
    let problem = move || if form.has_variants() { "" } else { text.form.no_variant };
    view! {
        <FieldGroup label=text.form.clients described_by="clients-error">
            <div class="chip-rows">
                {clients.into_iter().map(|client| view! { <ClientRow form client /> }).collect_view()}
            </div>
            <FieldError id="clients-error" problem=move || problem().to_owned() />
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
            <span class="chip-client">{client.name()}</span>
            {Lifecycle::ALL.iter().zip(text.form.lifecycle).map(chip).collect_view()}
        </div>
    }
}
