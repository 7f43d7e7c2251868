//! The options few people touch, folded.

use super::{
    el::{El, classed, el},
    number_input::number_input,
    request_fields::request_fields,
};
use crate::{fields::NumberField, form::Form, later::Later, link, step::Step, text::start};

/// The fold; what is in it comes with the rest of the page.
pub fn more_options(later: Later) -> El {
    let text = start();
    classed("details", "fold")
        .child(el("summary").text(text.what.more))
        .part_if(move || !later.is_shown(Step::Request), || classed("p", "hint").text(text.later.waiting))
        .child(later.rest_part(Step::Request, |rest| rest.option_fields()))
}

/// The request's own fields, warm-up, time-out, seed, margin, thread, the A/A pair, and what the link set besides.
pub fn option_fields(form: Form, later: Later) -> El {
    classed("div", "bare")
        .child(request_fields(form))
        .child(later.part(Step::Options, move || other_options(form)))
}

fn other_options(form: Form) -> El {
    let text = start();
    let numbers = classed("div", "numbers")
        .child(number_input(form, NumberField::Warmup, text.what.warmup, ""))
        .child(number_input(form, NumberField::Timeout, text.what.timeout, text.what.seconds))
        .child(number_input(form, NumberField::Seed, text.what.seed, ""))
        .child(number_input(form, NumberField::Margin, text.what.margin, "%"));
    let toggles = classed("div", "chip-row")
        .child(
            toggle("thread", text.what.on_main, move || form.is_on_main())
                .on("click", move |_| form.toggle_main()),
        )
        .child(
            toggle("aa", text.what.again, move || form.has_again()).on("click", move |_| form.toggle_again()),
        );
    let from_link = move || {
        let rest = link::without_fields(&form.params());
        let hint = classed("p", "hint").text(text.what.from_link).text(" ");
        (!rest.is_empty()).then(|| hint.child(el("code").text(&rest)))
    };
    classed("div", "bare").child(numbers).child(toggles).part(from_link)
}

fn toggle(
    test_id: &'static str,
    (word, what): (&'static str, &'static str),
    is_on: impl Fn() -> bool + Send + Sync + 'static,
) -> El {
    classed("button", "chip")
        .set("type", "button")
        .set("title", what)
        .set("data-testid", test_id)
        .bind("aria-pressed", move || Some(is_on().to_string()))
        .text(word)
}
