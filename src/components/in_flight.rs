//! How many requests are in flight at a time.

use super::{
    el::{El, classed, el},
    number_input::{number_error, raw_number},
};
use crate::{fields::NumberField, form::Form, text::start};

const FIELD: NumberField = NumberField::InFlight;
/// The lanes a person gets who asks for a number and has not given one: what a browser opens to one h1 host.
const FIRST_OFFER: &str = "6";
/// The word for all of a round at once.
const ALL: &str = "all";

/// All at once, or at most so many.
pub fn in_flight(form: Form) -> El {
    let text = start();
    let is_all = move || form.text(FIELD) == ALL;
    let segments = classed("div", "segments")
        .child(segment(form, ALL, text.what.all_at_once, is_all))
        .child(segment(form, FIRST_OFFER, text.what.at_most, move || !is_all()))
        .part_if(move || !is_all(), move || raw_number(form, FIELD).set("aria-label", text.what.lanes));
    classed("fieldset", "field")
        .child(classed("legend", "label").text(text.what.in_flight))
        .child(segments)
        .child(number_error(form, FIELD))
}

fn segment(
    form: Form,
    sets: &'static str,
    words: &'static str,
    is_chosen: impl Fn() -> bool + Send + Sync + 'static,
) -> El {
    let radio = el("input")
        .set("type", "radio")
        .set("name", FIELD.id())
        .set("data-testid", &format!("in-flight-{sets}"))
        .prop("checked", move || if is_chosen() { "yes" } else { "" }.to_owned())
        .on("change", move |_| form.type_number(FIELD, sets.to_owned()));
    classed("label", "segment").child(radio).child(el("span").text(words))
}
