//! One number of the form.

use crate::{
    form::model::{Form, number_fields::NumberField},
    text::text,
    ui::field::{Field, FieldError},
};
use leptos::prelude::*;

/// A labelled number.
#[component]
pub fn NumberInput(
    form: Form,
    /// Which number.
    field: NumberField,
    /// Its label.
    label: &'static str,
    /// Its unit, inside the field.
    #[prop(optional)]
    unit: &'static str,
) -> impl IntoView {
    view! {
        <Field id=field.id() label class="field field-number">
            <div class="with-unit">
                <BareNumber form field />
                <span class="unit">{unit}</span>
            </div>
            <NumberError form field />
        </Field>
    }
}

/// A number without label and sentence. It is a text field, so that what was typed stays as it was typed until it is right.
#[component]
pub fn BareNumber(
    form: Form,
    /// Which number.
    field: NumberField,
    /// Its accessible name, where no label is for it.
    #[prop(optional)]
    name: Option<&'static str>,
    /// Is true while the field has the focus.
    #[prop(optional, into)]
    has_focus: RwSignal<bool>,
) -> impl IntoView {
    let id = field.id();
    view! {
        <input
            class="input input-number"
            id=id
            type="text"
            inputmode=if field.is_only_a_number() { "decimal" } else { "text" }
            autocomplete="off"
            data-testid=id
            aria-label=name
            aria-describedby=format!("{id}-error")
            aria-invalid=move || form.number_problem(field).map(|_| "true")
            prop:value=move || form.text(field)
            on:input=move |event| form.type_number(field, event_target_value(&event))
            on:focus=move |_| has_focus.set(true)
            on:blur=move |_| has_focus.set(false)
        />
    }
}

/// What is wrong with the number.
#[component]
pub fn NumberError(
    form: Form,
    /// Which number.
    field: NumberField,
) -> impl IntoView {
    let text = text();
    let problem = move || form.number_problem(field).map(|problem| (text.what.field_problem)(&problem));
    view! { <FieldError id=format!("{}-error", field.id()) problem=move || problem().unwrap_or_default() /> }
}
