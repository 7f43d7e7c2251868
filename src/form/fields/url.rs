//! The address.

use crate::{
    form::model::Form,
    js,
    run::default_target::default_target,
    text::{Text, text},
    ui::el::{El, classed},
};
use leptos::prelude::*;
use std::{cell::Cell, rc::Rc};

/// How long after the last key an address counts as typed, in ms.
const SETTLES_AFTER_MS: i32 = 700;

/// The field for the address, with what is wrong with it beside it.
pub fn url_field(form: Form) -> El {
    let text = text();
    let typed = Rc::new(Cell::new(0_u32));
    let hint = RwSignal::new(String::new());
    if untrack(move || form.url().is_empty()) {
        ask_hint(text, hint);
    }
    let on_input = move |event| {
        let url = event_target_value(&event);
        if url.is_empty() {
            ask_hint(text, hint);
        }
        form.type_url(&url);
        let this = typed.get() + 1;
        typed.set(this);
        let typed = typed.clone();
        js::spawn(async move {
            js::later_task(SETTLES_AFTER_MS).await;
            if typed.get() == this {
                form.settle_url();
            }
        });
    };
    let input = classed("input", "input input-url")
        .set("id", "url")
        .set("type", "text")
        .set("inputmode", "url")
        .set("spellcheck", "false")
        .set("autocapitalize", "off")
        .set("autocomplete", "off")
        .set("enterkeyhint", "go")
        .set("data-testid", "url")
        .set("aria-describedby", "url-error")
        .bind("placeholder", move || Some(hint.get()))
        .bind("aria-invalid", move || form.url_problem().map(|_| "true".to_owned()))
        .prop("value", move || form.url())
        .on("input", on_input)
        .on("change", move |_| form.settle_url());
    let problem = classed("p", "error")
        .set("id", "url-error")
        .set("data-testid", "url-error")
        .set("aria-live", "polite")
        .words(move || {
            form.url_problem().map_or_else(String::new, |problem| (text.what.url_problem)(&problem))
        });
    classed("div", "field field-url")
        .child(classed("label", "label").set("for", "url").text(text.what.url))
        .child(input)
        .child(problem)
}

/// What an empty field means. It is asked for only where it is seen: the lab counts requests, and a link with an
/// address needs no default.
fn ask_hint(text: &'static Text, hint: RwSignal<String>) {
    if !hint.read_untracked().is_empty() {
        return;
    }
    js::spawn(async move {
        hint.try_set(match default_target().await {
            Some(target) => (text.what.url_hint)(&target),
            None => text.what.url_hint_file.to_owned(),
        });
    });
}
