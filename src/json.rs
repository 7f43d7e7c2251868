//! JavaScript values that come from JSON and go back into it: reports, scenarios, progress.

use js_sys::JSON;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

/// A value as JSON; empty if it is none that JSON holds.
pub fn text(value: &JsValue) -> String {
    JSON::stringify(value).ok().and_then(|json| json.as_string()).unwrap_or_default()
}

/// Reads a value as its type is read from JSON.
///
/// # Errors
/// What is wrong with it.
pub fn read<T: DeserializeOwned>(value: &JsValue) -> serde_json::Result<T> {
    serde_json::from_str(&text(value))
}

/// A value as JavaScript reads it from JSON; null if JSON cannot hold it.
pub fn write(value: &impl Serialize) -> JsValue {
    // By way of serde's own values, as links are packed: a second way to write reports would add 4 KB to the page.
    let json = serde_json::to_value(value).map(|json| json.to_string()).unwrap_or_default();
    JSON::parse(&json).unwrap_or(JsValue::NULL)
}
