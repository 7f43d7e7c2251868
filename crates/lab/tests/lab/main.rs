//! The lab from outside: real connections, on free ports.
#![allow(unreachable_pub, reason = "a test binary has no public items")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail a test by panicking, just as the tests do"
)]

mod client;
mod connections;
mod delay;
mod distance;
mod endpoints;
mod faults;
mod ground_truth;
mod headers;
mod http3;
mod messages;
mod page;
mod start;
