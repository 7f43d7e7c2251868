//! `globalThis.fetchmark`: the page for scripts.

use crate::{
    engine::load_engine,
    form::model::Form,
    json,
    run::{failure::RunFailure, request::Request, store::RunStore},
    text::Text,
};
use js_sys::{Error, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

const NAME: &str = "fetchmark";

/// Gives scripts the page, for as long as the owner lives.
pub fn provide(store: RunStore, form: Form, text: RwSignal<&'static Text>) {
    let api = Object::new();
    // On an object just made none of these can fail.
    let set = |name: &str, value: &JsValue| drop(Reflect::set(&api, &name.into(), value));
    // JavaScript owns the closures: one that it keeps for longer than there is a page finds nothing to do.
    let run = move |scenario: JsValue, hooks: JsValue| start(store, form, text, &scenario, hooks);
    let run = Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(run);
    set("version", &fetchmark_core::VERSION.into());
    set("run", &run.into_js_value());
    set("stop", &Closure::<dyn Fn()>::new(move || store.stop()).into_js_value());
    set("loadEngine", &Closure::<dyn Fn() -> Promise>::new(load_engine).into_js_value());
    let get = |name: &str, getter: fn(RunStore) -> JsValue| {
        let getter = Closure::<dyn Fn() -> JsValue>::new(move || getter(store)).into_js_value();
        let descriptor = Object::new();
        let _ = Reflect::set(&descriptor, &"get".into(), &getter);
        let _ = Reflect::set(&descriptor, &"enumerable".into(), &JsValue::TRUE);
        let _ = Reflect::define_property(&api, &name.into(), &descriptor);
    };
    get("state", |store| store.published().word().into());
    get("report", RunStore::raw_report);
    get("progress", progress);
    let _ = Reflect::set(&js_sys::global(), &NAME.into(), &api);
    on_cleanup(|| drop(Reflect::delete_property(&js_sys::global(), &NAME.into())));
}

/// How far the run is, with the time left in ms; null before it has begun.
fn progress(store: RunStore) -> JsValue {
    let Some(progress) = store.progress_now() else { return JsValue::NULL };
    let value = json::write(&progress);
    let left = progress.left_ms().map_or(JsValue::NULL, JsValue::from);
    // On an object just made it cannot fail.
    let _ = Reflect::set(&value, &"left_ms".into(), &left);
    value
}

fn start(
    store: RunStore,
    form: Form,
    text: RwSignal<&'static Text>,
    scenario: &JsValue,
    hooks: JsValue,
) -> Promise {
    let request = Request::from_script(scenario, hooks);
    future_to_promise(async move {
        let ended = match request {
            Ok(request) => {
                if !store.is_running_now() {
                    form.show(request.scenario().clone());
                }
                store.run(request).await
            }
            Err(_) if store.is_running_now() => Err(RunFailure::AlreadyRunning),
            Err(failure) => {
                store.refuse(failure.clone()).await;
                Err(failure)
            }
        };
        ended.map_err(|failure| to_error(&failure, text.get_untracked()))
    })
}

fn to_error(failure: &RunFailure, text: &Text) -> JsValue {
    let error = Error::new(&failure.sentence(text));
    error.set_name("FetchmarkError");
    let _ = Reflect::set(&error, &"code".into(), &failure.code().into());
    if let Some(partial) = failure.partial() {
        let _ = Reflect::set(&error, &"report".into(), &partial.raw);
    }
    error.into()
}
