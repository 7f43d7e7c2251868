//! Which clients, in which lifecycle: one pair of toggles per client.

use crate::{
    form::{choices, model::Form},
    text::text,
    ui::el::{El, classed},
};
use fetchmark_core::{client::Client, factors::Lifecycle};
use leptos::prelude::untrack;

/// The chips. The first chosen one is the baseline of every comparison.
pub fn client_chips(form: Form) -> El {
    let text = text();
    // The order is settled when the page opens, so that a chip never moves under the finger that presses it.
    let clients = untrack(move || choices::listed(&form.scenario()));
    let problem = classed("p", "error")
        .set("id", "clients-error")
        .set("tabindex", "-1")
        .set("aria-live", "polite")
        .words(move || if form.has_variants() { String::new() } else { text.what.no_variant.to_owned() });
    classed("fieldset", "field")
        .set("aria-describedby", "clients-error")
        .child(classed("legend", "label").text(text.what.clients))
        .child(classed("div", "chip-rows").children(clients.into_iter().map(|client| chip_row(form, client))))
        .child(problem)
}

fn chip_row(form: Form, client: Client) -> El {
    let chips = Lifecycle::ALL
        .iter()
        .zip(text().what.lifecycle)
        .map(|(&lifecycle, word)| chip(form, client, lifecycle, word));
    classed("div", "chip-row").child(classed("span", "chip-client").text(client.name())).children(chips)
}

fn chip(form: Form, client: Client, lifecycle: Lifecycle, word: &'static str) -> El {
    let what = (text().built)(client, lifecycle);
    classed("button", "chip")
        .set("type", "button")
        .set("title", what)
        .set("aria-label", &(text().what.chip)(client.name(), word))
        .set("data-testid", &format!("chip-{}-{lifecycle}", client.name()))
        .bind("aria-pressed", move || Some(form.is_chosen(client, lifecycle).to_string()))
        .on("click", move |_| form.toggle(client, lifecycle))
        .text(word)
}
