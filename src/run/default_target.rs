//! What is measured when no address is given: the lab where there is one, else a small file beside the page.

use crate::{
    js,
    run::{
        far,
        lab::{LAB, LAB_COLD, answer},
        url_check::is_local,
    },
};
use js_sys::Promise;
use leptos::prelude::document;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::Url;

/// The small file that every copy of the page brings along.
const FILE: &str = "fetchmark-target.txt";

thread_local! {
    // Requested once per page, even for callers that come before the answer: the lab counts requests.
    static ASKED: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// The absolute address; `None` for a page from a file or in one file, which has nothing beside it that can be requested.
pub async fn default_target() -> Option<String> {
    let ask = || future_to_promise(async { Ok(find().await.map_or(JsValue::NULL, JsValue::from)) });
    let answer = ASKED.with_borrow_mut(|asked| asked.get_or_insert_with(ask).clone());
    JsFuture::from(answer).await.ok()?.as_string()
}

/// An address of the lab that closes its connections; `None` where the default target is not the lab.
pub async fn default_cold_target() -> Option<String> {
    let target = default_target().await?;
    target.strip_suffix(LAB).map(|origin| format!("{origin}{LAB_COLD}"))
}

async fn find() -> Option<String> {
    let base = js::base_uri();
    let location = Url::new(&base).ok()?;
    if !matches!(location.protocol().as_str(), "http:" | "https:") || is_single_file() {
        return None;
    }
    // Elsewhere than on this machine there is no lab, and asking for one would leave an error in the console.
    if is_local(&location.hostname()) {
        let lab = Url::new_with_base(LAB, &base).ok()?.href();
        if answer(&lab).await.is_some() {
            // Before a run: this, too, is a request.
            far::find().await;
            return Some(lab);
        }
    }
    Some(Url::new_with_base(FILE, &base).ok()?.href())
}

/// Whether this is the page in one file, which may have been put onto any site.
fn is_single_file() -> bool {
    document().get_element_by_id("fetchmark-script").is_some()
}
