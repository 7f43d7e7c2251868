//! The pure part, compared with what others computed and published.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail a test by panicking, just as the tests do"
)]

mod reference;
#[cfg(feature = "schema")]
mod schema;
