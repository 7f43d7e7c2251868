//! Fetchmark's measuring engine: the only code that measures.
//!
//! It runs in a worker (or on the page's own thread), knows nothing of Leptos, and is used through the ES module
//! `js/fetchmark.js`. The run itself ([`run`]) sees the browser only through the traits of
//! [`run::platform`], so it is tested natively with a fake client on a fake clock.

#![warn(missing_docs)]

pub mod run;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod clients;
#[cfg(target_arch = "wasm32")]
pub mod exports;
#[cfg(target_arch = "wasm32")]
mod measure;

#[cfg(target_arch = "wasm32")]
pub use measure::measure;
