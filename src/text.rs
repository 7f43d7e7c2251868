//! The page's language: the words of `fetchmark_text` for the views below.

use fetchmark_core::scenario::params::Language;
use leptos::prelude::*;

pub use fetchmark_text::*;

/// The words of the page's language, from the nearest context; English where none was given.
pub fn text() -> &'static Text {
    use_context::<&'static Text>().unwrap_or(&EN)
}

/// Has the page speak a language. One that it speaks already changes nothing: made anew, the page would lose what is unfolded and sorted.
pub fn speak(current: RwSignal<&'static Text>, language: Language) {
    if current.get_untracked().language != language {
        current.set(in_language(language));
    }
}
