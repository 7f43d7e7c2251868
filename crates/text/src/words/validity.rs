//! Words of validity and environment.

use fetchmark_core::{
    report::validity::{Finding, Severity},
    samples::label::Evidence,
};

/// Words of validity and environment.
pub struct Validity {
    /// Headline.
    pub title: &'static str,
    /// There are no findings.
    pub nothing_found: &'static str,
    /// A finding: what it is, the count.
    pub finding: fn(&Finding, &str) -> String,
    /// So many rows of which the same was found.
    pub row_count: fn(&str) -> String,
    /// How much a finding matters, in a word.
    pub severity: fn(Severity) -> &'static str,
    /// Headline of the environment.
    pub environment: &'static str,
    /// Label of the browser.
    pub browser: &'static str,
    /// Label of processors.
    pub cores: &'static str,
    /// What ran clients outside the browser.
    pub beside: &'static str,
    /// The language and its runtime.
    pub python: &'static str,
    /// So many processors.
    pub core_count: fn(u32) -> String,
    /// Label of isolation.
    pub isolated: &'static str,
    /// Isolated or not.
    pub isolated_values: [&'static str; 2],
    /// Label of the clock's step.
    pub timer: &'static str,
    /// Label of protocols.
    pub protocol: &'static str,
    /// A protocol the browser hides.
    pub hidden_protocol: &'static str,
    /// Label of the target.
    pub target: &'static str,
    /// Label of the evidence for connection labels.
    pub evidence: &'static str,
    /// One evidence.
    pub evidence_word: fn(Evidence) -> &'static str,
    /// Label of when and how long.
    pub started: &'static str,
    /// Something the browser does not say.
    pub unknown: &'static str,
    /// Label of requests: issued, ok, failed, aborted.
    pub requests: &'static str,
    /// Their counts: issued, ok, failed, aborted.
    pub request_counts: fn(&str, &str, &str, &str) -> String,
}
