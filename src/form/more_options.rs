//! The options few people touch, folded.

use crate::{
    form::{
        fields::{number::number_input, request::request_fields},
        link,
        model::Form,
        number_fields::NumberField,
    },
    text::text,
    ui::el::{El, classed, el},
};
use fetchmark_core::factors::Thread;

/// The request's own fields, warm-up, time-out, seed, margin, thread, the A/A pair, and what the link set besides.
pub fn more_options(form: Form) -> El {
    classed("details", "fold")
        .child(el("summary").text(text().what.more))
        .child(request_fields(form))
        .child(other_options(form))
}

fn other_options(form: Form) -> El {
    let text = text();
    let options = &text.options;
    let numbers = classed("div", "numbers")
        .child(number_input(form, NumberField::Warmup, options.warmup, ""))
        .child(number_input(form, NumberField::Timeout, options.timeout, options.seconds))
        .child(number_input(form, NumberField::Seed, options.seed, ""))
        .child(number_input(form, NumberField::Margin, options.margin, "%"));
    let threads = Thread::ALL.iter().zip(["thread-worker", "thread-main"]).zip(options.thread);
    let threads = threads.map(|((&thread, test_id), words)| {
        toggle(test_id, words, move || form.has_thread(thread))
            .on("click", move |_| form.toggle_thread(thread))
    });
    let toggles = classed("div", "chip-row").children(threads).child(
        toggle("aa", options.again, move || form.has_again()).on("click", move |_| form.toggle_again()),
    );
    let from_link = move || {
        let rest = link::without_fields(&form.params());
        let hint = classed("p", "hint").text(options.from_link).text(" ");
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
