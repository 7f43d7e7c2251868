//! Validity and environment, in English.

use crate::words::Validity;
use fetchmark_core::{samples::label::Evidence, stats::numbers::many};

pub(super) const VALIDITY: Validity = Validity {
    title: "Validity",
    nothing_found: "No problems were found.",
    finding: super::findings::finding,
    severity: super::findings::severity,
    environment: "Environment",
    browser: "Browser",
    beside: "Outside the browser",
    python: "Python",
    cores: "Processors",
    core_count: |cores| many(&cores.to_string(), "core"),
    row_count: |rows| many(rows, "row"),
    isolated: "Cross-origin isolated",
    isolated_values: ["yes (fine clock)", "no (coarse clock)"],
    timer: "Clock resolution",
    protocol: "Protocol",
    hidden_protocol: "hidden by the browser",
    target: "Target",
    evidence: "Evidence for connections",
    evidence_word: evidence,
    started: "Measured",
    unknown: "not reported by the browser",
    requests: "Requests",
    request_counts: |issued, ok, failed, aborted| {
        format!("{issued} issued = {ok} ok + {failed} failed + {aborted} aborted")
    },
};

fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Server => "connection ids from the server",
        Evidence::ResourceTiming => "connect times in Resource Timing",
        Evidence::Transfer => "bytes transferred",
        Evidence::Client => "a new client for each request",
        Evidence::Nothing => "none (timings are hidden)",
    }
}
