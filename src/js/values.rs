//! JavaScript values without a Rust type.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// A property that is there and is not undefined or null.
pub fn property(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &name.into()).ok().filter(|found| !found.is_undefined() && !found.is_null())
}

/// An error's message, in its own words.
pub fn message(error: &JsValue) -> String {
    property(error, "message")
        .and_then(|message| message.as_string())
        .or_else(|| error.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}
