//! Fetchmark's page: what a person sees and does.
//!
//! The page measures nothing and computes nothing from samples: the [`engine`] measures, `fetchmark_core` computes,
//! the page asks and shows. One [`run::store::RunStore`] holds the run, one [`form::model::Form`] what is to be run, and
//! every word comes from [`text`].

pub mod api;
pub mod app;
pub mod check;
pub mod engine;
pub mod form;
pub mod frame;
pub mod js;
pub mod json;
pub mod reports;
pub mod results;
pub mod run;
pub mod text;
pub mod ui;

use app::App;
use form::link;
use frame::languages;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

const ROOT: &str = "app";

pub fn start() {
    let root = document().get_element_by_id(ROOT);
    let Some(root) = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    let query = link::query();
    let text = text::in_language(languages::of_address(&query));
    // What index.html shows while loading makes way.
    root.set_text_content(None);
    mount_to(root, move || view! { <App query text /> }).forget();
}
