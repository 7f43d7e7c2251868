//! One number of the form.

use super::lean::{attribute, on, words};
use crate::{fields::NumberField, form::Form, text::text};
use leptos::{ev::Event, prelude::*};

/// A labelled number. It is a text field, so that what was typed stays as it was typed until it is right.
#[component]
pub fn NumberInput(
    /// The settings.
    form: Form,
    /// Which of them.
    field: NumberField,
    /// Its name.
    label: &'static str,
    /// Its unit; empty where it has none.
    #[prop(optional)]
    unit: &'static str,
) -> AnyView {
    view! {
        <div class="field field-number">
            <label class="label" for=field.id()>{label}</label>
            <div class="with-unit">
                {raw_number(form, field, None)}
                <span class="unit">{unit}</span>
            </div>
            {number_error(form, field)}
        </div>
    }
    .into_any()
}

/// The field itself, without label and sentence; `name` is for assistive technology where there is no visible label.
pub(super) fn raw_number(form: Form, field: NumberField, name: Option<&'static str>) -> AnyView {
    let id = field.id();
    let on_input = on(move |event: Event| form.type_number(field, event_target_value(&event)));
    view! {
        <input
            id=id
            class="input input-number"
            type="text"
            inputmode=if field == NumberField::InFlight { "text" } else { "decimal" }
            autocomplete="off"
            data-testid=id
            aria-label=name
            aria-describedby=format!("{id}-error")
            aria-invalid=attribute(move || form.number_problem(field).map(|_| "true".to_owned()))
            prop:value=words(move || form.text(field).get())
            on:input=on_input
        />
    }
    .into_any()
}

/// What is wrong with the number.
pub(super) fn number_error(form: Form, field: NumberField) -> AnyView {
    let text = text();
    let problem = words(move || {
        form.number_problem(field).map_or_else(String::new, |problem| (text.what.field_problem)(&problem))
    });
    view! { <p id=format!("{}-error", field.id()) class="error" aria-live="polite">{problem}</p> }.into_any()
}
