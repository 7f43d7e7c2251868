//! The options few people touch, folded.

use super::{lean::part, number_input::NumberInput};
use crate::{fields::NumberField, form::Form, link, text::text};
use leptos::prelude::*;

/// Warm-up, time-out, seed, and what the link set besides.
#[component]
pub fn MoreOptions(
    /// The settings.
    form: Form,
) -> AnyView {
    let text = text();
    let from_link = part(move || {
        let rest = link::without_fields(&form.params());
        (!rest.is_empty())
            .then(|| view! { <p class="hint">{text.what.from_link}" "<code>{rest}</code></p> }.into_any())
    });
    view! {
        <details class="fold">
            <summary>{text.what.more}</summary>
            <div class="numbers">
                <NumberInput form field=NumberField::Warmup label=text.what.warmup />
                <NumberInput form field=NumberField::Timeout label=text.what.timeout unit=text.what.seconds />
                <NumberInput form field=NumberField::Seed label=text.what.seed />
            </div>
            {from_link}
        </details>
    }
    .into_any()
}
