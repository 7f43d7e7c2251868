//! The choice of languages, each in its own words.

use super::el::{El, classed};
use crate::{form::Form, text::Text};
use fetchmark_core::language::Language;
use leptos::prelude::*;

/// A button for each language; the link remembers the choice.
pub fn languages(current: RwSignal<&'static Text>, form: Form) -> El {
    let buttons = Language::ALL.iter().map(|&language| {
        let text = Text::of(language);
        classed("button", "language")
            .set("type", "button")
            .set("lang", text.tag)
            .set("data-testid", language.word())
            .bind("aria-pressed", move || Some((current.get().tag == text.tag).to_string()))
            .text(text.own_name)
            .on("click", move |_| {
                // Made anew, the page would lose what is unfolded and sorted.
                if current.get_untracked().tag != text.tag {
                    current.set(text);
                }
                form.choose_language(language);
            })
    });
    classed("nav", "languages")
        .bind("aria-label", move || Some(current.get().language.to_owned()))
        .children(buttons)
}
