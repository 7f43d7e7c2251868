use crate::{js, ui::files::text_blob};
use js_sys::{Array, Object, Promise, Reflect};
use leptos::prelude::window;
use std::{cell::Cell, future::Future, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Clipboard, ClipboardItem};

const TEXT: &str = "text/plain";

/// The browser's clipboard; outside of secure contexts there is none.
fn clipboard() -> Option<Clipboard> {
    let navigator = window().navigator();
    js::property(&navigator, "clipboard").map(|_| navigator.clipboard())
}

async fn is_done(copying: Promise) -> bool {
    JsFuture::from(copying).await.is_ok()
}

/// Whether the browser took the words into its clipboard.
pub async fn copied(words: &str) -> bool {
    match clipboard() {
        Some(clipboard) => is_done(clipboard.write_text(words)).await,
        None => false,
    }
}

/// Whether the browser took words into its clipboard that are still to be made. It lets a page copy for a moment after a gesture, so it is
/// asked at once and waits for the words itself; one that cannot is asked when they are there.
///
/// # Errors
/// Why there are none.
pub async fn copied_when_made<E: 'static>(
    made: impl Future<Output = Result<String, E>> + 'static,
) -> Result<bool, E> {
    let Some(clipboard) = clipboard() else { return made.await.map(|_| false) };
    if js::property(&window(), "ClipboardItem").is_none() {
        return Ok(is_done(clipboard.write_text(&made.await?)).await);
    }
    let why_not = Rc::new(Cell::new(None));
    let blob = future_to_promise({
        let why_not = why_not.clone();
        async move {
            match made.await {
                Ok(words) => text_blob(&words, TEXT).map(JsValue::from),
                Err(error) => {
                    why_not.set(Some(error));
                    Err(JsValue::UNDEFINED)
                }
            }
        }
    });
    let parts = Object::new();
    // On an object just made it cannot fail.
    let _ = Reflect::set(&parts, &TEXT.into(), &blob);
    let is_copied = match ClipboardItem::new_with_record_from_str_to_blob_promise(&parts) {
        Ok(item) => is_done(clipboard.write(&Array::of1(&item))).await,
        Err(_) => false,
    };
    why_not.take().map_or(Ok(is_copied), Err)
}
