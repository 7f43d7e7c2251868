//! The choice of languages, each in its own words.

use crate::{
    form::model::Form,
    text::{self, Text},
};
use fetchmark_core::language::Language;
use leptos::prelude::*;

/// A button for each language; the link remembers the choice.
#[component]
pub fn Languages(
    /// The language that the page speaks.
    current: RwSignal<&'static Text>,
    /// The form, whose link remembers the choice.
    form: Form,
) -> impl IntoView {
    let button = move |&language: &Language| {
        let choose = move |_| {
            text::speak(current, language);
            form.choose_language(language);
        };
        view! {
            <button
                type="button"
                class="language"
                lang=language.word()
                data-testid=language.word()
                aria-pressed=move || (current.get().speaks == language).to_string()
                on:click=choose
            >
                {own_name(language)}
            </button>
        }
    };
    view! {
        <nav class="languages" aria-label=move || current.get().language>
            {Language::ALL.iter().map(button).collect_view()}
        </nav>
    }
}

/// A language's own name.
fn own_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Korean => "한국어",
    }
}
