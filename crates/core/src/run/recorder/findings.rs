//! What weakens or voids a run's numbers, found in its tallies.

use super::tally::Tally;
use crate::{
    compare::tolerance::is_beyond_tolerance,
    report::{
        model::{Ending, VariantReport},
        validity::{Finding, FindingCode, Severity},
    },
    scenario::{
        factors::{Connection, Runtime},
        variant::Variant,
    },
    stats::{numbers::fixed, summary::Lateness},
};

/// A clock is coarse for times below this many of its steps.
const STEPS_TO_RESOLVE: f64 = 5.0;

/// What weakens or voids the numbers of a run that ended so.
///
/// `known_before` is what was known before the first request; `rows` are the tallies as the report shows them.
pub(super) fn findings(
    known_before: &[Finding],
    variants: &[(Variant, Tally)],
    rows: &[VariantReport],
    timer_step_ms: f64,
    ending: Ending,
) -> Vec<Finding> {
    let mut findings = known_before.to_vec();
    match ending {
        Ending::Complete => {}
        Ending::Stopped => findings.push(run_finding(FindingCode::Stopped, Severity::Note)),
        Ending::Failed => findings.push(run_finding(FindingCode::EngineCrashed, Severity::Weakens)),
    }
    let shows_times = variants.iter().any(|(_, tally)| tally.shows_times);
    for ((variant, tally), row) in variants.iter().zip(rows) {
        let mut found = |code, severity, count: u64, detail: Option<String>| {
            if count > 0 {
                findings.push(Finding { code, severity, variant: Some(variant.id.clone()), count, detail });
            }
        };
        for (code, rounds) in &tally.voided {
            found(*code, Severity::Voids, *rounds, None);
        }
        let first_message = row.error_messages.values().flatten().next().cloned();
        found(FindingCode::Failures, Severity::Weakens, row.requests.failed, first_message);
        found(FindingCode::CachedAnswers, Severity::Voids, row.connections.cached, None);
        let cold_reused = if variant.connection == Connection::Cold { row.connections.reused } else { 0 };
        found(FindingCode::ColdReused, Severity::Voids, cold_reused, None);
        let (labels, is_warm) = (&row.connections, variant.connection == Connection::Warm);
        let labelled = (labels.new + labels.reused).max(1) as f64;
        // A pool now and then replaces a connection. No more than that goes without a word: each lane's first request waits for its
        // connection, so that six of a hundred over TLS can make a round one tenth longer.
        let is_many = is_warm && is_beyond_tolerance(labels.new as f64 / labelled);
        found(FindingCode::WarmOpened, Severity::Weakens, if is_many { labels.new } else { 0 }, None);
        let missing = tally.unjoined.saturating_sub(tally.ambiguous);
        found(FindingCode::EntriesMissing, Severity::Weakens, missing, None);
        found(FindingCode::EntriesAmbiguous, Severity::Weakens, tally.ambiguous, None);
        let hidden = if shows_times { FindingCode::TimesHiddenAtTimes } else { FindingCode::TimesHidden };
        found(hidden, Severity::Weakens, tally.times_hidden, None);
        found(FindingCode::InterimAnswers, Severity::Note, tally.interim, None);
        found(FindingCode::ServiceWorker, Severity::Weakens, tally.through_worker, None);
        found(FindingCode::LateSends, Severity::Weakens, tally.late_sends, None);
        if let Some(Lateness { p50, p95, max }) = row.late_ms {
            let [p50, p95, max] = [p50, p95, max].map(|ms| fixed(ms, 2));
            let figures = format!("p50 {p50} ms, p95 {p95} ms, max {max} ms");
            found(FindingCode::OwnLateness, Severity::Note, 1, Some(figures));
        }
        found(FindingCode::LongTasks, Severity::Weakens, tally.long_tasks, None);
        found(FindingCode::CacheNotRuledOut, Severity::Voids, tally.maybe_cached, None);
        found(FindingCode::OneAtATime, Severity::Weakens, tally.one_at_a_time, None);
        found(FindingCode::ConnectionsLost, Severity::Note, tally.lost_connections, None);
        found(FindingCode::Redirects, Severity::Note, tally.redirected, None);
        let protocols: Vec<&str> =
            tally.protocols.keys().map(String::as_str).filter(|name| !name.is_empty()).collect();
        if protocols.len() > 1 {
            let (count, names) = (protocols.len() as u64, protocols.join(", "));
            found(FindingCode::ProtocolChanged, Severity::Weakens, count, Some(names));
        }
        // What runs outside the browser is timed by a clock of its own, of which nothing is known here.
        if let Some(latency) = row.latency_ms.as_ref().filter(|_| row.runtime == Runtime::Browser) {
            let coarse = latency.p50 < STEPS_TO_RESOLVE * timer_step_ms;
            found(FindingCode::CoarseTimer, Severity::Weakens, u64::from(coarse), None);
        }
    }
    without_what_is_told_apart(findings)
}

/// Leaves out what is said of the whole run where it is said of variants, too, and there with its count.
fn without_what_is_told_apart(findings: Vec<Finding>) -> Vec<Finding> {
    let told: Vec<FindingCode> =
        findings.iter().filter(|finding| finding.variant.is_some()).map(|finding| finding.code).collect();
    findings
        .into_iter()
        .filter(|finding| finding.variant.is_some() || !told.contains(&finding.code))
        .collect()
}

fn run_finding(code: FindingCode, severity: Severity) -> Finding {
    Finding { code, severity, variant: None, count: 1, detail: None }
}
