//! Copying.

use crate::js;
use js_sys::Promise;
use leptos::prelude::window;
use std::{cell::Cell, future::Future, rc::Rc};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

#[wasm_bindgen(module = "/src/ui/clipboard.js")]
extern "C" {
    #[wasm_bindgen(js_name = copyWhenMade)]
    fn copy_when_made(text: &Promise) -> Promise;
}

/// Whether the browser took the words into its clipboard.
pub async fn copied(words: &str) -> bool {
    let navigator = window().navigator();
    // Outside of secure contexts there is no clipboard.
    if js::property(&navigator, "clipboard").is_none() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(words)).await.is_ok()
}

/// Whether the browser took words into its clipboard that are still to be made.
///
/// # Errors
/// Why there are none.
pub async fn copied_when_made<E: 'static>(
    made: impl Future<Output = Result<String, E>> + 'static,
) -> Result<bool, E> {
    let why_not = Rc::new(Cell::new(None));
    let text = future_to_promise({
        let why_not = why_not.clone();
        async move {
            made.await.map(JsValue::from).map_err(|error| {
                why_not.set(Some(error));
                JsValue::UNDEFINED
            })
        }
    });
    let is_copied = JsFuture::from(copy_when_made(&text)).await.is_ok();
    why_not.take().map_or(Ok(is_copied), Err)
}
