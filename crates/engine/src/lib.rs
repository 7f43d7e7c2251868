//! Fetchmark's measuring engine: the only code that measures.
//!
//! It runs in a worker (or on the page's own thread), knows nothing of Leptos, and is used through the ES module
//! `js/fetchmark.js`. The run itself ([`run`], [`round`]) sees the browser only through the traits of
//! [`platform`], so it is tested natively with a fake client on a fake clock.

pub mod error;
pub mod other_thread;
pub mod outside;
pub mod plan;
pub mod platform;
pub mod round;
pub mod run;
pub mod stop;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod fake;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod clients;
#[cfg(any(test, target_arch = "wasm32"))]
mod diagnosis;
#[cfg(target_arch = "wasm32")]
pub mod exports;
#[cfg(target_arch = "wasm32")]
mod measure;

#[cfg(target_arch = "wasm32")]
pub use measure::measure;
