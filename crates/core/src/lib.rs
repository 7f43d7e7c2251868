//! Fetchmark's pure part.
//!
//! Data flows one way: [`scenario`] → [`run`] → [`samples`] → [`stats`] → [`compare`] → [`report`] → [`gates`], [`export`], [`charts`].
//! Nothing here reads a clock, draws randomness of its own or knows a browser: a seed comes in, samples come
//! in, a report goes out. That is why all of it is tested natively.
//!
//! Units are in the names: `_ms` is milliseconds, `_bytes` is bytes, `per_second` is requests per second.

#![warn(missing_docs)]

pub mod charts;
pub mod compare;
pub mod export;
pub mod fleet;
pub mod gates;
pub mod map;
pub mod report;
pub mod request;
pub mod run;
pub mod samples;
pub mod scenario;
pub mod stats;
pub mod target_check;

/// This crate's version, which is the version of every part of Fetchmark.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
