//! English sentences that depend on what happened.

use crate::{Compared, Contrast, Failures};
use fetchmark_core::{
    comparison::{Reason, Verdict},
    label::Evidence,
};

pub(super) const FAILURES: Failures = Failures {
    already_running: "A run is under way. Stop it first, or wait for its end.",
    bad_link: "The link holds parameters that cannot be read.",
    bad_scenario: |problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    unreadable_scenario: |reason| format!("The scenario cannot be read: {reason}."),
    no_target: "A page opened from a file has no address of its own to measure. Type one, such as https://example.com/path.",
    not_loaded: |detail| {
        format!(
            "The measuring engine could not be loaded ({detail}). Check the connection to the server this page came from, then press Run again."
        )
    },
    unreadable: |detail| {
        format!(
            "The engine's report could not be read ({detail}). Reload the page: engine and page may be of different versions."
        )
    },
    engine: |_, message| message.to_owned(),
};

pub(super) fn took(contrast: &Contrast, ratio: &str) -> String {
    match contrast {
        Contrast::Afresh { client } => {
            format!("Building {client} afresh for each request took {ratio}× as long as reusing it")
        }
        Contrast::Kept { client } => {
            format!("Reusing {client} took {ratio}× as long as building it afresh for each request")
        }
        Contrast::Clients { candidate, baseline, lifecycle } => {
            format!("{candidate} took {ratio}× as long as {baseline}, both {lifecycle}")
        }
        Contrast::Rows { candidate, baseline } => {
            format!("“{candidate}” took {ratio}× as long as “{baseline}”")
        }
    }
}

pub(super) fn verdict(compared: &Compared<'_>) -> String {
    match (compared.verdict, compared.reason) {
        (Verdict::Faster, _) => "it is faster.".to_owned(),
        (Verdict::Slower, _) => "it is slower.".to_owned(),
        (Verdict::Equivalent, _) => format!("the same, within ±{}.", compared.margin),
        (_, Reason::NotAfterCorrection | Reason::MarginNotAfterCorrection) => {
            "no verdict once all comparisons count, though alone there would be one; more rounds would tell."
                .to_owned()
        }
        _ => "no difference shown; more rounds would narrow it.".to_owned(),
    }
}

pub(super) fn not_compared(contrast: &Contrast, reason: Reason) -> String {
    let subject = match contrast {
        Contrast::Afresh { client } => format!("Building {client} afresh was not compared with reusing it"),
        Contrast::Kept { client } => format!("Reusing {client} was not compared with building it afresh"),
        Contrast::Clients { candidate, baseline, lifecycle } => {
            format!("{candidate} was not compared with {baseline}, both {lifecycle}")
        }
        Contrast::Rows { candidate, baseline } => {
            format!("“{candidate}” was not compared with “{baseline}”")
        }
    };
    format!("{subject}. {}", reason.sentence())
}

pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::Equivalent => "the same",
        Verdict::Inconclusive => "not shown",
        Verdict::Refused => "not compared",
    }
}

pub(super) fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Server => "the server's own numbering",
        Evidence::ResourceTiming => "connect times in Resource Timing",
        Evidence::Transfer => "bytes transferred",
        Evidence::Client => "a client of its own for each request",
        Evidence::Nothing => "nothing (times are hidden)",
    }
}
