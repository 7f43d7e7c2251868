//! Findings in English.

use fetchmark_core::report::validity::{Finding, FindingCode, Severity};
use fetchmark_core::stats::numbers::many;

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
        FindingCode::Stopped => "The run was stopped early; finished rounds are kept.".to_owned(),
        FindingCode::EndedByForce => {
            "After Stop, the current round did not end in time and was dropped. Its requests are not counted.".to_owned()
        }
        FindingCode::EngineCrashed => "The engine ended unexpectedly; finished rounds are kept.".to_owned(),
        FindingCode::TabHidden => {
            format!("The tab was hidden during {rounds}. Browsers slow down hidden tabs: keep it visible.")
        }
        FindingCode::CoarseTimer => {
            "The browser's clock is coarse compared with the times measured. Round times are more reliable than percentiles.".to_owned()
        }
        FindingCode::EntriesMissing => {
            format!("{requests} left no Resource Timing entry, so the connection used is unknown.")
        }
        FindingCode::TimesHidden => {
            "The target hides its timings from this page: it does not send the Timing-Allow-Origin header.".to_owned()
        }
        FindingCode::Proxy => {
            "There may be a proxy between browser and target, so connections and times may be those of the proxy. Measure without it, or use \
             the same proxy for everything you compare."
                .to_owned()
        }
        FindingCode::ServiceWorker if finding.variant.is_none() => {
            "A service worker controls this page and may handle its requests.".to_owned()
        }
        FindingCode::ServiceWorker => format!("{requests} went through a service worker."),
        FindingCode::ProtocolChanged => "Requests used different protocols.".to_owned(),
        FindingCode::Preflights => {
            "The browser sends a preflight before requests. Its time is included but cannot be shown separately. It may also open the \
             connection that the request then uses."
                .to_owned()
        }
        FindingCode::CacheNotRuledOut => format!(
            "{} may have come from a service worker or from the browser's cache, which XMLHttpRequest cannot bypass for another origin; the \
             browser does not show it. Measure without the service worker, or have the server send Timing-Allow-Origin.",
            some("response")
        ),
        FindingCode::SharedAnswers => format!(
            "{rounds} {was} left out: this browser gives concurrent XMLHttpRequests for the same URL one shared response. Put {{n}} into the \
             URL, so that each request has its own."
        ),
        FindingCode::OneAtATime => format!(
            "In {rounds}, requests were sent one at a time although several were in flight. XMLHttpRequest cannot bypass the cache, so requests \
             for the same URL wait for each other. Put {{n}} into the URL, so that each request has its own."
        ),
        FindingCode::Redirects => format!("{requests} {was} redirected. Measure the final URL instead."),
        FindingCode::CachedAnswers => format!("{} came from a cache, not from the target.", some("response")),
        FindingCode::Failures => format!("{requests} failed."),
        FindingCode::ColdReused => format!("Cold connections were requested, but {requests} reused one."),
        FindingCode::LateSends => format!("{requests} {was} sent later than due."),
        FindingCode::WarmOpened => format!(
            "{requests} opened a new connection although warm ones were requested: the server, the browser or the client had closed it, or \
             none was free. The times include opening these connections."
        ),
        FindingCode::DebugBuild => {
            "The engine is a debug build: clients written in Rust are slower than they should be.".to_owned()
        }
        FindingCode::OutsideMissing => "Variants that run outside the browser are missing.".to_owned(),
        FindingCode::ConnectionIds => {
            "The server's connection ids contradict the browser's times, so they are not used. A proxy or a cache may pass on the ids of \
             other connections."
                .to_owned()
        }
        FindingCode::PortAccepts => "The target's port is open: it accepted a connection from this machine.".to_owned(),
        FindingCode::PortRefuses => "The target's port is closed: it refused a connection from this machine.".to_owned(),
        FindingCode::EntriesAmbiguous => format!(
            "{requests} could not be matched to the browser's timing entries, because some requests timed out or failed. The connection used is \
             unknown."
        ),
        FindingCode::TimesHiddenAtTimes => format!(
            "The target hides the timings of {requests}: these responses, or a redirect before them, had no Timing-Allow-Origin header."
        ),
        FindingCode::InterimAnswers => format!(
            "For {requests}, the headers came long after the first byte that the browser reports. That byte may belong to an interim \
             response (1xx), or the thread was busy. Their phases are left out; their latencies count."
        ),
        FindingCode::OwnLateness => {
            "Each request was sent slightly later than due, because of the sender itself. Latency includes that.".to_owned()
        }
        FindingCode::ConnectionsLost => format!(
            "In {rounds}, connections in use were closed. The browser may have sent requests again by itself, so the server may have received \
             more than are counted. Firefox does not show which, so connections that look reused are labelled unknown there."
        ),
        FindingCode::LongTasks => {
            format!("{} blocked the measuring thread for more than 50 ms.", some("long task"))
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
        assert!(said(FindingCode::Redirects, 1).starts_with("1 request was redirected."));
        assert!(said(FindingCode::SharedAnswers, 2).starts_with("2 rounds were left out:"));
        // None leaves a brace or an empty place behind.
        for &code in FindingCode::ALL {
            let sentence = said(code, 3).replace("{n}", "");
            assert!(sentence.ends_with('.') && !sentence.contains(['{', '}']), "{sentence}");
        }
    }
}
