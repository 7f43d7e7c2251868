//! The address.

use crate::{
    form::model::Form,
    js,
    run::default_target::default_target,
    text::text,
    ui::field::{Field, FieldError, TextInput},
};
use leptos::prelude::*;
use std::time::Duration;

/// The id of the field.
pub const URL: &str = "url";

/// How long after the last key an address counts as typed.
const SETTLES_AFTER: Duration = Duration::from_millis(700);

/// The field for the address, with what is wrong with it beside it.
#[component]
pub fn UrlField(
    form: Form,
    /// What an empty field means, once that is known.
    #[prop(into)]
    default: Signal<Option<String>>,
) -> impl IntoView {
    let text = text();
    let settle_later = StoredValue::new_local(debounce(SETTLES_AFTER, move |()| form.settle_url()));
    let on_type = move |typed: String| {
        form.type_url(&typed);
        settle_later.update_value(|settle_later| settle_later(()));
    };
    let hint = move || match default.get() {
        Some(target) => (text.form.url_hint)(&target),
        None if js::is_from_file() => text.form.url_hint_file.to_owned(),
        None => String::new(),
    };
    let problem = Signal::derive(move || {
        let problem = form.url_problem().map(|problem| (text.problems.url)(&problem));
        problem.unwrap_or_default()
    });
    view! {
        <Field id=URL label=text.form.url class="field field-url">
            <TextInput
                id=URL
                class="input input-url"
                inputmode="url"
                described_by="url-error"
                value=move || form.url()
                problem
                on_type
                attr:placeholder=hint
                attr:enterkeyhint="go"
                on:change=move |_| form.settle_url()
            />
            <FieldError id="url-error" problem />
        </Field>
    }
}

/// What an empty address means. It is asked for only where the address is empty: the lab counts requests, and a link with an address
/// needs no default.
pub fn default_address(form: Form) -> Signal<Option<String>> {
    let found = RwSignal::new(None);
    let is_needed = Memo::new(move |_| form.url().is_empty());
    Effect::new(move || {
        if is_needed.get() && found.read_untracked().is_none() {
            js::spawn(async move {
                found.try_set(default_target().await);
            });
        }
    });
    found.into()
}
