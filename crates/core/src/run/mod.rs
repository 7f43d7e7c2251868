//! A run: its order, its progress, when it ends, and how its rounds become a report.

pub mod native;
pub mod progress;
pub mod recorder;
pub mod schedule;
pub mod stopping;
