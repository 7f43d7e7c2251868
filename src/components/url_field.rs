//! The address.

use super::lean::{attribute, on, words};
use crate::{default_target::default_target, form::Form, js, text::text};
use leptos::{ev::Event, prelude::*, task::spawn_local};

/// How long after the last key an address counts as typed, in ms.
const SETTLES_AFTER_MS: i32 = 700;

/// The field for the address, with what is wrong with it beside it.
#[component]
pub fn UrlField(
    /// The settings.
    form: Form,
) -> AnyView {
    let text = text();
    let hint = RwSignal::new(String::new());
    // Asked only where the answer is shown: the lab counts requests, and a link with an address needs no default.
    if untrack(move || form.url().is_empty()) {
        spawn_local(async move {
            let hint_text = match default_target().await {
                Some(target) => (text.what.url_hint)(&target),
                None => text.what.url_hint_file.to_owned(),
            };
            hint.try_set(hint_text);
        });
    }
    let typed = RwSignal::new(0_u32);
    let on_input = on(move |event: Event| {
        form.type_url(&event_target_value(&event));
        typed.update(|count| *count += 1);
        let this = typed.get_untracked();
        spawn_local(async move {
            js::later_task(SETTLES_AFTER_MS).await;
            if typed.try_get_untracked() == Some(this) {
                form.settle_url();
            }
        });
    });
    let on_change = on(move |_: Event| form.settle_url());
    let is_invalid = attribute(move || form.url_problem().map(|_| "true".to_owned()));
    let problem = words(move || form.url_problem().map_or_else(String::new, |problem| (text.what.url_problem)(&problem)));
    view! {
        <div class="field field-url">
            <label class="label" for="url">{text.what.url}</label>
            <input
                id="url"
                class="input input-url"
                type="text"
                inputmode="url"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                enterkeyhint="go"
                data-testid="url"
                placeholder=words(move || hint.get())
                aria-describedby="url-error"
                aria-invalid=is_invalid
                prop:value=words(move || form.url())
                on:input=on_input
                on:change=on_change
            />
            <p id="url-error" class="error" aria-live="polite" data-testid="url-error">{problem}</p>
        </div>
    }
    .into_any()
}
