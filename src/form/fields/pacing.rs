//! How requests follow each other.

use crate::{
    form::{fields::number::number_input, model::Form, number_fields::NumberField},
    text::text,
    ui::el::{El, classed},
};
use fetchmark_core::factors::Pacing;

/// Three toggles, and the rate once it is one of them.
pub fn pacing_choice(form: Form) -> El {
    let text = text();
    let chips = Pacing::ALL.iter().zip(text.what.pacing).map(|(&pacing, word)| {
        classed("button", "chip")
            .set("type", "button")
            .set("data-testid", &format!("pacing-{pacing}"))
            .bind("aria-pressed", move || Some(form.has_pacing(pacing).to_string()))
            .on("click", move |_| form.toggle_pacing(pacing))
            .text(word)
    });
    classed("fieldset", "field")
        .child(classed("legend", "label").text(text.what.pacings))
        .child(classed("div", "chip-row").children(chips))
        .part_if(
            move || form.has_pacing(Pacing::Rate),
            move || number_input(form, NumberField::Rate, text.what.rate, ""),
        )
}
