//! A run: its order, its progress, when it ends, and how its rounds become a report.

pub mod outside;
pub mod progress;
pub mod recorder;
pub mod schedule;
pub mod stopping;
