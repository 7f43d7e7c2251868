//! Findings in English.

use fetchmark_core::numbers::many;
use fetchmark_core::validity::{Finding, FindingCode, Severity};

/// How much it matters, in an English word or two.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Weakens => "weakens",
        Severity::Voids => "voids rounds",
    }
}

/// What was found, as an English sentence or two, with the count as it is to be written.
pub(super) fn finding(finding: &Finding, count: &str) -> String {
    let some = |one: &str| many(count, one);
    let (requests, rounds) = (some("request"), some("round"));
    let was = if finding.count == 1 { "was" } else { "were" };
    match finding.code {
            FindingCode::Stopped => "The run was stopped before its end; finished rounds are kept.".to_owned(),
            FindingCode::EndedByForce => {
                "The round under way did not end in time after Stop and was given up; its requests are in no count."
                    .to_owned()
            }
            FindingCode::EngineCrashed => "The engine ended unexpectedly; finished rounds are kept.".to_owned(),
            FindingCode::TabHidden => {
                format!("The tab was hidden during {rounds}; browsers slow hidden tabs down. Keep it in view.")
            }
            FindingCode::CoarseTimer => {
                "The browser's clock is coarse next to the times measured; trust round times more than percentiles."
                    .to_owned()
            }
            FindingCode::EntriesMissing => {
                format!("{requests} left no Resource Timing entry: which connection was used is unknown.")
            }
            FindingCode::TimesHidden => {
                "The target hides its times from this page: it sends no Timing-Allow-Origin header that allows it.".to_owned()
            }
            FindingCode::Proxy => {
                "A proxy may stand between the browser and the target: connections and times may be the proxy's, not the \
                 target's. Measure without it, or keep it the same in what you compare."
                    .to_owned()
            }
            FindingCode::ServiceWorker if finding.variant.is_none() => {
                "A service worker controls this page and stands in the path of its requests.".to_owned()
            }
            FindingCode::ServiceWorker => format!("A service worker stood in the path of {requests}."),
            FindingCode::ProtocolChanged => "Requests used different protocols.".to_owned(),
            FindingCode::Preflights => {
                "The browser asks the target's permission (a preflight) before requests; the time shows, the question does not. It may \
                 open the connection that the request then finds."
                    .to_owned()
            }
            FindingCode::CacheNotRuledOut => format!(
                "{} may have come from a store and not from the target: a service worker's, or the browser's cache, which \
                 XMLHttpRequest cannot bypass on another origin; the browser does not show whether they did. Measure without the service \
                 worker; of the cache it shows where the server sends Timing-Allow-Origin.",
                some("answer")
            ),
            FindingCode::SharedAnswers => format!(
                "{rounds} {was} left out: this browser answers XMLHttpRequests for one address that are under way at a \
                 time with one and the same answer. Put {{n}} into the URL to give each request its own address."
            ),
            FindingCode::OneAtATime => format!(
                "In {rounds} requests went out one at a time though several were in flight. Browsers do so with \
                 XMLHttpRequest, which cannot bypass the cache: requests for one address wait for each other. Put {{n}} into \
                 the URL to give each request its own address."
            ),
            FindingCode::Redirects => {
                format!("{requests} {was} redirected; measure the final address instead.")
            }
            FindingCode::CachedAnswers => {
                format!("{} came from a cache, not from the target.", some("answer"))
            }
            FindingCode::Failures => format!("{requests} failed."),
            FindingCode::ColdReused => {
                format!("Cold connections were asked for, but {requests} reused one.")
            }
            FindingCode::LateSends => format!("{requests} {was} sent later than due."),
            FindingCode::WarmOpened => format!(
                "{requests} opened a connection though one might have been open: the server, the browser or the client \
                 itself had closed it, or none was left over. The time holds what a new connection costs."
            ),
            FindingCode::DebugBuild => {
                "The engine was built without optimisation: clients written in Rust are slower here than they are."
                    .to_owned()
            }
            FindingCode::OutsideMissing => "Rows that were to run outside the browser are missing.".to_owned(),
            FindingCode::ConnectionIds => {
                "The server's connection ids contradict the browser's own times, so they are not used: a proxy or a cache may \
                 pass on those of other connections."
                    .to_owned()
            }
            FindingCode::PortAccepts => {
                "Something listens at the target's port: a connection to it from this machine was accepted.".to_owned()
            }
            FindingCode::PortRefuses => {
                "Nothing listens at the target's port: a connection to it from this machine was refused.".to_owned()
            }
            FindingCode::EntriesAmbiguous => format!(
                "{requests} could not be told apart from others in the browser's timing entries, for some timed out or failed: which \
                 connection was used is unknown."
            ),
            FindingCode::TimesHiddenAtTimes => format!(
                "The target shows the times of some answers and hides those of {requests}: these, or a redirect on their way, came without \
                 Timing-Allow-Origin."
            ),
            FindingCode::InterimAnswers => format!(
                "The headers of {requests} came well after the first byte that this browser shows: it may be that of an interim \
                 answer (1xx), or the thread was busy. Their phases are left out; their latencies count."
            ),
            FindingCode::OwnLateness => {
                "Each request was sent a little after it was due, by the sender's own doing; latency includes that.".to_owned()
            }
            FindingCode::ConnectionsLost => format!(
                "In {rounds} connections were closed that the browser was using. If one was closed under a request, the browser sent that again \
                 by itself: the server may have got more than are counted, and in Firefox, which does not show which they were, connections \
                 that look reused are unknown."
            ),
            FindingCode::LongTasks => {
                format!("{} held the measuring thread for over 50 ms.", some("long task"))
            }
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_more_are_many() {
        let said = |code: FindingCode, count: u64| {
            finding(
                &Finding { code, severity: Severity::Note, variant: None, count, detail: None },
                &count.to_string(),
            )
        };
        assert_eq!(said(FindingCode::Failures, 1), "1 request failed.");
        assert_eq!(said(FindingCode::Failures, 20), "20 requests failed.");
        assert!(said(FindingCode::Redirects, 1).starts_with("1 request was redirected;"));
        assert!(said(FindingCode::SharedAnswers, 2).starts_with("2 rounds were left out:"));
        // None leaves a brace or an empty place behind.
        for &code in FindingCode::ALL {
            let sentence = said(code, 3).replace("{n}", "");
            assert!(sentence.ends_with('.') && !sentence.contains(['{', '}']), "{sentence}");
        }
    }
}
