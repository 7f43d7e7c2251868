//! How far away the lab is to be, where the lab beside the page offers a distance.

use crate::{
    form::{model::Form, presets::fill_cold_url},
    js,
    run::{far, lab::LAB},
    text::text,
    ui::{button::Chip, field::FieldGroup},
};
use leptos::prelude::*;

/// Near or far. It is there while the lab is what is measured.
#[component]
pub fn DistanceChoice(
    form: Form,
    /// What an empty address means, once that is known.
    #[prop(into)]
    default: Signal<Option<String>>,
) -> impl IntoView {
    let words = &text().form;
    let offer = RwSignal::new(None);
    Effect::new(move || {
        let is_lab = default.with(|target| target.as_ref().is_some_and(|target| target.ends_with(LAB)));
        if is_lab && offer.read_untracked().is_none() {
            js::spawn(async move {
                offer.try_set(far::find().await);
            });
        }
    });
    move || {
        let far = offer.get()?;
        let is_far = move || offer.with(|far| far.as_ref().is_some_and(|far| far.has(&form.url())));
        let choose = move |address: String| {
            form.type_url(0, &address);
            form.settle_url();
            fill_cold_url(form);
        };
        let is_lab = move || form.addresses() == 1 && (form.url().is_empty() || is_far());
        let address = StoredValue::new(far.address(LAB));
        let away = StoredValue::new((words.away)(&far.distance.rtt_ms.to_string()));
        Some(view! {
            <Show when=is_lab>
                <FieldGroup label=words.distance>
                    <div class="chip-row">
                        <Chip
                            test_id="distance-near"
                            label=words.near
                            title=words.near_title
                            pressed=move || !is_far()
                            on_click=move || choose(String::new())
                        />
                        <Chip
                            test_id="distance-far"
                            label=away.get_value()
                            title=words.away_title
                            pressed=is_far
                            on_click=move || choose(address.get_value())
                        />
                    </div>
                </FieldGroup>
            </Show>
        })
    }
}
