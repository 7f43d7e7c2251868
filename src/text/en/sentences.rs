//! English sentences that depend on what happened.

use super::problems::url_problem;
use crate::{answer::Contrast, reading::Wrong, run_failure::RunFailure, text::Compared};
use fetchmark_core::{
    comparison::{Reason, Verdict},
    label::Evidence,
    sample::ErrorClass,
    validity::{Finding, FindingCode, Severity},
};

pub(super) fn run_failure(failure: &RunFailure) -> String {
    match failure {
        RunFailure::AlreadyRunning => "A run is under way. Stop it first, or wait for its end.".to_owned(),
        RunFailure::BadLink => "The link holds parameters that cannot be read.".to_owned(),
        RunFailure::BadScenario(problems) => {
            problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        }
        RunFailure::UnreadableScenario(reason) => reason.clone(),
        RunFailure::BadUrl(problem) => url_problem(problem),
        RunFailure::NoTarget => {
            "A page opened from a file has no address of its own to measure. Type one, such as https://example.com/path."
                .to_owned()
        }
        RunFailure::NotLoaded(detail) => format!(
            "The measuring engine could not be loaded ({detail}). Check the connection to the server this page came from, then press Run again."
        ),
        RunFailure::Unreadable(Wrong(detail)) => format!(
            "The engine's report could not be read ({detail}). Reload the page: engine and page may be of different versions."
        ),
        RunFailure::Engine { message, .. } => message.clone(),
    }
}

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

pub(super) fn error_class(class: ErrorClass, words: &str) -> String {
    match class {
        ErrorClass::Http3xx => {
            format!("the target answered with a redirect that was not followed ({words}).")
        }
        ErrorClass::Http4xx => {
            format!("the target refused them ({words}): check the address and what it needs.")
        }
        ErrorClass::Http5xx => format!("the target had an error of its own ({words})."),
        ErrorClass::Network => format!(
            "the browser reports a network error (“{words}”): the host cannot be reached, the connection was reset, or CORS refused it."
        ),
        ErrorClass::Cors => format!(
            "the target answers, but its CORS headers do not let this page read the answer (“{words}”)."
        ),
        ErrorClass::MixedContent => {
            format!("a page loaded over https may not request an http address (“{words}”).")
        }
        ErrorClass::Timeout => format!("there was no end within the time-out ({words})."),
        ErrorClass::BodyCutShort => format!("the answer began, but its body broke off (“{words}”)."),
        ErrorClass::ClientLimit => {
            format!(
                "browsers do not connect to this port, whatever listens there (“{words}”). Use another port."
            )
        }
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Weakens => "weakens",
        Severity::Voids => "voids rounds",
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

pub(super) fn finding(finding: &Finding, row: Option<&str>, count: &str) -> String {
    let sentence = match finding.code {
        FindingCode::Stopped => "The run was stopped before its end; finished rounds are kept.".to_owned(),
        FindingCode::EndedByForce => {
            "The round under way did not end in time after Stop and was given up; its requests are in no count."
                .to_owned()
        }
        FindingCode::EngineCrashed => {
            "The engine ended unexpectedly; finished rounds are kept.".to_owned()
        }
        FindingCode::TabHidden => {
            format!("The tab was hidden during {count} rounds; browsers slow hidden tabs down. Keep it in view.")
        }
        FindingCode::CoarseTimer => {
            "The browser's clock is coarse next to the times measured; trust round times more than percentiles.".to_owned()
        }
        FindingCode::EntriesMissing => {
            format!("{count} requests have no Resource Timing entry, so their connection is unknown.")
        }
        FindingCode::TimesHidden => {
            "The target hides its times from this page: it sends no Timing-Allow-Origin header.".to_owned()
        }
        FindingCode::ServiceWorker if finding.variant.is_none() => {
            "A service worker controls this page and stands in the path of its requests.".to_owned()
        }
        FindingCode::ServiceWorker => {
            format!("A service worker stood in the path of {count} requests.")
        }
        FindingCode::ProtocolChanged => "Requests used different protocols.".to_owned(),
        FindingCode::Preflights => {
            "The browser asks the target's permission (a preflight) before requests; the time shows, the question does not.".to_owned()
        }
        FindingCode::CacheNotRuledOut => format!(
            "{count} answers may have come from the browser's cache, which XMLHttpRequest cannot bypass on another origin. Have \
             the server send Timing-Allow-Origin: then it shows."
        ),
        FindingCode::SharedAnswers => format!(
            "{count} rounds are left out: this browser answers XMLHttpRequests for one address that are under way at a \
             time with one and the same answer. Put {{n}} into the URL to give each request its own address."
        ),
        FindingCode::OneAtATime => format!(
            "In {count} rounds requests went out one at a time though several were in flight. Browsers do so with \
             XMLHttpRequest, which cannot bypass the cache: requests for one address wait for each other. Put {{n}} into \
             the URL to give each request its own address."
        ),
        FindingCode::Redirects => format!("{count} requests were redirected; measure the final address instead."),
        FindingCode::CachedAnswers => format!("{count} answers came from a cache, not from the target."),
        FindingCode::Failures => format!("{count} requests failed."),
        FindingCode::ColdReused => {
            format!("Cold connections were asked for, but {count} requests reused one.")
        }
        FindingCode::LateSends => format!("{count} requests were sent later than they were due."),
        FindingCode::WarmOpened => format!(
            "{count} requests opened a connection though they might have found one open: the server, or the client itself, had closed it. Their times hold what a new connection costs."
        ),
        FindingCode::DebugBuild => {
            "The engine was built without optimisation: clients written in Rust are slower here than they are.".to_owned()
        }
        FindingCode::OutsideMissing => "Rows that were to run outside the browser are missing.".to_owned(),
        FindingCode::LongTasks => {
            format!("{count} long tasks held the measuring thread for over 50 ms.")
        }
    };
    match row {
        Some(row) => format!("{row}: {sentence}"),
        None => sentence,
    }
}
