//! What a script in the page would do.

use fetchmark_page::js;
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventInit};

pub fn bubbling(name: &str) -> Event {
    let options = EventInit::new();
    options.set_bubbles(true);
    Event::new_with_event_init_dict(name, &options).unwrap()
}

pub fn text(value: &JsValue, name: &str) -> String {
    js::property(value, name).unwrap().as_string().unwrap()
}

pub fn api(name: &str) -> JsValue {
    js::property(&js::property(&js_sys::global(), "fetchmark").unwrap(), name).unwrap()
}

pub fn progress(names: &[&str]) -> Vec<f64> {
    let progress = api("progress");
    names.iter().map(|name| js::property(&progress, name).unwrap().as_f64().unwrap().round()).collect()
}

pub async fn call_run(scenario: &JsValue) -> Result<JsValue, JsValue> {
    let run: Function = api("run").unchecked_into();
    let promise: Promise = run.call1(&JsValue::UNDEFINED, scenario).unwrap().unchecked_into();
    JsFuture::from(promise).await
}
