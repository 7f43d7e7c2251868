//! Presets: a question each.

use crate::{
    form::model::Form,
    js,
    run::default_target::default_cold_target,
    text::text,
    ui::{button::Chip, field::FieldGroup},
};
use fetchmark_core::scenario::preset::Preset;
use leptos::prelude::*;

/// A chip for each; the one that is set up is pressed.
#[component]
pub fn PresetChoice(form: Form) -> impl IntoView {
    let words = &text().form;
    let chip =
        move |&preset: &Preset| view! { <PresetChip form preset test_id=format!("preset-{preset}") /> };
    let question = move || form.preset().map_or("", |preset| (words.preset)(preset).1);
    view! {
        <FieldGroup label=words.presets>
            <div class="chip-row">{Preset::ALL.iter().map(chip).collect_view()}</div>
            <p class="hint" aria-live="polite">{question}</p>
        </FieldGroup>
    }
}

#[component]
pub fn PresetChip(form: Form, preset: Preset, #[prop(into)] test_id: String) -> impl IntoView {
    let (label, title) = (text().form.preset)(preset);
    view! {
        <Chip
            test_id
            label
            title
            pressed=move || form.preset() == Some(preset)
            on_click=move || choose(form, preset)
        />
    }
}

fn choose(form: Form, preset: Preset) {
    form.choose_preset(preset);
    let needs_address = untrack(move || form.is_cold_impossible(0) && form.url().is_empty());
    if needs_address {
        js::spawn(async move {
            if let Some(address) = default_cold_target().await {
                // Unless the person went on meanwhile.
                if untrack(move || form.preset() == Some(preset) && form.url().is_empty()) {
                    form.fill_cold_url(address);
                }
            }
        });
    }
}
