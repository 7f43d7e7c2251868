//! Fetchmark's pure part.
//!
//! Data flows one way: [`scenario`] → [`schedule`] → [`sample`]s → [`summary`] → [`comparison`] → [`report`].
//! Nothing here reads a clock, draws randomness of its own or knows a browser: a seed comes in, samples come
//! in, a report goes out. That is why all of it is tested natively.
//!
//! Units are in the names: `_ms` is milliseconds, `_bytes` is bytes, `per_second` is requests per second.

pub mod address;
pub mod client;
pub mod client_choice;
pub mod comparison;
pub mod concurrency;
pub mod connection_ids;
pub mod example_round;
pub mod export;
pub mod factors;
pub mod failure_cause;
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
pub mod gate;
pub mod header;
pub mod headline;
pub mod histogram;
pub mod holm;
pub mod join;
pub mod label;
pub mod language;
pub mod lifecycle_comparison;
pub mod limits;
mod lost_connections;
pub mod numbers;
mod one_or_more;
pub mod order;
pub mod outliers;
pub mod outside;
pub mod params;
pub mod picture;
pub mod pool;
pub mod preset;
pub mod progress;
pub mod question;
pub mod recorder;
pub mod report;
pub mod report_comparison;
pub mod report_link;
mod report_masking;
pub mod report_reading;
pub mod sample;
pub mod sample_record;
pub mod scenario;
pub mod schedule;
#[cfg(feature = "schema")]
pub mod schema;
pub mod secrets;
pub mod server_lines;
pub mod stopping;
pub mod student;
pub mod summary;
pub mod target;
pub mod target_check;
pub mod threshold;
pub mod timing;
pub mod validity;
pub mod variant;

/// This crate's version, which is the version of every part of Fetchmark.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
