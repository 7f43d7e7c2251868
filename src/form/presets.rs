//! Presets: a question each.

use crate::{
    form::model::Form,
    js,
    run::default_target::default_cold_target,
    text::text,
    ui::el::{El, classed},
};
use fetchmark_core::preset::Preset;
use leptos::prelude::untrack;

/// A chip for each; the one that is set up is pressed.
pub fn preset_choice(form: Form) -> El {
    let text = text();
    let chips = Preset::ALL
        .iter()
        .map(|&preset| preset_chip(form, preset).set("data-testid", &format!("preset-{preset}")));
    classed("fieldset", "field")
        .child(classed("legend", "label").text(text.what.presets))
        .child(classed("div", "chip-row").children(chips))
        .child(classed("p", "hint").set("aria-live", "polite").words(move || {
            form.preset().map_or_else(String::new, |preset| (text.what.preset)(preset).1.to_owned())
        }))
}

/// The chip of one preset.
pub fn preset_chip(form: Form, preset: Preset) -> El {
    let (name, question) = (text().what.preset)(preset);
    classed("button", "chip")
        .set("type", "button")
        .set("title", question)
        .bind("aria-pressed", move || Some((form.preset() == Some(preset)).to_string()))
        .on("click", move |_| choose(form, preset))
        .text(name)
}

fn choose(form: Form, preset: Preset) {
    form.choose_preset(preset);
    let needs_address = untrack(move || form.is_cold_impossible() && form.url().is_empty());
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
