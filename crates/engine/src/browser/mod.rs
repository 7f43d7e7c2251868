//! The browser behind the traits of [`crate::run::platform`]. Works alike in a worker and on the page's own thread.

mod asking;
pub(crate) mod burst;
pub(crate) mod check;
pub(crate) mod clock;
pub(crate) mod destinations;
pub(crate) mod diagnosis;
pub(crate) mod host;
pub(crate) mod request;
pub(crate) mod resolved;
pub(crate) mod timeline;
pub(crate) mod url;

use wasm_bindgen::{JsCast, JsValue};

/// A property of the global object; `undefined` where there is none.
pub(crate) fn global(name: &str) -> JsValue {
    property(&js_sys::global(), name)
}

/// A property of any object; `undefined` where there is none.
pub(crate) fn property(object: &JsValue, name: &str) -> JsValue {
    // Reading a property of what is no object throws; nothing is there then.
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// What a thrown value says of itself: `TypeError: Failed to fetch`. Only its first line: some wrap a stack trace.
pub(crate) fn message_of(thrown: &JsValue) -> String {
    let whole = whole_message_of(thrown);
    whole.lines().next().unwrap_or_default().to_owned()
}

fn whole_message_of(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => {
            let (name, message) = (String::from(error.name()), String::from(error.message()));
            if message.is_empty() { name } else { format!("{name}: {message}") }
        }
        None => thrown.as_string().unwrap_or_else(|| format!("{thrown:?}")),
    }
}
