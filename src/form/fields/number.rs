use crate::{
    form::model::{Form, number_fields::NumberField},
    text::text,
    ui::field::{Field, FieldError, TextInput},
};
use leptos::prelude::*;

/// A labelled number.
#[component]
pub fn NumberInput(
    form: Form,
    field: NumberField,
    label: &'static str,
    #[prop(optional)] unit: &'static str,
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

/// A number without label and sentence.
#[component]
pub fn BareNumber(
    form: Form,
    field: NumberField,
    /// Its accessible name, where no label is for it.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(optional)] has_focus: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <TextInput
            id=field.id()
            class="input input-number"
            inputmode=if field.is_only_a_number() { "decimal" } else { "text" }
            described_by=format!("{}-error", field.id())
            value=move || form.text(field)
            problem=problem_of(form, field)
            on_type=move |typed: String| form.type_number(field, typed)
            attr:aria-label=name
            on:focus=move |_| has_focus.set(true)
            on:blur=move |_| has_focus.set(false)
        />
    }
}

#[component]
pub fn NumberError(form: Form, field: NumberField) -> impl IntoView {
    view! { <FieldError id=format!("{}-error", field.id()) problem=problem_of(form, field) /> }
}

fn problem_of(form: Form, field: NumberField) -> Signal<String> {
    let text = text();
    Signal::derive(move || {
        let problem = form.number_problem(field).map(|problem| (text.problems.expected)(&problem));
        problem.unwrap_or_default()
    })
}
