//! The address.

use crate::{
    form::model::Form,
    js,
    run::default_target::default_target,
    text::text,
    ui::field::{Field, FieldError},
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
        Some(target) => (text.what.url_hint)(&target),
        None if js::is_from_file() => text.what.url_hint_file.to_owned(),
        None => String::new(),
    };
    let problem = move || form.url_problem().map(|problem| (text.what.url_problem)(&problem));
    view! {
        <Field id=URL label=text.what.url class="field field-url">
            <AddressInput
                id=URL
                described_by="url-error"
                placeholder=hint
                value=move || form.url()
                invalid=move || form.url_problem().is_some()
                on_type
                on_settle=move || form.settle_url()
            />
            <FieldError id="url-error" problem=move || problem().unwrap_or_default() />
        </Field>
    }
}

/// An input for an address.
#[component]
pub fn AddressInput(
    /// Its id, for its label; tests find it by the same.
    id: &'static str,
    /// The ids of what describes it.
    described_by: &'static str,
    /// What is shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// The address.
    #[prop(into)]
    value: Signal<String>,
    /// Whether the address is one that cannot be used.
    #[prop(into)]
    invalid: Signal<bool>,
    /// Called with what is typed.
    #[prop(into)]
    on_type: Callback<String>,
    /// Called when the person leaves the field.
    #[prop(optional, into)]
    on_settle: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <input
            class="input input-url"
            id=id
            type="text"
            inputmode="url"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            enterkeyhint="go"
            data-testid=id
            aria-describedby=described_by
            placeholder=placeholder
            aria-invalid=move || invalid.get().then_some("true")
            prop:value=value
            on:input=move |event| on_type.run(event_target_value(&event))
            on:change=move |_| {
                if let Some(on_settle) = on_settle {
                    on_settle.run(());
                }
            }
        />
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
