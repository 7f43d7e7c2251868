//! The page's element tree: focus, scrolling, sizes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Focuses the element with this id, if it is there and can be focused.
pub fn focus(id: &str) {
    let found = document().get_element_by_id(id);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Focuses what a selector finds, and leaves the page where it is.
pub fn focus_in_place(selector: &str) {
    if let Some(element) = found(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Brings the first element that a selector finds into view, if there is one: as far as it takes, and at once.
pub fn bring_into_view(selector: &str) {
    if let Some(element) = found(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// How far the page is scrolled down, in px.
pub fn scrolled() -> Option<f64> {
    window().scroll_y().ok()
}

fn found(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
