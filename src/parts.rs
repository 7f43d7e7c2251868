//! The parts that a release build cuts the page's wasm into: what shows the form comes first, these load when they are needed.
//!
//! Each function here is where a part begins: it holds all that nothing else reaches. Without the feature `split`, as in a plain
//! `trunk build`, the page is whole and nothing loads later.

use crate::{rest::Make, text::Start};
use fetchmark_core::language::Language;

/// A part could not be loaded; the browser's console says why.
#[derive(Clone, Copy, Debug)]
pub struct NotLoaded;

/// Whether the page is in parts.
pub const ARE_APART: bool = cfg!(feature = "split");

/// Loads the rest of the page.
///
/// # Errors
/// [`NotLoaded`]; asked again, it is tried again.
pub async fn rest() -> Result<Make, NotLoaded> {
    #[cfg(feature = "split")]
    return apart::rest().await;
    #[cfg(not(feature = "split"))]
    return Ok(crate::rest::make);
}

/// What the page says first in a language that is there without loading.
pub fn start_at_hand(language: Language) -> Option<&'static Start> {
    match language {
        Language::English => Some(&crate::text::EN_START),
        #[cfg(feature = "split")]
        Language::Korean => None,
        #[cfg(not(feature = "split"))]
        Language::Korean => Some(&crate::text::KO_START),
    }
}

/// Loads what the page says first in a language, where it must be loaded.
///
/// # Errors
/// [`NotLoaded`]; asked again, it is tried again.
pub async fn start(language: Language) -> Result<&'static Start, NotLoaded> {
    if let Some(start) = start_at_hand(language) {
        return Ok(start);
    }
    #[cfg(feature = "split")]
    return apart::korean().await;
    #[cfg(not(feature = "split"))]
    return Err(NotLoaded);
}

#[cfg(feature = "split")]
mod apart {
    use super::NotLoaded;
    use crate::{rest::Make, text::Start};
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    impl From<SplitLoaderError> for NotLoaded {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
    pub(super) fn rest() -> Result<Make, NotLoaded> {
        Ok(crate::rest::make)
    }

    #[wasm_split(korean, wasm_split_path = leptos::wasm_split, fallible)]
    pub(super) fn korean() -> Result<&'static Start, NotLoaded> {
        Ok(&crate::text::KO_START)
    }
}
