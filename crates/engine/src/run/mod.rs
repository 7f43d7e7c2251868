//! A run, which sees the browser only through the traits of [`platform`].

pub mod blocks;
#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) mod diagnosis;
pub mod error;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod fake;
pub mod other_thread;
pub mod outside;
pub mod plan;
pub mod platform;
mod pool;
#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) mod pyodide;
pub mod round;
pub mod stop;
