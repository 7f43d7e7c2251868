//! Files that a person opens and saves.

use js_sys::{Array, Promise};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, FileList, HtmlAnchorElement, Url};

#[wasm_bindgen(module = "/src/ui/png.js")]
extern "C" {
    fn png(svg: &str) -> Promise;
}

pub fn files_of(list: Option<FileList>) -> Vec<Blob> {
    let list = list.map(|list| Array::from(&list)).unwrap_or_default();
    list.iter().filter_map(|file| file.dyn_into().ok()).collect()
}

/// Saves text under this name.
///
/// # Errors
/// What the browser threw; one without blobs has no WebAssembly either.
pub fn save_text(content: &str, name: &str, kind: &str) -> Result<(), JsValue> {
    save(&text_blob(content, kind)?, name)
}

pub fn text_blob(content: &str, kind: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_str_sequence_and_options(&Array::of1(&content.into()), &options)
}

/// Saves an SVG document as a PNG under this name.
///
/// # Errors
/// What the browser threw: it may draw no canvas.
pub async fn save_png(svg: String, name: String) -> Result<(), JsValue> {
    let blob = JsFuture::from(png(&svg)).await?;
    save(&blob.dyn_into::<Blob>()?, &name)
}

fn save(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url)
}
