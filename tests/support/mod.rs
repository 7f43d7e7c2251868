//! A page in the test's document, with a fake engine.

pub mod browser;
pub mod engine;
pub mod events;
pub mod measured;
mod page;
pub mod tools;

pub use engine::FakeEngine;
pub use page::Page;

use fetchmark_core::{
    report::Report,
    scenario::params::{self, Params},
};
use leptos::prelude::window;

/// What the page's own address asks for.
pub fn linked() -> Params {
    params::parse(&window().location().search().unwrap()).unwrap()
}

/// The query of the page's own address, decoded.
pub fn linked_text() -> String {
    let query = window().location().search().unwrap();
    js_sys::decode_uri_component(&query).unwrap().into()
}

pub fn fragment() -> String {
    window().location().hash().unwrap()
}

/// A report of what such a link asks for.
pub fn measured(query: &str) -> Report {
    measured::report(&params::parse(query).unwrap().scenario)
}

pub fn json(report: &Report) -> String {
    serde_json::to_string(report).unwrap()
}
