//! What requests may do about their connection: the other factor beside the client's lifecycle.

use crate::{
    form::model::{Form, choices},
    text::text,
    ui::{
        button::Chip,
        field::{Field, FieldError, FieldGroup, Hint, TextInput},
    },
};
use fetchmark_core::scenario::factors::Connection;
use leptos::prelude::*;

/// Two toggles, and where cold connections come from once they are chosen.
#[component]
pub fn ConnectionChoice(form: Form) -> impl IntoView {
    let text = text();
    let chip = move |(&connection, (label, title))| {
        view! {
            <Chip
                test_id=format!("connection-{connection}")
                label
                title
                pressed=move || form.has_connection(connection)
                on_click=move || form.edit(|scenario| choices::toggle_of_two(Connection::ALL, &mut scenario.connection, connection))
            />
        }
    };
    view! {
        <FieldGroup label=text.form.connections>
            <div class="chip-row">
                {Connection::ALL.iter().zip(text.form.connection).map(chip).collect_view()}
            </div>
            <Show when=move || form.has_connection(Connection::Cold)>
                <ColdAddress form />
            </Show>
        </FieldGroup>
    }
}

/// The address that cold variants go to, with what is wrong with it beside it.
#[component]
fn ColdAddress(form: Form) -> impl IntoView {
    let text = text();
    let problem = Signal::derive(move || {
        let problem = form.is_cold_impossible().then(|| text.form.cold_impossible.to_owned());
        problem.unwrap_or_default()
    });
    view! {
        <Field id="cold-url" label=text.form.cold_url class="field field-url">
            <TextInput
                id="cold-url"
                class="input input-url"
                inputmode="url"
                described_by="cold-url-hint cold-url-error"
                value=move || form.cold_url()
                problem
                on_type=move |typed: String| form.type_cold_url(&typed)
            />
            <Hint id="cold-url-hint" text=text.form.cold_hint />
            <FieldError id="cold-url-error" problem />
        </Field>
    }
}
