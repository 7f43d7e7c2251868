//! What requests may do about their connection: the other factor beside the client's lifecycle.

use crate::{
    form::{
        fields::url::id_at,
        model::{Form, choices},
    },
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
    let count = Memo::new(move |_| form.addresses());
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
                {move || (0..count.get()).map(|at| view! { <ColdAddress form at is_one=count.get() == 1 /> }).collect_view()}
            </Show>
        </FieldGroup>
    }
}

/// The address that cold variants go to, with what is wrong with it beside it.
#[component]
fn ColdAddress(form: Form, at: usize, is_one: bool) -> impl IntoView {
    let text = text();
    let problem = Signal::derive(move || {
        let problem = form.is_cold_impossible(at).then(|| text.form.cold_impossible.to_owned());
        problem.unwrap_or_default()
    });
    let label = match text.form.cold_url {
        label if is_one => label.to_owned(),
        label => format!("{label}: {}", (text.form.address)(at + 1)),
    };
    let id = id_at("cold-url", at);
    let error = format!("{id}-error");
    view! {
        <Field id=id.clone() label class="field field-url">
            <TextInput
                id
                class="input input-url"
                inputmode="url"
                described_by=format!("cold-url-hint {error}")
                value=move || form.cold_url(at)
                problem
                on_type=move |typed: String| form.type_cold_url(at, &typed)
            />
            {(at == 0).then(|| view! { <Hint id="cold-url-hint" text=text.form.cold_hint /> })}
            <FieldError id=error problem />
        </Field>
    }
}
