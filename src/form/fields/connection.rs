//! What requests may do about their connection: the other factor beside the client's lifecycle.

use crate::{
    form::model::Form,
    text::text,
    ui::el::{El, classed},
};
use fetchmark_core::factors::Connection;
use leptos::prelude::*;

/// Two toggles, and where cold connections come from once they are chosen.
pub fn connection_choice(form: Form) -> El {
    let text = text();
    let chips = Connection::ALL.iter().zip(text.what.connection).map(|(&connection, (word, what))| {
        classed("button", "chip")
            .set("type", "button")
            .set("title", what)
            .set("data-testid", &format!("connection-{connection}"))
            .bind("aria-pressed", move || Some(form.has_connection(connection).to_string()))
            .on("click", move |_| form.toggle_connection(connection))
            .text(word)
    });
    classed("fieldset", "field")
        .child(classed("legend", "label").text(text.what.connections))
        .child(classed("div", "chip-row").children(chips))
        .part_if(move || form.has_connection(Connection::Cold), move || cold_address(form))
}

/// The address that cold variants go to, with what is wrong with it beside it.
fn cold_address(form: Form) -> El {
    let text = text();
    let input = classed("input", "input input-url")
        .set("id", "cold-url")
        .set("type", "text")
        .set("inputmode", "url")
        .set("spellcheck", "false")
        .set("autocapitalize", "off")
        .set("autocomplete", "off")
        .set("data-testid", "cold-url")
        .set("aria-describedby", "cold-url-hint cold-url-error")
        .bind("aria-invalid", move || form.is_cold_impossible().then(|| "true".to_owned()))
        .prop("value", move || form.cold_url())
        .on("input", move |event| form.type_cold_url(&event_target_value(&event)));
    let problem =
        classed("p", "error")
            .set("id", "cold-url-error")
            .set("data-testid", "cold-url-error")
            .set("aria-live", "polite")
            .words(move || {
                if form.is_cold_impossible() { text.what.cold_impossible.to_owned() } else { String::new() }
            });
    classed("div", "field field-url")
        .child(classed("label", "label").set("for", "cold-url").text(text.what.cold_url))
        .child(input)
        .child(classed("p", "hint").set("id", "cold-url-hint").text(text.what.cold_hint))
        .child(problem)
}
