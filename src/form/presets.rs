//! Presets: a question each.

use crate::{
    form::model::Form,
    js,
    run::{default_target::default_cold_target, far},
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
    fill_cold_url(form);
}

/// Fills in where cold connections come from, where that is needed and the lab is what is measured.
pub fn fill_cold_url(form: Form) {
    let url = untrack(move || form.url());
    let is_needed = move |url: &str| untrack(move || form.is_cold_impossible(0) && form.url() == url);
    if is_needed(&url) {
        js::spawn(async move {
            let address = match &*url {
                "" => default_cold_target().await,
                url => far::find().await.filter(|far| far.has(url)).map(|far| far.closing()),
            };
            // Unless the person went on meanwhile.
            if let Some(address) = address.filter(|_| is_needed(&url)) {
                form.fill_cold_url(address);
            }
        });
    }
}
