//! Copying.

use crate::js;
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Whether the browser took the words into its clipboard.
pub async fn copied(words: &str) -> bool {
    let navigator = window().navigator();
    // Outside of secure contexts there is no clipboard.
    if js::property(&navigator, "clipboard").is_none() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(words)).await.is_ok()
}
