//! The lab that may be beside the page.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// The lab's smallest answer.
pub const LAB: &str = "/lab/ping";
/// The lab's answer after which it closes the connection.
pub const LAB_COLD: &str = "/lab/close";
/// Where the lab tells of its door that seems to be far away.
pub const FAR: &str = "/lab/distance";

/// What an address answers, where it answers well. It is read to its end, so that the connection is free for the run.
pub async fn answer(url: &str) -> Option<String> {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoStore);
    let answer = JsFuture::from(window().fetch_with_str_and_init(url, &options)).await.ok()?;
    let answer = answer.dyn_into::<Response>().ok()?;
    let body = JsFuture::from(answer.text().ok()?).await.ok()?.as_string();
    body.filter(|_| answer.ok())
}
