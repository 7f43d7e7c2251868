//! What reads reports: a module of its own beside the page, and a part of the tests' here (browser.js).

#[path = "../../crates/reports/src/lib.rs"]
mod reports;
