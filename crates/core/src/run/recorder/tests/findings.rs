//! What weakens or voids the numbers of rows and runs.

use super::*;

#[test]
fn more_than_one_new_connection_in_a_hundred_is_told_of_a_warm_row() {
    for (n, is_told) in [(100, false), (99, true)] {
        let mut recorder = Recorder::new(Scenario::default(), 0.1).unwrap();
        for block in 0..2 {
            recorder.add(&round(Some(block), &vec![Outcome::Ok; n]));
        }
        let report = report(&recorder);
        assert_eq!(report.variants[0].connections.new, 2);
        let told = report.validity.iter().find(|finding| finding.code == FindingCode::WarmOpened);
        assert_eq!(told.map(|finding| finding.count), is_told.then_some(2), "{n}");
    }
}

#[test]
fn findings_name_what_weakens_the_numbers() {
    let mut recorder = Recorder::new(Scenario::default(), 5.0).unwrap();
    let mut odd = round(Some(0), &[Outcome::Ok, Outcome::Ok, Outcome::Ok]);
    odd.voided = Some(FindingCode::TabHidden);
    odd.long_tasks = 2;
    odd.entries[0].protocol = "h2".into();
    odd.entries[0].worker_start_ms = 1.0;
    odd.entries[1].request_start_ms = 0.0;
    odd.entries[1].server_connection = None;
    odd.entries.pop();
    recorder.add(&odd);
    recorder.add(&round(Some(1), &[Outcome::Ok]));
    let report = report(&recorder);
    let found: Vec<_> = report.validity.iter().map(|finding| (finding.code, finding.count)).collect();
    for expected in [
        (FindingCode::TabHidden, 1),
        (FindingCode::EntriesMissing, 1),
        (FindingCode::TimesHiddenAtTimes, 1),
        (FindingCode::ServiceWorker, 1),
        (FindingCode::ProtocolChanged, 2),
        (FindingCode::CoarseTimer, 1),
        (FindingCode::LongTasks, 2),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert!(report.variants[0].rounds[0].voided);
}

/// Two requests at a time, one of which timed out, and left an entry that cannot be told from the other's.
#[test]
fn entries_that_cannot_be_told_apart_are_not_missing_and_hide_nothing() {
    let codes = |shown: bool| {
        let scenario = crate::scenario::params::parse("clients=xhr").unwrap().scenario;
        let mut recorder = Recorder::new(scenario, 0.1).unwrap();
        let mut round = round(
            Some(0),
            &[Outcome::Ok, failed(ErrorClass::Timeout, "late"), failed(ErrorClass::Timeout, "late")],
        );
        round.may_be_cached = true;
        round.entries = (0..2).map(|_| entry(0, new_socket(), 1)).collect();
        for entry in &mut round.entries {
            "http://localhost/lab/ping".clone_into(&mut entry.name);
            if !shown {
                *entry =
                    TimingEntry { start_ms: entry.start_ms, response_end_ms: 9.0, ..TimingEntry::default() };
            }
        }
        recorder.add(&round);
        let report = report(&recorder);
        assert_eq!(report.variants[0].unjoined, 1);
        report
            .validity
            .iter()
            .map(|finding| finding.code)
            .filter(|code| *code != FindingCode::Failures)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(true), [FindingCode::EntriesAmbiguous]);
    assert_eq!(codes(false), [FindingCode::EntriesMissing, FindingCode::CacheNotRuledOut]);
}

#[test]
fn a_target_that_shows_some_times_does_not_lack_the_header() {
    let mut recorder = Recorder::new(Scenario::default(), 0.1).unwrap();
    let mut hidden = round(Some(0), &[Outcome::Ok, Outcome::Ok]);
    hidden.entries[1].request_start_ms = 0.0;
    recorder.add(&hidden);
    let found = report(&recorder).validity;
    assert!(found.iter().any(|finding| finding.code == FindingCode::TimesHiddenAtTimes), "{found:?}");
    assert!(!found.iter().any(|finding| finding.code == FindingCode::TimesHidden), "{found:?}");
}

#[test]
fn at_a_rate_the_sender_s_own_lateness_is_told() {
    let late = |pacing: &str| {
        let scenario = crate::scenario::params::parse(pacing).unwrap().scenario;
        let mut recorder = Recorder::new(scenario, 0.1).unwrap();
        let mut round = round(Some(0), &vec![Outcome::Ok; 4]);
        for (sample, ms) in round.samples.iter_mut().zip([1.0, 0.5, 1.5, 4.0]) {
            sample.intended_ms = sample.called_ms - ms;
        }
        recorder.add(&round);
        let report = report(&recorder);
        // Each took 10 ms from its call, and counts from when it was due.
        assert_eq!(report.variants[0].latency_ms.as_ref().unwrap().max, 14.0);
        let told = report.validity.into_iter().find(|finding| finding.code == FindingCode::OwnLateness);
        (report.variants[0].late_ms, told.and_then(|finding| finding.detail))
    };
    let figures = crate::stats::summary::Lateness { p50: 1.0, p95: 4.0, max: 4.0 };
    let told = "p50 1.00 ms, p95 4.00 ms, max 4.00 ms".to_owned();
    assert_eq!(late("pacing=rate&rate=50"), (Some(figures), Some(told)));
    assert_eq!(late("pacing=concurrent"), (None, None));
}

/// Requests overlap, seven at a time: a connection that opens later takes the place of one that was closed.
#[test]
fn where_firefox_lost_connections_nothing_is_called_reused() {
    let labels = |browser: &str, opened: &[usize], fails: bool| {
        let mut recorder = Recorder::new(Scenario::default(), 0.1).unwrap();
        recorder.set_browser(browser);
        let mut outcomes = vec![Outcome::Ok; 20];
        if fails {
            outcomes[19] = failed(ErrorClass::Network, "NetworkError");
        }
        let mut round = round(Some(0), &outcomes);
        for (nth, entry) in round.entries.iter_mut().enumerate() {
            entry.server_connection = None;
            if opened.contains(&nth) {
                (entry.dns_start_ms, entry.connect_end_ms) = (entry.start_ms + 0.1, entry.start_ms + 0.5);
            }
        }
        recorder.add(&round);
        let report = report(&recorder);
        let is_found = report.validity.iter().any(|finding| finding.code == FindingCode::ConnectionsLost);
        (report.variants[0].connections.reused > 0, report.variants[0].connections.new, is_found)
    };
    let (firefox, chromium) = ("Mozilla/5.0 Gecko/20100101 Firefox/140.0", "Mozilla/5.0 Chrome/150.0");
    assert_eq!(labels(firefox, &[0, 1, 12], false), (false, 3, true));
    assert_eq!(labels(firefox, &[0], true), (false, 1, true));
    assert_eq!(labels(firefox, &[0, 1, 2], false), (true, 3, false));
    assert_eq!(labels(chromium, &[0, 1, 12], false), (true, 3, true));
}

#[test]
fn connections_that_close_by_design_are_not_lost() {
    let found = |block: Option<u32>, connection: &str, end: Outcome| {
        let scenario = crate::scenario::params::parse(&format!("connection={connection}")).unwrap().scenario;
        let mut recorder = Recorder::new(scenario, 0.1).unwrap();
        let mut outcomes = vec![Outcome::Ok; 20];
        outcomes[11] = end;
        let mut round = round(block, &outcomes);
        for (nth, entry) in round.entries.iter_mut().enumerate() {
            entry.server_connection = None;
            if [0, 1, 12].contains(&nth) {
                (entry.dns_start_ms, entry.connect_end_ms) = (entry.start_ms + 0.1, entry.start_ms + 0.5);
            }
        }
        recorder.add(&round);
        report(&recorder).validity.iter().any(|finding| finding.code == FindingCode::ConnectionsLost)
    };
    assert!(found(Some(0), "warm", Outcome::Ok));
    // A warm-up round's losses make later labels unknown, which wants to be told.
    assert!(found(None, "warm", Outcome::Ok));
    assert!(!found(Some(0), "cold", Outcome::Ok));
    // What is cut short takes its connection along.
    assert!(!found(Some(0), "warm", failed(ErrorClass::Timeout, "late")));
}

#[test]
fn without_a_network_no_entry_is_missed() {
    for (url, expected) in [("/lab/ping", true), ("data:text/plain,pong", false)] {
        let mut scenario = Scenario::default();
        scenario.target.url = url.into();
        let mut recorder = Recorder::new(scenario, 0.1).unwrap();
        let mut unseen = round(Some(0), &[Outcome::Ok]);
        unseen.entries.clear();
        recorder.add(&unseen);
        let report = report(&recorder);
        let is_missed = report.validity.iter().any(|finding| finding.code == FindingCode::EntriesMissing);
        assert_eq!((is_missed, report.variants[0].unjoined), (expected, 1), "{url}");
    }
}

#[test]
fn what_is_known_of_the_run_is_not_said_again_of_a_variant() {
    let mut recorder = Recorder::new(Scenario::default(), 0.1).unwrap();
    let finding = |code| Finding { code, severity: Severity::Weakens, variant: None, count: 1, detail: None };
    recorder.add_known(vec![finding(FindingCode::ServiceWorker), finding(FindingCode::Preflights)]);
    let mut through_worker = round(Some(0), &[Outcome::Ok]);
    through_worker.entries[0].worker_start_ms = 1.0;
    recorder.add(&through_worker);
    let found: Vec<_> = report(&recorder)
        .validity
        .into_iter()
        .map(|finding| (finding.code, finding.variant.is_some()))
        .collect();
    // Whether the worker answered from a store of its own nobody tells.
    let of_row = [FindingCode::ServiceWorker, FindingCode::CacheNotRuledOut].map(|code| (code, true));
    assert_eq!(found[0], (FindingCode::Preflights, false));
    assert!(found.len() == 3 && of_row.iter().all(|expected| found.contains(expected)), "{found:?}");
}

#[test]
fn requests_that_go_one_at_a_time_are_noticed() {
    let outcomes = vec![Outcome::Ok; 12];
    let found_for = |clients: &str, round: &Round| {
        let scenario = crate::scenario::params::parse(&format!("clients={clients}")).unwrap().scenario;
        let mut recorder = Recorder::new(scenario, 0.1).unwrap();
        recorder.add(round);
        report(&recorder).validity.iter().any(|finding| finding.code == FindingCode::OneAtATime)
    };
    let found = |round: &Round| found_for("xhr", round);
    let together = round(Some(0), &outcomes);
    assert!(!found(&together));
    let mut one_at_a_time = together.clone();
    for entry in &mut one_at_a_time.entries {
        // Each takes less than the millisecond until the next.
        entry.response_start_ms = entry.request_start_ms + 0.9;
    }
    assert!(found(&one_at_a_time));
    // A client that leaves the cache alone waits for nothing: its target is only quick.
    assert!(!found_for("gloo-net", &one_at_a_time));
    // One that the browser shows nothing of may have been among the others.
    one_at_a_time.entries.pop();
    assert!(!found(&one_at_a_time));
}

#[test]
fn a_cache_that_cannot_be_ruled_out_refuses_the_comparison() {
    let mut recorder = Recorder::new(Scenario::default(), 0.1).unwrap();
    for block in 0..5 {
        for variant in 0..3 {
            let mut round =
                Round { variant, may_be_cached: variant == 1, ..round(Some(block), &[Outcome::Ok]) };
            round.entries[0].request_start_ms = 0.0;
            recorder.add(&round);
        }
    }
    let report = report(&recorder);
    assert_eq!(report.variants.iter().map(|row| row.maybe_cached).collect::<Vec<_>>(), [0, 5, 0]);
    assert_eq!(report.comparisons[0].reason_code, crate::compare::verdict::Reason::CacheNotRuledOut);
    assert_ne!(report.comparisons[1].reason_code, crate::compare::verdict::Reason::CacheNotRuledOut);
}
