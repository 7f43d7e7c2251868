//! What requests may do about their connection: the other factor beside the client's lifecycle.

use crate::{
    form::{
        fields::url::{AddressField, Part},
        model::{Form, choices},
    },
    text::text,
    ui::{button::Chip, field::FieldGroup},
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
    let cold_url = move |at: usize, is_one: bool| {
        let label = match text.form.cold_url {
            label if is_one => label.to_owned(),
            label => format!("{label}: {}", (text.form.address)(at + 1)),
        };
        view! { <AddressField form part=Part::ColdUrl at label /> }
    };
    view! {
        <FieldGroup label=text.form.connections>
            <div class="chip-row">
                {Connection::ALL.iter().zip(text.form.connection).map(chip).collect_view()}
            </div>
            <Show when=move || form.has_connection(Connection::Cold)>
                {move || (0..count.get()).map(|at| cold_url(at, count.get() == 1)).collect_view()}
            </Show>
        </FieldGroup>
    }
}
