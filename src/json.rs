//! JavaScript values that come from JSON and go back into it: reports, scenarios, progress.

use crate::js;
use js_sys::{Array, JSON, Object, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

/// A value as JSON; empty if it is none that JSON holds.
pub fn text(value: &JsValue) -> String {
    JSON::stringify(value).ok().and_then(|json| json.as_string()).unwrap_or_default()
}

/// The value that JSON holds; undefined if it is no JSON.
pub fn value(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or_default()
}

/// Reads a value as its type is read from JSON, except that fields which the type does not know are left out ([`unknown_field`]).
pub fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, String> {
    serde_wasm_bindgen::from_value(value.clone()).map_err(|error| js::message(&error.into()))
}

/// A value as JavaScript reads it from JSON; null if JSON cannot hold it.
pub fn write(value: &impl Serialize) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// The path of the first field, here or in an object or list within, that another value does not have.
pub fn unknown_field(given: &JsValue, known: &JsValue) -> Option<String> {
    if !given.is_object() || !known.is_object() || Array::is_array(given) != Array::is_array(known) {
        return None;
    }
    Object::keys(given.unchecked_ref::<Object>()).iter().find_map(|key| {
        let name = key.as_string().unwrap_or_default();
        let [given, known] = [given, known].map(|object| Reflect::get(object, &key).unwrap_or_default());
        // A list that is left out where it is empty.
        let is_empty = given.dyn_ref::<Array>().is_some_and(|list| list.length() == 0);
        if known.is_undefined() && !is_empty {
            return Some(name);
        }
        unknown_field(&given, &known).map(|field| format!("{name}.{field}"))
    })
}
