//! How requests follow each other.

use crate::{
    form::{
        fields::number::NumberInput,
        model::{Form, choices, number_fields::NumberField},
    },
    text::text,
    ui::{button::Chip, field::FieldGroup},
};
use fetchmark_core::scenario::factors::Pacing;
use leptos::prelude::*;

/// Three toggles, and the rate once it is one of them.
#[component]
pub fn PacingChoice(form: Form) -> impl IntoView {
    let text = text();
    let has = move |pacing| form.with(|scenario| scenario.pacing.contains(&pacing));
    let chip = move |(&pacing, label)| {
        view! {
            <Chip
                test_id=format!("pacing-{pacing}")
                label
                pressed=move || has(pacing)
                on_click=move || form.edit(|scenario| choices::toggle_pacing(scenario, pacing))
            />
        }
    };
    view! {
        <FieldGroup label=text.form.pacings>
            <div class="chip-row">{Pacing::ALL.iter().zip(text.form.pacing).map(chip).collect_view()}</div>
            <Show when=move || has(Pacing::Rate)>
                <NumberInput form field=NumberField::Rate label=text.form.rate />
            </Show>
        </FieldGroup>
    }
}
