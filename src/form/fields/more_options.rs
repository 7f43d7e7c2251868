//! The options few people touch, folded.

use crate::{
    form::{
        fields::{number::NumberInput, request::RequestFields},
        link,
        model::{Form, choices, number_fields::NumberField},
    },
    text::text,
    ui::{button::Chip, card::Fold},
};
use fetchmark_core::scenario::factors::Thread;
use leptos::prelude::*;

/// The request's own fields, warm-up, time-out, seed, margin, thread, the A/A pair, and what the link set besides.
#[component]
pub fn MoreOptions(form: Form) -> impl IntoView {
    let text = text();
    let options = &text.options;
    let thread_chip = move |(&thread, (label, title))| {
        view! {
            <Chip
                test_id=format!("thread-{thread}")
                label
                title
                pressed=move || form.with(|scenario| scenario.thread.contains(&thread))
                on_click=move || form.edit(|scenario| choices::toggle_of_two(Thread::ALL, &mut scenario.thread, thread))
            />
        }
    };
    let (again, again_title) = options.again;
    view! {
        <Fold summary=text.form.more>
            <RequestFields form />
            <div class="numbers">
                <NumberInput form field=NumberField::Warmup label=options.warmup />
                <NumberInput form field=NumberField::Timeout label=options.timeout unit=options.seconds />
                <NumberInput form field=NumberField::Seed label=options.seed />
                <NumberInput form field=NumberField::Margin label=options.margin unit="%" />
            </div>
            <div class="chip-row">
                {Thread::ALL.iter().zip(options.thread).map(thread_chip).collect_view()}
                <Chip
                    test_id="aa"
                    label=again
                    title=again_title
                    pressed=move || form.with(|scenario| scenario.aa)
                    on_click=move || form.edit(|scenario| scenario.aa = !scenario.aa)
                />
            </div>
            <FromLink form />
        </Fold>
    }
}

/// Settings that came with the link and have no field of their own.
#[component]
fn FromLink(form: Form) -> impl IntoView {
    let words = &text().options;
    move || {
        let rest = link::without_fields(&form.params());
        (!rest.is_empty()).then(|| view! { <p class="hint">{words.from_link} " " <code>{rest}</code></p> })
    }
}
