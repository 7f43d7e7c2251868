//! The options few people touch, folded.

use super::{
    el::{El, classed, el},
    number_input::number_input,
};
use crate::{fields::NumberField, form::Form, link, text::text};

/// Warm-up, time-out, seed, and what the link set besides.
pub fn more_options(form: Form) -> El {
    let text = text();
    let numbers = classed("div", "numbers")
        .child(number_input(form, NumberField::Warmup, text.what.warmup, ""))
        .child(number_input(form, NumberField::Timeout, text.what.timeout, text.what.seconds))
        .child(number_input(form, NumberField::Seed, text.what.seed, ""));
    classed("details", "fold").child(el("summary").text(text.what.more)).child(numbers).part(move || {
        let rest = link::without_fields(&form.params());
        let hint = classed("p", "hint").text(text.what.from_link).text(" ");
        (!rest.is_empty()).then(|| hint.child(el("code").text(&rest)))
    })
}
