//! The request beside its address: method, headers, body, credentials.

use crate::{
    form::model::Form,
    text::text,
    ui::el::{El, classed, el},
};
use fetchmark_core::{factors::Credentials, target::Method};
use leptos::prelude::event_target_value;

/// The fields. The body's is there where a body is sent or one is kept.
pub fn request_fields(form: Form) -> El {
    let text = text();
    classed("fieldset", "field request")
        .child(classed("legend", "label").text(text.request.title))
        .child(classed("div", "choices").child(method(form)).child(credentials(form)))
        .child(headers(form))
        .part_if(move || form.method().takes_body() || form.is_body_kept(), move || body(form))
}

fn method(form: Form) -> El {
    let options = Method::ALL
        .iter()
        .map(|&method| option(method.word(), method.word(), move || form.method() == method));
    let select = select("method", options).on("change", move |event| {
        if let Some(method) = Method::from_word(&event_target_value(&event)) {
            form.choose_method(method);
        }
    });
    labelled("method", text().request.method).child(select)
}

fn credentials(form: Form) -> El {
    let text = text();
    let options = Credentials::ALL.iter().map(|&credentials| {
        let (word, _) = (text.request.credentials)(credentials);
        option(credentials.word(), word, move || form.credentials() == credentials)
    });
    let select = select("credentials", options).set("aria-describedby", "credentials-hint").on(
        "change",
        move |event| {
            if let Some(credentials) = Credentials::from_word(&event_target_value(&event)) {
                form.choose_credentials(credentials);
            }
        },
    );
    let hint = classed("p", "hint")
        .set("id", "credentials-hint")
        .words(move || (text.request.credentials)(form.credentials()).1.to_owned());
    labelled("credentials", text.request.credentials_title).child(select).child(hint)
}

fn headers(form: Form) -> El {
    let text = text();
    let area = area("headers", "headers-hint headers-error")
        .bind("aria-invalid", move || form.headers_problem().map(|_| "true".to_owned()))
        .prop("value", move || form.headers())
        .on("input", move |event| form.type_headers(event_target_value(&event)));
    let problem = classed("p", "error")
        .set("id", "headers-error")
        .set("data-testid", "headers-error")
        .set("aria-live", "polite")
        .words(move || {
            form.headers_problem().map_or_else(String::new, |problem| (text.request.header_problem)(&problem))
        });
    labelled("headers", text.request.headers)
        .child(area)
        .child(classed("p", "hint").set("id", "headers-hint").text(text.request.headers_hint))
        .child(problem)
}

fn body(form: Form) -> El {
    let text = text();
    let area = area("body", "body-hint")
        .prop("value", move || form.body())
        .on("input", move |event| form.type_body(event_target_value(&event)));
    let hint = move || {
        if form.is_body_kept() {
            (text.request.body_kept)(form.method().word())
        } else {
            text.request.body_hint.to_owned()
        }
    };
    labelled("body", text.request.body).child(area).child(
        classed("p", "hint")
            .set("id", "body-hint")
            .set("data-testid", "body-hint")
            .set("aria-live", "polite")
            .words(hint),
    )
}

fn labelled(id: &'static str, label: &'static str) -> El {
    classed("div", "field").child(classed("label", "label").set("for", id).text(label))
}

fn area(id: &'static str, described_by: &'static str) -> El {
    classed("textarea", "input input-lines")
        .set("id", id)
        .set("rows", "3")
        .set("spellcheck", "false")
        .set("autocapitalize", "off")
        .set("autocomplete", "off")
        .set("data-testid", id)
        .set("aria-describedby", described_by)
}

fn select(id: &'static str, options: impl IntoIterator<Item = El>) -> El {
    classed("select", "input").set("id", id).set("data-testid", id).children(options)
}

// A select takes its value from its options: they are there after it.
fn option(
    value: &'static str,
    words: &'static str,
    is_chosen: impl Fn() -> bool + Send + Sync + 'static,
) -> El {
    el("option")
        .set("value", value)
        .prop("selected", move || if is_chosen() { "yes" } else { "" }.to_owned())
        .text(words)
}
