//! Fetchmark's page: what a person sees and does.
//!
//! The page measures nothing and computes nothing from samples: the [`engine`] measures, `fetchmark_core` computes,
//! the page asks and shows. One [`run_store::RunStore`] holds the run, one [`form::Form`] what is to be run, and
//! every word comes from [`text`].

pub mod answer;
pub mod app;
pub mod check_store;
pub mod choices;
pub mod comparison_view;
pub mod components;
pub mod dates;
pub mod default_target;
pub mod desk;
pub mod engine;
pub mod export;
pub mod fields;
pub mod files;
pub mod form;
pub mod frames;
pub mod global_api;
pub mod history;
pub mod in_view;
pub mod js;
pub mod labels;
pub mod link;
pub mod numbers;
pub mod reading;
pub mod report_view;
pub mod reports;
pub mod request;
pub mod run_failure;
pub mod run_state;
pub mod run_store;
pub mod sorting;
pub mod text;
pub mod url_check;
pub mod window_events;

use app::App;
use fetchmark_core::{language::Language, params};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The id of the element in index.html that the page fills.
const ROOT: &str = "app";

/// Puts the page into the document.
pub fn start() {
    let root = js::document().and_then(|document| document.get_element_by_id(ROOT));
    let Some(root) = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    let query = link::query();
    let text = text::in_language(language(&query));
    // What index.html shows while loading makes way.
    root.set_text_content(None);
    mount_to(root, move || view! { <App query text /> }).forget();
}

/// The link's language, or else the first of the browser's that the page speaks, or else English.
fn language(query: &str) -> Language {
    let preferred = || {
        js::window()?.navigator().languages().iter().find_map(|tag| {
            // “ko-KR” is Korean as written in Korea.
            Language::from_word(tag.as_string()?.split('-').next()?)
        })
    };
    params::language(query).or_else(preferred).unwrap_or(Language::English)
}
