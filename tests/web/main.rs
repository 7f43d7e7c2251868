//! The page in a real browser, with an engine that answers at once.
#![cfg(target_arch = "wasm32")]

#[path = "../support/mod.rs"]
mod support;

mod check;
mod compare;
mod export;
mod files;
mod form;
mod kept;
mod language;
mod link;
mod request;
mod results;
mod run;
mod script;
mod sessions;
mod targets;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
