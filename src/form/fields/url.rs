//! The addresses.

use crate::{
    form::model::Form,
    js,
    run::default_target::default_target,
    text::text,
    ui::{
        button::Button,
        field::{Field, FieldError, TextInput},
    },
};
use leptos::{prelude::*, task::tick};
use std::time::Duration;

/// The id of the first address's field.
pub const URL: &str = "url";

/// The id of the button that adds one.
const ADD: &str = "add-address";

/// How long after the last key an address counts as typed.
const SETTLES_AFTER: Duration = Duration::from_millis(700);

/// The id of a field of the address at this place.
pub fn id_at(name: &str, at: usize) -> String {
    if at == 0 { name.to_owned() } else { format!("{name}-{}", at + 1) }
}

/// The addresses, and a button for another.
#[component]
pub fn Addresses(
    form: Form,
    /// What an empty first one means, once that is known.
    #[prop(into)]
    default: Signal<Option<String>>,
) -> impl IntoView {
    let words = &text().form;
    let count = Memo::new(move |_| form.addresses());
    let add = move || {
        form.add_address();
        focus_once_shown(id_at(URL, count.get_untracked() - 1));
    };
    let shared = move || {
        let own = form.with_own_settings();
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let sentence = if own.is_empty() { String::new() } else { (words.own_settings)(&own) };
        (count.get() > 1).then(|| view! { <p class="hint" id="shared">{words.shared} " " {sentence}</p> })
    };
    view! {
        {move || {
            let is_one = count.get() == 1;
            (0..count.get()).map(|at| view! { <Address form default at is_one /> }).collect_view()
        }}
        <div class="address-more">
            <Button class="text-button" test_id=ADD id=ADD label=words.add_address on_click=add />
            {shared}
        </div>
    }
}

/// One address; its label where there are several.
#[component]
fn Address(form: Form, default: Signal<Option<String>>, at: usize, is_one: bool) -> impl IntoView {
    let words = &text().form;
    let remove = move || {
        form.remove_address(at);
        focus_once_shown(ADD.to_owned());
    };
    let remove = move || {
        let name = format!("{} {}", words.remove_address, (words.address)(at + 1));
        view! {
            <Button
                class="text-button"
                test_id=id_at("remove", at)
                label=words.remove_address
                name
                on_click=remove
            />
        }
    };
    view! {
        <div class="address">
            <UrlField form default at label=if is_one { words.url.to_owned() } else { (words.address)(at + 1) } />
            {(!is_one).then(|| view! { <LabelField form at /> })}
            {(at > 0).then(remove)}
        </div>
    }
}

/// The field for an address, with what is wrong with it beside it.
#[component]
fn UrlField(form: Form, default: Signal<Option<String>>, at: usize, label: String) -> impl IntoView {
    let text = text();
    let settle_later = StoredValue::new_local(debounce(SETTLES_AFTER, move |()| form.settle_url()));
    let on_type = move |typed: String| {
        form.type_url(at, &typed);
        settle_later.update_value(|settle_later| settle_later(()));
    };
    let hint = move || match default.get() {
        _ if at > 0 => String::new(),
        Some(target) => (text.form.url_hint)(&target),
        None if js::is_from_file() => text.form.url_hint_file.to_owned(),
        None => String::new(),
    };
    let problem = Signal::derive(move || {
        let problem = form.url_problem(at).map(|problem| (text.problems.url)(&problem));
        problem.unwrap_or_default()
    });
    let id = id_at(URL, at);
    let error = format!("{id}-error");
    view! {
        <Field id=id.clone() label class="field field-url">
            <TextInput
                id
                class="input input-url"
                inputmode="url"
                described_by=error.clone()
                value=move || form.url_at(at)
                problem
                on_type
                attr:placeholder=hint
                attr:enterkeyhint="go"
                on:change=move |_| form.settle_url()
            />
            <FieldError id=error problem />
        </Field>
    }
}

/// What the rows of an address are called. Without one it is the address's host.
#[component]
fn LabelField(form: Form, at: usize) -> impl IntoView {
    let text = text();
    let problem = Signal::derive(move || {
        let problem = form.label_problem(at).map(|problem| (text.problems.scenario)(&problem));
        problem.unwrap_or_default()
    });
    let id = id_at("label", at);
    let error = format!("{id}-error");
    view! {
        <Field id=id.clone() label=(text.form.label)(at + 1) class="field field-label">
            <TextInput
                id
                class="input input-url"
                inputmode="text"
                described_by=error.clone()
                value=move || form.label(at).0
                problem
                on_type=move |typed: String| form.type_label(at, &typed)
                attr:placeholder=move || form.label(at).1
            />
            <FieldError id=error problem />
        </Field>
    }
}

fn focus_once_shown(id: String) {
    js::spawn(async move {
        tick().await;
        js::focus(&id);
    });
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
