//! The request beside its address: method, headers, body, credentials.

use crate::{
    form::model::Form,
    text::text,
    ui::{
        field::{Field, FieldError, FieldGroup, Hint},
        select::Select,
    },
};
use fetchmark_core::{request::target::Method, scenario::factors::Credentials};
use leptos::prelude::*;

#[component]
pub fn RequestFields(form: Form) -> impl IntoView {
    let text = text();
    view! {
        <FieldGroup label=text.request.title class="field request">
            <div class="choices">
                <MethodField form />
                <CredentialsField form />
            </div>
            <HeadersField form />
            <Show when=move || form.method().takes_body() || form.is_body_kept()>
                <BodyField form />
            </Show>
        </FieldGroup>
    }
}

#[component]
fn MethodField(form: Form) -> impl IntoView {
    let choose = move |word: String| {
        if let Some(method) = Method::from_word(&word) {
            form.choose_method(method);
        }
    };
    view! {
        <Field id="method" label=text().request.method>
            <Select
                id="method"
                options=Method::ALL.iter().map(|method| (method.word().to_owned(), method.word().to_owned())).collect()
                value=move || form.method().word().to_owned()
                on_choose=choose
            />
        </Field>
    }
}

#[component]
fn CredentialsField(form: Form) -> impl IntoView {
    let words = text().request.credentials;
    let credentials = move || form.with(|scenario| scenario.target.credentials);
    let choose = move |word: String| {
        if let Some(credentials) = Credentials::from_word(&word) {
            form.edit(|scenario| scenario.target.credentials = credentials);
        }
    };
    view! {
        <Field id="credentials" label=text().request.credentials_title>
            <Select
                id="credentials"
                options=Credentials::ALL.iter().map(|&mode| (mode.word().to_owned(), words(mode).0.to_owned())).collect()
                value=move || credentials().word().to_owned()
                on_choose=choose
                described_by="credentials-hint"
            />
            <Hint id="credentials-hint" text=move || words(credentials()).1.to_owned() />
        </Field>
    }
}

#[component]
fn HeadersField(form: Form) -> impl IntoView {
    let text = text();
    let problem = move || form.headers_problem().map(|problem| (text.problems.header)(&problem));
    view! {
        <Field id="headers" label=text.request.headers>
            <Lines
                id="headers"
                described_by="headers-hint headers-error"
                value=move || form.headers()
                invalid=move || form.headers_problem().is_some()
                on_type=move |typed: String| form.type_headers(typed)
            />
            <Hint id="headers-hint" text=text.request.headers_hint />
            <FieldError id="headers-error" problem=move || problem().unwrap_or_default() />
        </Field>
    }
}

#[component]
fn BodyField(form: Form) -> impl IntoView {
    let text = text();
    let hint = move || {
        if form.is_body_kept() {
            (text.request.body_kept)(form.method().word())
        } else {
            text.request.body_hint.to_owned()
        }
    };
    view! {
        <Field id="body" label=text.request.body>
            <Lines
                id="body"
                described_by="body-hint"
                value=move || form.body()
                on_type=move |typed: String| form.type_body(typed)
            />
            <Hint id="body-hint" text=hint />
        </Field>
    }
}

/// An input of several lines.
#[component]
fn Lines(
    /// Its id, which its label refers to, and its `data-testid`.
    id: &'static str,
    /// The ids of what describes it.
    described_by: &'static str,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] invalid: Signal<bool>,
    #[prop(into)] on_type: Callback<String>,
) -> impl IntoView {
    view! {
        <textarea
            class="input input-lines"
            id=id
            rows="3"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            data-testid=id
            aria-describedby=described_by
            aria-invalid=move || invalid.get().then_some("true")
            prop:value=value
            on:input=move |event| on_type.run(event_target_value(&event))
        />
    }
}
