//! How many requests are in flight at a time.

use crate::{
    form::{
        fields::number::{BareNumber, NumberError},
        model::{Form, number_fields::NumberField},
    },
    text::text,
    ui::field::FieldGroup,
};
use leptos::prelude::*;

const FIELD: NumberField = NumberField::InFlight;
/// The number offered first: as many connections as a browser opens to one HTTP/1.1 host.
const FIRST_OFFER: &str = "6";
/// The word for all of a round at once.
const ALL: &str = "all";

/// All at once, or at most so many.
#[component]
pub fn InFlight(form: Form) -> impl IntoView {
    let text = text();
    // A list may begin with “all”: the field must not vanish while it is typed.
    let is_typing = RwSignal::new(false);
    let is_all = move || form.text(FIELD) == ALL && !is_typing.get();
    // What was typed comes back with “at most”.
    let typed = StoredValue::new(FIRST_OFFER.to_owned());
    let choose_all = move || {
        let text = untrack(|| form.text(FIELD));
        if text != ALL {
            typed.set_value(text);
        }
        form.type_number(FIELD, ALL.to_owned());
    };
    let choose_most = move || form.type_number(FIELD, typed.get_value());
    view! {
        <FieldGroup label=text.form.in_flight>
            <div class="segments">
                <Segment
                    test_id="in-flight-all"
                    label=text.form.all_at_once
                    chosen=is_all
                    on_choose=choose_all
                />
                <Segment
                    test_id="in-flight-most"
                    label=text.form.at_most
                    chosen=move || !is_all()
                    on_choose=choose_most
                />
                <Show when=move || !is_all()>
                    <BareNumber form field=FIELD name=text.form.lanes has_focus=is_typing />
                </Show>
            </div>
            <NumberError form field=FIELD />
        </FieldGroup>
    }
}

/// One of the two.
#[component]
fn Segment(
    test_id: &'static str,
    label: &'static str,
    #[prop(into)] chosen: Signal<bool>,
    #[prop(into)] on_choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="segment">
            <input
                type="radio"
                name=FIELD.id()
                data-testid=test_id
                prop:checked=chosen
                on:change=move |_| on_choose.run(())
            />
            <span>{label}</span>
        </label>
    }
}
