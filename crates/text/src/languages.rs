//! The languages that there are.

use crate::{
    en::{self, EN},
    ko::{self, KO},
    words::{Refusal, Text},
};
use fetchmark_core::scenario::params::Language;

/// The words of a language.
pub fn in_language(language: Language) -> &'static Text {
    match language {
        Language::English => &EN,
        Language::Korean => &KO,
    }
}

/// Why a report is refused, in a language. No [`Text`] holds these sentences: the page shows them and does not know the errors
/// (docs/decisions/0021-what-ordinary-leptos-weighs.md).
pub fn why_refused(refusal: &Refusal, language: Language) -> String {
    match language {
        Language::English => en::refusal(refusal),
        Language::Korean => ko::refusal(refusal),
    }
}
