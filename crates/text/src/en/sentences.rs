//! English sentences that depend on what happened.

use crate::Failures;
use fetchmark_core::{comparison::Verdict, label::Evidence};

pub(super) const FAILURES: Failures = Failures {
    already_running: "A run is in progress. Stop it first, or wait until it has finished.",
    bad_link: "The link has parameters that cannot be read.",
    bad_scenario: |problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    unreadable_scenario: |reason| format!("The scenario cannot be read: {reason}."),
    no_target: "A page opened from a file has no default URL. Enter one, such as https://example.com/path.",
    not_loaded: |detail| {
        format!(
            "The measuring engine could not be loaded ({detail}). Check the connection to the server of this page, then run again."
        )
    },
    unreadable: |detail| {
        format!(
            "The engine’s report could not be read ({detail}). Reload the page: engine and page may have different versions."
        )
    },
    engine: |_, message| message.to_owned(),
};

pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::Equivalent => "equivalent",
        Verdict::Inconclusive => "inconclusive",
        Verdict::Refused => "not comparable",
    }
}

pub(super) fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Server => "connection ids from the server",
        Evidence::ResourceTiming => "connect times in Resource Timing",
        Evidence::Transfer => "bytes transferred",
        Evidence::Client => "a new client for each request",
        Evidence::Nothing => "none (times are hidden)",
    }
}
