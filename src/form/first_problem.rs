//! Leading to what is wrong in the form.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What has a problem, and sentences about problems that no single field has.
const PROBLEMS: &str = "[aria-invalid=true], #clients-error:not(:empty), #scenario-error:not(:empty)";

/// Focuses the first problem, once views show it.
pub async fn focus_first_problem() {
    leptos::task::tick().await;
    let first = document().query_selector(PROBLEMS).ok().flatten();
    if let Some(field) = first.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // What is folded away cannot be focused.
        if let Ok(Some(fold)) = field.closest("details") {
            let _ = fold.set_attribute("open", "");
        }
        // An element that cannot be focused is still shown.
        let _ = field.focus();
    }
}
