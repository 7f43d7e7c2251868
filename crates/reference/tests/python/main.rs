//! The Python clients against the lab: they need Python and a package index, so `cargo xtask test` runs them in a stage of
//! their own.
#![allow(unreachable_pub, reason = "a test binary has no public items")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail a test by panicking, just as the tests do"
)]

mod endings;
mod faults;
mod lines;
mod requests;
mod rows;
mod sockets;
mod support;
