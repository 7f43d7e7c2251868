//! One number of the form.

use crate::{
    form::{model::Form, number_fields::NumberField},
    text::text,
    ui::el::{El, classed},
};
use leptos::prelude::*;

/// A labelled number; `unit` may be empty. It is a text field, so that what was typed stays as it was typed until it is
/// right.
pub fn number_input(form: Form, field: NumberField, label: &'static str, unit: &'static str) -> El {
    classed("div", "field field-number")
        .child(classed("label", "label").set("for", field.id()).text(label))
        .child(
            classed("div", "with-unit")
                .child(raw_number(form, field))
                .child(classed("span", "unit").text(unit)),
        )
        .child(number_error(form, field))
}

/// The field itself, without label and sentence.
pub fn raw_number(form: Form, field: NumberField) -> El {
    let id = field.id();
    classed("input", "input input-number")
        .set("id", id)
        .set("type", "text")
        .set("inputmode", if field.is_only_a_number() { "decimal" } else { "text" })
        .set("autocomplete", "off")
        .set("data-testid", id)
        .set("aria-describedby", &format!("{id}-error"))
        .bind("aria-invalid", move || form.number_problem(field).map(|_| "true".to_owned()))
        .prop("value", move || form.text(field))
        .on("input", move |event| form.type_number(field, event_target_value(&event)))
}

/// What is wrong with the number.
pub fn number_error(form: Form, field: NumberField) -> El {
    let text = text();
    classed("p", "error").set("id", &format!("{}-error", field.id())).set("aria-live", "polite").words(
        move || {
            form.number_problem(field).map_or_else(String::new, |problem| (text.what.field_problem)(&problem))
        },
    )
}
