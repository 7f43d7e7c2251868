//! One browser of a fleet.

use crate::report::Report;

/// One browser of several: what it measured, and what is known of it from outside.
#[derive(Clone, Debug)]
pub struct Session {
    /// What it measured.
    pub report: Report,
    /// Its number, from 1: it names it where a browser before it measured nothing.
    pub number: usize,
    /// The machine it ran on, as a Selenium Grid names it.
    pub node: Option<String>,
    /// By how much its clock is ahead of that of the machine that conducted, in ms.
    pub offset_ms: Option<f64>,
    /// By how much that may be wrong, in ms.
    pub offset_error_ms: Option<f64>,
    /// How long after the time agreed on it began, in ms.
    pub skew_ms: Option<f64>,
}

impl Session {
    /// One of which nothing is known from outside.
    pub fn alone(report: Report, number: usize) -> Self {
        Self { report, number, node: None, offset_ms: None, offset_error_ms: None, skew_ms: None }
    }
}
