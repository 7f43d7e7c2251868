//! What a person takes along: the link and the report.

use super::el::{El, classed, el};
use crate::{form::Form, js, link, run_store::RunStore, text::text};
use js_sys::{Array, JSON};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, Url};

/// The name under which a report is saved.
const FILE_NAME: &str = "fetchmark-report.json";
/// The id of the field that holds the link.
const LINK_FIELD: &str = "link";

/// Link and file.
pub fn take_away(store: RunStore, form: Form) -> El {
    let text = text();
    let said = RwSignal::new(String::new());
    let copy = move |_| {
        let link = untrack(move || link::absolute(&form.params()));
        js::spawn(async move {
            let is_copied = copied(&link).await;
            if !is_copied {
                select_link();
            }
            said.try_set(
                if is_copied { text.take_away.copied } else { text.take_away.not_copied }.to_owned(),
            );
        });
    };
    let save = move |_| {
        // A browser without blobs has no WebAssembly either.
        let _ = download(&store.raw_report());
    };
    let field = classed("input", "input")
        .set("id", LINK_FIELD)
        .set("type", "text")
        .set("readonly", "")
        .prop("value", move || link::absolute(&form.params()));
    let line = classed("div", "take")
        .child(classed("label", "label").set("for", LINK_FIELD).text(text.take_away.link))
        .child(field)
        .child(button("copy-link", text.take_away.copy).on("click", copy))
        .child(button("download-json", text.take_away.download).on("click", save));
    classed("section", "card")
        .set("aria-labelledby", "take-title")
        .child(el("h2").set("id", "take-title").text(text.take_away.title))
        .child(line)
        .child(classed("p", "caption").text(text.take_away.download_hint))
        .child(classed("p", "caption").set("role", "status").words(move || said.get()))
}

fn button(test_id: &'static str, word: &'static str) -> El {
    classed("button", "quiet-button").set("type", "button").set("data-testid", test_id).text(word)
}

async fn copied(words: &str) -> bool {
    let Some(window) = js::window() else { return false };
    let navigator = window.navigator();
    // Outside of secure contexts there is no clipboard.
    if js::property(&navigator, "clipboard").is_none() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(words)).await.is_ok()
}

fn select_link() {
    let field = js::document().and_then(|document| document.get_element_by_id(LINK_FIELD));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}

fn download(report: &JsValue) -> Result<(), JsValue> {
    let json = JSON::stringify_with_replacer_and_space(report, &JsValue::NULL, &2.into())?;
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&json), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    if let Some(document) = js::document() {
        let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        anchor.set_href(&url);
        anchor.set_download(FILE_NAME);
        anchor.click();
    }
    Url::revoke_object_url(&url)
}
