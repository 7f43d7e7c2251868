//! How many requests are in flight at a time.

use super::{
    lean::{flag, on, part_if},
    number_input::{number_error, raw_number},
};
use crate::{fields::NumberField, form::Form, text::text};
use leptos::{ev::Event, prelude::*};

/// The lanes a person gets who asks for a number and has not given one: what a browser opens to one h1 host.
const FIRST_OFFER: &str = "6";
/// The word for all of a round at once.
const ALL: &str = "all";

/// All at once, or at most so many.
#[component]
pub fn InFlight(
    /// The settings.
    form: Form,
) -> AnyView {
    let text = text();
    let field = NumberField::InFlight;
    let is_all = flag(move || form.text(field).with(|typed| typed == ALL));
    let is_limited = flag(move || !is_all.get());
    let lanes = part_if(is_limited, move || raw_number(form, field, Some(text.what.lanes)));
    view! {
        <fieldset class="field">
            <legend class="label">{text.what.in_flight}</legend>
            <div class="segments">
                {segment(form, is_all, ALL, text.what.all_at_once)}
                {segment(form, is_limited, FIRST_OFFER, text.what.at_most)}
                {lanes}
            </div>
            {number_error(form, field)}
        </fieldset>
    }
    .into_any()
}

fn segment(form: Form, is_chosen: Signal<bool>, sets: &'static str, words: &'static str) -> AnyView {
    let choose = on(move |_: Event| form.type_number(NumberField::InFlight, sets.to_owned()));
    view! {
        <label class="segment">
            <input
                type="radio"
                name="in-flight"
                data-testid=format!("in-flight-{sets}")
                prop:checked=is_chosen
                on:change=choose
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}
