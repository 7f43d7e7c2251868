//! How many requests are in flight at a time.

use crate::{
    form::{
        fields::number::{number_error, raw_number},
        model::Form,
        number_fields::NumberField,
    },
    text::text,
    ui::el::{El, classed, el},
};
use leptos::prelude::*;
use std::{cell::RefCell, rc::Rc};

const FIELD: NumberField = NumberField::InFlight;
/// The lanes a person gets who asks for a number and has not given one: what a browser opens to one h1 host.
const FIRST_OFFER: &str = "6";
/// The word for all of a round at once.
const ALL: &str = "all";

/// All at once, or at most so many.
pub fn in_flight(form: Form) -> El {
    let text = text();
    // A list may begin with “all”: the field stays under who types it.
    let is_typing = RwSignal::new(false);
    let is_all = move || form.text(FIELD) == ALL && !is_typing.get();
    let field = move || {
        raw_number(form, FIELD)
            .set("aria-label", text.what.lanes)
            .on("focus", move |_| is_typing.set(true))
            .on("blur", move |_| is_typing.set(false))
    };
    // What was typed comes back with “at most”.
    let typed = Rc::new(RefCell::new(FIRST_OFFER.to_owned()));
    let kept = typed.clone();
    let choose_all = move || {
        let text = untrack(move || form.text(FIELD));
        if text != ALL {
            kept.replace(text);
        }
        ALL.to_owned()
    };
    let segments = classed("div", "segments")
        .child(segment(form, "all", text.what.all_at_once, is_all, choose_all))
        .child(segment(form, "most", text.what.at_most, move || !is_all(), move || typed.borrow().clone()))
        .part_if(move || !is_all(), field);
    classed("fieldset", "field")
        .child(classed("legend", "label").text(text.what.in_flight))
        .child(segments)
        .child(number_error(form, FIELD))
}

fn segment(
    form: Form,
    name: &'static str,
    words: &'static str,
    is_chosen: impl Fn() -> bool + Send + Sync + 'static,
    sets: impl Fn() -> String + 'static,
) -> El {
    let radio = el("input")
        .set("type", "radio")
        .set("name", FIELD.id())
        .set("data-testid", &format!("in-flight-{name}"))
        .prop("checked", move || if is_chosen() { "yes" } else { "" }.to_owned())
        .on("change", move |_| form.type_number(FIELD, sets()));
    classed("label", "segment").child(radio).child(el("span").text(words))
}
