//! Fields of a form: labels, hints, and what is wrong.

use leptos::prelude::*;

#[component]
pub fn Field(
    /// The id of the input that the label is for.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    /// Its look; a class beside `field` sizes it.
    #[prop(default = "field")]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=class>
            <label class="label" for=id>{label}</label>
            {children()}
        </div>
    }
}

/// Fields that belong together, below a label for all of them.
#[component]
pub fn FieldGroup(
    label: &'static str,
    /// The id of what describes the group, such as what is wrong with it.
    #[prop(optional)]
    described_by: Option<&'static str>,
    /// Its look; a class beside `field` lays out what it holds.
    #[prop(default = "field")]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class=class aria-describedby=described_by>
            <legend class="label">{label}</legend>
            {children()}
        </fieldset>
    }
}

/// A line of text. What was typed stays as it was typed, until it is right. More attributes and events may be given to it.
#[component]
pub fn TextInput(
    /// Its id, which its label refers to, and its `data-testid`.
    #[prop(into)]
    id: String,
    /// Its look; a class beside `input` sizes it.
    class: &'static str,
    /// What a phone's keyboard offers.
    inputmode: &'static str,
    /// The ids of what describes it.
    #[prop(into)]
    described_by: String,
    #[prop(into)] value: Signal<String>,
    /// What is wrong with it; empty while nothing is.
    problem: Signal<String>,
    #[prop(into)] on_type: Callback<String>,
) -> impl IntoView {
    view! {
        <input
            type="text"
            class=class
            id=id.clone()
            inputmode=inputmode
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            data-testid=id
            aria-describedby=described_by
            aria-invalid=move || problem.with(|problem| (!problem.is_empty()).then_some("true"))
            prop:value=value
            on:input=move |event| on_type.run(event_target_value(&event))
        />
    }
}

/// What is wrong with a field, in a sentence; empty while nothing is. Screen readers announce when it changes, and the focus may be
/// sent to it.
#[component]
pub fn FieldError(
    /// Its id, which the field's `aria-describedby` refers to, and its `data-testid`.
    #[prop(into)]
    id: String,
    #[prop(into)] problem: Signal<String>,
) -> impl IntoView {
    view! { <p class="error" id=id.clone() data-testid=id tabindex="-1" aria-live="polite">{problem}</p> }
}

/// How a field is meant.
#[component]
pub fn Hint(
    /// Its id, for the field's `aria-describedby`.
    id: &'static str,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    view! { <p class="hint" id=id data-testid=id aria-live="polite">{text}</p> }
}
