//! What a link from anybody may cost: reading it, or refusing it, takes less than 10 MB. How long it takes is in `cargo xtask bench stats`.
//!
//! A test binary of its own, with one test: what it counts is the whole process's.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail a test by panicking, just as the tests do")]

#[path = "../benches/stats/links.rs"]
mod links;

use fetchmark_core::report::link::{MOST_CHARACTERS, unpack};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MOST_MEMORY: usize = 10_000_000;

#[test]
fn no_link_costs_more_than_ten_megabytes() {
    for (name, text) in links::links() {
        assert!(text.len() <= MOST_CHARACTERS, "{name}");
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let read = unpack(&text);
        let peak = MEMORY.peak_usage() - before;
        let end = read.map_or_else(|error| error.to_string(), |_| "read".to_owned());
        assert!(peak < MOST_MEMORY, "{name}: {peak} bytes ({end})");
    }
}
