//! What weakens or voids a run's numbers, found in its tallies.

use super::tally::Row;
use crate::{
    compare::is_beyond_tolerance,
    report::{Ending, Finding, FindingCode, Severity, VariantReport},
    scenario::factors::Connection,
    stats::{numbers::fixed, summary::Lateness},
};

/// A clock is coarse for times below this many of its steps.
const STEPS_TO_RESOLVE: f64 = 5.0;

/// What weakens or voids the numbers of a run that ended so.
///
/// `known_before` is what was known before the first request; `reports` are the rows as the report shows them.
pub(super) fn findings(
    known_before: &[Finding],
    rows: &[Row],
    reports: &[VariantReport],
    timer_step_ms: f64,
    ending: Ending,
) -> Vec<Finding> {
    let mut findings = known_before.to_vec();
    match ending {
        Ending::Complete => {}
        Ending::Stopped => findings.push(Finding::of_run(FindingCode::Stopped, Severity::Note, None)),
        Ending::Failed => findings.push(Finding::of_run(FindingCode::EngineCrashed, Severity::Weakens, None)),
    }
    let shows_times = rows.iter().any(|row| row.tally.shows_times);
    for (Row { variant, tally, times }, row) in rows.iter().zip(reports) {
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
        found(FindingCode::InterimAnswers, Severity::Note, times.interim, None);
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
        // What runs outside the browser is timed by a clock of its own, of which nothing is known here.
        if let Some(latency) = row.latency_ms.as_ref().filter(|_| row.runtime.is_in_browser()) {
            let coarse = latency.p50 < STEPS_TO_RESOLVE * timer_step_ms;
            found(FindingCode::CoarseTimer, Severity::Weakens, u64::from(coarse), None);
        }
        findings.extend(protocol_changed(row));
    }
    // What is said of variants, each with its count, is not said of the whole run.
    let of_variants: Vec<FindingCode> =
        findings.iter().filter(|finding| finding.variant.is_some()).map(|finding| finding.code).collect();
    findings.retain(|finding| finding.variant.is_some() || !of_variants.contains(&finding.code));
    findings
}

/// A row whose requests went by several protocols.
pub(crate) fn protocol_changed(row: &VariantReport) -> Option<Finding> {
    let protocols: Vec<&str> =
        row.protocols.keys().map(String::as_str).filter(|name| !name.is_empty()).collect();
    (protocols.len() > 1).then(|| Finding {
        code: FindingCode::ProtocolChanged,
        severity: Severity::Weakens,
        variant: Some(row.id.clone()),
        count: protocols.len() as u64,
        detail: Some(protocols.join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compare::Reason,
        report::Report,
        run::recorder::{
            Recorder, Round,
            tests::{OK, entry, failed, new_socket, open, recorder, report, round},
        },
        samples::{ErrorClass, Outcome, TimingEntry},
        scenario::Scenario,
    };
    use FindingCode as Code;

    fn codes(report: &Report) -> Vec<Code> {
        report.validity.iter().map(|finding| finding.code).collect()
    }

    /// What is found of a run of one round.
    fn codes_of(settings: &str, round: &Round) -> Vec<Code> {
        let mut recorder = recorder(settings);
        recorder.add(round);
        codes(&report(&recorder))
    }

    #[test]
    fn a_warm_row_may_open_one_connection_in_a_hundred() {
        for (n, expected) in [(100, None), (99, Some(2))] {
            let mut recorder = recorder("");
            (0..2).for_each(|block| recorder.add(&round(Some(block), &vec![OK; n])));
            let report = report(&recorder);
            assert_eq!(report.variants[0].connections.new, 2);
            let found = report.validity.iter().find(|finding| finding.code == Code::WarmOpened);
            assert_eq!(found.map(|finding| finding.count), expected, "{n}");
        }
    }

    #[test]
    fn findings_name_what_weakens_the_numbers() {
        let mut recorder = Recorder::new(Scenario::default(), 5.0).unwrap();
        let mut odd = round(Some(0), &[OK, OK, OK]);
        odd.voided = Some(Code::TabHidden);
        odd.long_tasks = 2;
        odd.entries[0].protocol = "h2".into();
        odd.entries[0].worker_start_ms = 1.0;
        odd.entries[1].request_start_ms = 0.0;
        odd.entries[1].server_connection = None;
        odd.entries.pop();
        recorder.add(&odd);
        recorder.add(&round(Some(1), &[OK]));
        let report = report(&recorder);
        let found: Vec<_> = report.validity.iter().map(|finding| (finding.code, finding.count)).collect();
        for expected in [
            (Code::TabHidden, 1),
            (Code::EntriesMissing, 1),
            (Code::TimesHiddenAtTimes, 1),
            (Code::ServiceWorker, 1),
            (Code::ProtocolChanged, 2),
            (Code::CoarseTimer, 1),
            (Code::LongTasks, 2),
        ] {
            assert!(found.contains(&expected), "{expected:?} in {found:?}");
        }
        // A target that shows some times does not lack the header.
        assert!(!codes(&report).contains(&Code::TimesHidden));
        assert!(report.variants[0].rounds[0].voided);
    }

    /// Two requests at a time, one of which timed out, and left an entry that cannot be distinguished from the other's.
    #[test]
    fn ambiguous_entries_are_not_missing_and_hide_nothing() {
        let found = |is_shown: bool| {
            let late = failed(ErrorClass::Timeout);
            let mut round = round(Some(0), &[OK, late.clone(), late]);
            round.may_be_cached = true;
            round.entries = (0..2).map(|_| entry(0, new_socket(), 1)).collect();
            for entry in &mut round.entries {
                "http://localhost/lab/ping".clone_into(&mut entry.name);
                if !is_shown {
                    let start_ms = entry.start_ms;
                    *entry = TimingEntry { start_ms, response_end_ms: 9.0, ..TimingEntry::default() };
                }
            }
            codes_of("clients=xhr", &round)
        };
        assert_eq!(found(true), [Code::Failures, Code::EntriesAmbiguous]);
        assert_eq!(found(false), [Code::Failures, Code::EntriesMissing, Code::CacheNotRuledOut]);
    }

    #[test]
    fn at_a_rate_the_lateness_of_the_sender_is_reported() {
        let late = |settings: &str| {
            let mut recorder = recorder(settings);
            let mut round = round(Some(0), &[OK, OK, OK, OK]);
            for (sample, ms) in round.samples.iter_mut().zip([1.0, 0.5, 1.5, 4.0]) {
                sample.intended_ms = sample.called_ms - ms;
            }
            recorder.add(&round);
            let report = report(&recorder);
            // Each took 10 ms from its call, and counts from when it was due.
            assert_eq!(report.variants[0].latency_ms.as_ref().unwrap().max, 14.0);
            let found = report.validity.into_iter().find(|finding| finding.code == Code::OwnLateness);
            (report.variants[0].late_ms, found.and_then(|finding| finding.detail))
        };
        let figures = Lateness { p50: 1.0, p95: 4.0, max: 4.0 };
        let words = "p50 1.00 ms, p95 4.00 ms, max 4.00 ms".to_owned();
        assert_eq!(late("pacing=rate&rate=50"), (Some(figures), Some(words)));
        assert_eq!(late("pacing=concurrent"), (None, None));
    }

    /// Twenty requests, of which these opened a connection, by the browser's times.
    fn opening(block: Option<u32>, opened: &[usize], outcomes: &[Outcome]) -> Round {
        let mut round = round(block, outcomes);
        round.entries.iter_mut().for_each(|entry| entry.server_connection = None);
        opened.iter().for_each(|nth| open(&mut round.entries[*nth]));
        round
    }

    fn twenty(place: usize, end: Outcome) -> Vec<Outcome> {
        let mut outcomes = vec![OK; 20];
        outcomes[place] = end;
        outcomes
    }

    /// Requests overlap, seven at a time: a connection that opens later takes the place of one that was closed.
    #[test]
    fn where_firefox_lost_connections_nothing_is_called_reused() {
        let labels = |browser: &str, opened: &[usize], end: Outcome| {
            let mut recorder = recorder("");
            recorder.set_browser(browser);
            recorder.add(&opening(Some(0), opened, &twenty(19, end)));
            let report = report(&recorder);
            let connections = report.variants[0].connections;
            (connections.reused > 0, connections.new, codes(&report).contains(&Code::ConnectionsLost))
        };
        let (firefox, chromium) = ("Mozilla/5.0 Gecko/20100101 Firefox/140.0", "Mozilla/5.0 Chrome/150.0");
        assert_eq!(labels(firefox, &[0, 1, 12], OK), (false, 3, true));
        assert_eq!(labels(firefox, &[0], failed(ErrorClass::Network)), (false, 1, true));
        assert_eq!(labels(firefox, &[0, 1, 2], OK), (true, 3, false));
        assert_eq!(labels(chromium, &[0, 1, 12], OK), (true, 3, true));
    }

    #[test]
    fn connections_that_close_by_design_are_not_lost() {
        let late = || failed(ErrorClass::Timeout);
        for (block, connection, end, expected) in [
            (Some(0), "warm", OK, true),
            // A warm-up round's losses make later labels unknown, which is to be reported.
            (None, "warm", OK, true),
            (Some(0), "cold", OK, false),
            // What is cut short takes its connection along.
            (Some(0), "warm", late(), false),
        ] {
            let round = opening(block, &[0, 1, 12], &twenty(11, end));
            let codes = codes_of(&format!("connection={connection}"), &round);
            assert_eq!(codes.contains(&Code::ConnectionsLost), expected, "{block:?} {connection}");
        }
    }

    #[test]
    fn without_a_network_no_entry_is_missed() {
        let unseen = Round { entries: Vec::new(), ..round(Some(0), &[OK]) };
        for (url, expected) in [("/lab/ping", true), ("data:text/plain,pong", false)] {
            let codes = codes_of(&format!("url={url}"), &unseen);
            assert_eq!(codes.contains(&Code::EntriesMissing), expected, "{url}");
        }
    }

    #[test]
    fn what_is_known_of_the_run_is_not_repeated_for_a_row() {
        let mut recorder = recorder("");
        recorder.add_known(
            [Code::ServiceWorker, Code::Preflights]
                .map(|code| Finding::of_run(code, Severity::Weakens, None))
                .into(),
        );
        let mut through_worker = round(Some(0), &[OK]);
        through_worker.entries[0].worker_start_ms = 1.0;
        recorder.add(&through_worker);
        let found = report(&recorder).validity;
        let found: Vec<_> = found.iter().map(|finding| (finding.code, finding.variant.is_some())).collect();
        // Whether the worker answered from a store of its own nobody can say.
        let expected =
            [(Code::Preflights, false), (Code::ServiceWorker, true), (Code::CacheNotRuledOut, true)];
        assert_eq!(found, expected);
    }

    #[test]
    fn requests_that_go_one_at_a_time_are_noticed() {
        let found = |clients: &str, round: &Round| {
            codes_of(&format!("clients={clients}"), round).contains(&Code::OneAtATime)
        };
        let mut round = round(Some(0), &vec![OK; 12]);
        assert!(!found("xhr", &round));
        for entry in &mut round.entries {
            // Each takes less than the millisecond until the next.
            entry.response_start_ms = entry.request_start_ms + 0.9;
        }
        assert!(found("xhr", &round));
        // A client that leaves the cache alone waits for nothing: its target is only quick.
        assert!(!found("gloo-net", &round));
        // One that the browser shows nothing of may have been among the others.
        round.entries.pop();
        assert!(!found("xhr", &round));
    }

    #[test]
    fn a_cache_that_cannot_be_ruled_out_refuses_the_comparison() {
        let mut recorder = recorder("");
        for (block, variant) in (0..5).flat_map(|block| [0, 1, 2].map(|variant| (block, variant))) {
            let mut round = Round { variant, may_be_cached: variant == 1, ..round(Some(block), &[OK]) };
            round.entries[0].request_start_ms = 0.0;
            recorder.add(&round);
        }
        let report = report(&recorder);
        assert_eq!(report.variants.iter().map(|row| row.maybe_cached).collect::<Vec<_>>(), [0, 5, 0]);
        let [first, second] = &report.comparisons[..] else { panic!("two comparisons") };
        assert_eq!(first.reason_code, Reason::CacheNotRuledOut);
        assert_ne!(second.reason_code, Reason::CacheNotRuledOut);
    }
}
