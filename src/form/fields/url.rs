use crate::{
    form::model::Form,
    js,
    run::default_target::default_target,
    text::text,
    ui::{
        button::Button,
        field::{Field, FieldError, Hint, TextInput},
    },
};
use leptos::{prelude::*, task::tick};
use std::time::Duration;

pub const URL: &str = "url";

const ADD: &str = "add-address";

/// How long after the last key an address counts as typed.
const SETTLES_AFTER: Duration = Duration::from_millis(700);

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
    let hint = Signal::derive(move || match default.get() {
        _ if at > 0 => String::new(),
        Some(target) => (words.url_hint)(&target),
        None if js::is_from_file() => words.url_hint_file.to_owned(),
        None => String::new(),
    });
    let number = at + 1;
    let name = if is_one { words.url.to_owned() } else { (words.address)(number) };
    let label = (!is_one).then(|| {
        let hint = Signal::derive(move || form.label(at).1);
        view! { <AddressField form part=Part::Label at label=(words.label)(number) hint /> }
    });
    let remove = (at > 0).then(|| {
        let (test_id, of_one) = (id_at("remove", at), format!("{} {name}", words.remove_address));
        view! { <Button class="text-button" test_id label=words.remove_address name=of_one on_click=remove /> }
    });
    view! { <div class="address"><AddressField form part=Part::Url at label=name hint /> {label} {remove}</div> }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Url,
    /// What its rows are called; without one, the address's host.
    Label,
    /// Where its cold variants go.
    ColdUrl,
}

#[component]
pub fn AddressField(
    form: Form,
    part: Part,
    at: usize,
    label: String,
    /// What an empty field means.
    #[prop(optional)]
    hint: Signal<String>,
) -> impl IntoView {
    let text = text();
    let settle_later = StoredValue::new_local(debounce(SETTLES_AFTER, move |()| form.settle_url()));
    let on_type = move |typed: String| match part {
        Part::Url => {
            form.type_url(at, &typed);
            settle_later.update_value(|settle_later| settle_later(()));
        }
        Part::Label => form.type_label(at, &typed),
        Part::ColdUrl => form.type_cold_url(at, &typed),
    };
    let value = move || match part {
        Part::Url => form.url_at(at),
        Part::Label => form.label(at).0,
        Part::ColdUrl => form.cold_url(at),
    };
    let problem = Signal::derive(move || {
        let problem = match part {
            Part::Url => form.url_problem(at).map(|problem| (text.problems.url)(&problem)),
            Part::Label => form.label_problem(at).map(|problem| (text.problems.scenario)(&problem)),
            Part::ColdUrl => form.is_cold_impossible(at).then(|| text.form.cold_impossible.to_owned()),
        };
        problem.unwrap_or_default()
    });
    let (name, class) = match part {
        Part::Url => (URL, "field field-url"),
        Part::Label => ("label", "field field-label"),
        Part::ColdUrl => ("cold-url", "field field-url"),
    };
    let id = id_at(name, at);
    let error = format!("{id}-error");
    let cold_hint = (part == Part::ColdUrl && at == 0)
        .then(|| view! { <Hint id="cold-url-hint" text=text.form.cold_hint /> });
    view! {
        <Field id=id.clone() label class>
            <TextInput
                id
                class="input input-url"
                inputmode=if part == Part::Label { "text" } else { "url" }
                described_by=if part == Part::ColdUrl { format!("cold-url-hint {error}") } else { error.clone() }
                value
                problem
                on_type
                attr:placeholder=hint
                attr:enterkeyhint="go"
                on:change=move |_| form.settle_url()
            />
            {cold_hint}
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
