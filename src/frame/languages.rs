//! The choice of languages, each in its own words.

use crate::{
    form::model::Form,
    text::{self, Text},
};
use fetchmark_core::scenario::params::{self, Language};
use leptos::prelude::*;

/// A button for each language; the link remembers the choice.
#[component]
pub fn Languages(current: RwSignal<&'static Text>, form: Form) -> impl IntoView {
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
                aria-pressed=move || (current.get().language == language).to_string()
                on:click=choose
            >
                {own_name(language)}
            </button>
        }
    };
    view! {
        <nav class="languages" aria-label=move || current.get().choose_language>
            {Language::ALL.iter().map(button).collect_view()}
        </nav>
    }
}

/// The language of an address with this query, or else the first of the browser's that the page speaks, or else English.
pub fn of_address(query: &str) -> Language {
    let preferred = || {
        window().navigator().languages().iter().find_map(|tag| {
            // “ko-KR” is Korean as written in Korea.
            Language::from_word(tag.as_string()?.split('-').next()?)
        })
    };
    params::language(query).or_else(preferred).unwrap_or(Language::English)
}

fn own_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Korean => "한국어",
    }
}
