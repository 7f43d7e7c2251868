//! The languages that there are.

use crate::{en::EN, ko::KO, words::Text};
use fetchmark_core::language::Language;

/// The words of a language.
pub fn in_language(language: Language) -> &'static Text {
    match language {
        Language::English => &EN,
        Language::Korean => &KO,
    }
}
