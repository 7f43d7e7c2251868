//! The browser around the page, and what a person does in it: browser.js.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen(module = "/tests/support/browser.js")]
extern "C" {
    /// A browser in which nothing was done yet.
    #[wasm_bindgen(js_name = freshBrowser)]
    pub async fn fresh();

    #[wasm_bindgen(js_name = saved)]
    async fn saved_text(name: &str) -> JsValue;

    #[wasm_bindgen(js_name = clipboardText)]
    fn clipboard_text() -> Option<String>;

    #[wasm_bindgen(js_name = setClipboard)]
    pub fn set_clipboard(is: bool);

    /// Whether there is room for more reports.
    #[wasm_bindgen(js_name = setRoom)]
    pub fn set_room(has: bool);

    #[wasm_bindgen(js_name = dragFiles)]
    fn drag_files(kind: &str, files: &Array) -> bool;

    /// Holds text over the page or drops it there; true if the page leaves it to the browser.
    #[wasm_bindgen(js_name = dragText)]
    pub fn drag_text(kind: &str, text: &str) -> bool;

    #[wasm_bindgen(js_name = chooseFiles)]
    fn choose_files(field: &Element, files: &Array);

    #[wasm_bindgen(js_name = pressKey)]
    pub fn press(element: &Element, key: &str);

    /// Presses a key while a syllable is being composed.
    #[wasm_bindgen(js_name = pressKeyComposing)]
    pub fn press_composing(element: &Element, key: &str);
}

/// A file's name and text.
pub type File<'a> = (&'a str, &'a str);

fn list(files: &[File<'_>]) -> Array {
    files.iter().map(|(name, text)| Array::of2(&JsString::from(*name), &JsString::from(*text))).collect()
}

/// Holds files over the page or drops them there; true if the page leaves them to the browser.
pub fn drag(kind: &str, files: &[File<'_>]) -> bool {
    drag_files(kind, &list(files))
}

pub fn drop_files(files: &[File<'_>]) {
    drag("dragover", files);
    drag("drop", files);
}

pub fn choose(field: &Element, files: &[File<'_>]) {
    choose_files(field, &list(files));
}

pub async fn saved(name: &str) -> Option<String> {
    saved_text(name).await.as_string()
}

pub fn copied() -> Option<String> {
    clipboard_text()
}
