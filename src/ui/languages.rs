//! The choice of languages, each in its own words.

use crate::{
    form::model::Form,
    text::{self, Text},
    ui::el::{El, classed},
};
use fetchmark_core::language::Language;
use leptos::prelude::*;

/// A button for each language; the link remembers the choice.
pub fn languages(current: RwSignal<&'static Text>, form: Form) -> El {
    let buttons = Language::ALL.iter().map(|&language| {
        classed("button", "language")
            .set("type", "button")
            .set("lang", language.word())
            .set("data-testid", language.word())
            .bind("aria-pressed", move || Some((current.get().speaks == language).to_string()))
            .text(own_name(language))
            .on("click", move |_| {
                text::speak(current, language);
                form.choose_language(language);
            })
    });
    classed("nav", "languages")
        .bind("aria-label", move || Some(current.get().language.to_owned()))
        .children(buttons)
}

/// A language's own name.
fn own_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Korean => "한국어",
    }
}
