use super::*;
use crate::{
    report::{Connections, Requests, fixture::sample as between},
    samples::{ConnectionLabel, ErrorClass, Evidence, OutcomeWord, Phase, Sample, SampleInfo},
    scenario::{
        factors::{Credentials, Runtime},
        params,
    },
};
use proptest::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) const OK: Outcome = Outcome::Ok;

fn sample(index: u32, outcome: Outcome) -> Sample {
    let status = match &outcome {
        Outcome::Ok => Some(200),
        Outcome::Failed { class: ErrorClass::Http4xx, .. } => Some(404),
        _ => None,
    };
    let called_ms = 1.0 + f64::from(index);
    Sample { status, outcome, ..between(index, called_ms, called_ms + 10.0) }
}

/// Each connection of a test has an id of its own.
pub(super) fn new_socket() -> u64 {
    static OPENED: AtomicU64 = AtomicU64::new(0);
    OPENED.fetch_add(1, Ordering::Relaxed)
}

pub(super) fn entry(index: u32, socket: u64, nth: u64) -> TimingEntry {
    let start_ms = 1.5 + f64::from(index);
    TimingEntry {
        name: format!("http://localhost/lab/ping#fm-{index}"),
        start_ms,
        fetch_start_ms: start_ms,
        dns_start_ms: start_ms,
        dns_end_ms: start_ms,
        connect_start_ms: start_ms,
        connect_end_ms: start_ms,
        request_start_ms: start_ms + 1.0,
        response_start_ms: start_ms + 7.0,
        response_end_ms: start_ms + 8.0,
        protocol: "http/1.1".into(),
        transfer_bytes: 305,
        encoded_bytes: 5,
        decoded_bytes: 5,
        server_connection: Some(ServerConnection { socket, nth }),
        ..TimingEntry::default()
    }
}

/// Lets an entry show that its request opened a connection.
pub(super) fn open(entry: &mut TimingEntry) {
    (entry.dns_start_ms, entry.connect_end_ms) = (entry.start_ms + 0.1, entry.start_ms + 0.5);
}

/// A round on one connection.
pub(super) fn round(block: Option<u32>, outcomes: &[Outcome]) -> Round {
    let samples: Vec<Sample> =
        outcomes.iter().enumerate().map(|(index, outcome)| sample(index as u32, outcome.clone())).collect();
    let socket = new_socket();
    let answered = samples.iter().filter(|sample| sample.status.is_some());
    let entries = answered.map(|sample| entry(sample.index, socket, u64::from(sample.index) + 1)).collect();
    Round { block, complete: true, wall_ms: 50.0, samples, entries, ..Round::default() }
}

pub(super) fn failed(class: ErrorClass) -> Outcome {
    Outcome::Failed { class, message: format!("{class}!") }
}

/// Of a run with these settings, written as in a link, and a clock of 0.1 ms.
pub(super) fn recorder(settings: &str) -> Recorder {
    Recorder::new(params::parse(settings).unwrap().scenario, 0.1).unwrap()
}

pub(super) fn report(recorder: &Recorder) -> Report {
    recorder.report(Environment::default(), "2026-01-01T00:00:00Z".into(), 1.0, Ending::Complete).unwrap()
}

#[test]
fn a_round_becomes_a_row() {
    let mut recorder = recorder("");
    recorder.add(&round(None, &[OK, OK]));
    recorder.add(&round(Some(0), &[OK, OK, failed(ErrorClass::Http4xx)]));
    recorder.add(&round(Some(1), &[OK, failed(ErrorClass::Network), OK]));
    let report = report(&recorder);
    let row = &report.variants[0];
    assert_eq!(row.requests, Requests { issued: 6, ok: 4, failed: 2, aborted: 0 });
    assert_eq!(row.warmup.requests, Requests { issued: 2, ok: 2, failed: 0, aborted: 0 });
    assert_eq!(row.warmup.connections, Connections { new: 1, reused: 1, ..Connections::default() });
    assert_eq!(row.connections, Connections { new: 2, reused: 3, cached: 0, unknown: 1 });
    assert_eq!(row.errors, [(ErrorClass::Http4xx, 1), (ErrorClass::Network, 1)].into());
    assert_eq!((row.rounds.len(), row.rounds[1].ok, row.round_median_ms), (2, 2, Some(50.0)));
    assert_eq!(row.requests_per_second, Some(40.0));
    assert_eq!((row.body_bytes, row.unjoined), (20, 0));
    assert_eq!(row.latency_ms.as_ref().unwrap().p50, 10.0);
    let phase = |phase| row.phases_ms[&phase].mean;
    assert_eq!((phase(Phase::Queue), phase(Phase::FirstByte), phase(Phase::Download)), (1.0, 6.0, 1.0));
    assert_eq!(phase(Phase::ClientOverhead), 2.0);
    let of_protocol = [("http/1.1".to_owned(), 5)].into();
    assert_eq!((&report.environment.protocols, &row.protocols), (&of_protocol, &of_protocol));
}

#[test]
fn every_request_comes_with_its_evidence() {
    let mut recorder = recorder("");
    let outcomes = [OK, failed(ErrorClass::Http4xx), failed(ErrorClass::Timeout)];
    let recorded = recorder.add_with_samples(&round(Some(3), &outcomes));
    assert_eq!((recorded.variant, recorded.block, recorded.samples.len()), (0, Some(3), 3));
    let [ok, not_found, late] = &recorded.samples[..] else { panic!("three requests") };
    assert_eq!((ok.outcome, ok.status, ok.connection), (OutcomeWord::Ok, Some(200), ConnectionLabel::New));
    assert_eq!(
        (ok.socket, ok.nth, ok.decoded_bytes, ok.transfer_bytes),
        (not_found.socket, Some(1), Some(5), Some(305))
    );
    assert_eq!((ok.started_ms, ok.request_ms), (Some(1.5), Some(2.5)));
    assert_eq!(ok.phases_ms[&Phase::FirstByte], 6.0);
    assert_eq!((not_found.error, not_found.connection), (Some(ErrorClass::Http4xx), ConnectionLabel::Reused));
    assert_eq!((late.started_ms, late.protocol.as_deref(), late.status), (None, None, None));
    let row = &report(&recorder).variants[0];
    assert_eq!(row.statuses, [(200, 1), (404, 1)].into());
    assert_eq!((row.sizes.transfer_bytes, row.sizes.encoded_bytes, row.redirected), (610, 10, 0));
}

/// Of a run with a row in the browser and one of Python.
fn beside_python(timer_step_ms: f64) -> Recorder {
    let clients = ["gloo-net:reused", "aiohttp:reused"].map(|client| client.parse().unwrap()).into();
    Recorder::new(Scenario { clients, ..Scenario::default() }, timer_step_ms).unwrap()
}

/// A round of native clients: three requests, the last of which failed.
fn native_round(block: Option<u32>) -> Round {
    let socket = new_socket();
    let info = |nth: Option<u64>| SampleInfo {
        connection: nth.map(|nth| ServerConnection { socket, nth }),
        protocol: if nth.is_some() { "http/1.1".into() } else { String::new() },
        redirected: nth == Some(1),
    };
    let info = Some(vec![info(Some(1)), info(Some(2)), info(None)]);
    Round { variant: 1, info, entries: Vec::new(), ..round(block, &[OK, OK, failed(ErrorClass::Timeout)]) }
}

#[test]
fn a_native_round_counts_by_what_was_answered() {
    let mut recorder = beside_python(0.1);
    recorder.add(&native_round(None));
    for block in 0..6 {
        recorder.add(&round(Some(block), &[OK, OK, failed(ErrorClass::Timeout)]));
        recorder.add(&Round { wall_ms: 100.0 + f64::from(block % 2), ..native_round(Some(block)) });
    }
    let recorded = recorder.add_with_samples(&Round { complete: false, ..native_round(Some(6)) });
    let [first, second, _] = &recorded.samples[..] else { panic!("three requests") };
    assert_eq!((second.connection, second.evidence), (ConnectionLabel::Reused, Evidence::Server));
    assert_eq!((second.socket, second.nth, second.redirected), (first.socket, Some(2), false));
    assert_eq!((first.protocol.as_deref(), first.started_ms), (Some("http/1.1"), None));
    let report = report(&recorder);
    let [browser, python] = &report.variants[..] else { panic!("two rows") };
    assert_eq!((browser.runtime, python.runtime), (Runtime::Browser, Runtime::Python));
    assert_eq!(python.requests, Requests { issued: 21, ok: 14, failed: 7, aborted: 0 });
    assert_eq!(python.connections, Connections { new: 7, reused: 7, cached: 0, unknown: 7 });
    assert_eq!(python.evidence, [(Evidence::Server, 14), (Evidence::Nothing, 7)].into());
    assert_eq!((python.redirected, &python.protocols), (7, &[("http/1.1".to_owned(), 14)].into()));
    // There are no entries to miss, and no phases to show.
    assert_eq!(python.unjoined, 0);
    assert!(python.phases_ms.is_empty() && python.latency_ms.as_ref().unwrap().count == 12);
    let of_python = |finding: &&Finding| finding.variant.as_deref() == Some(python.id.as_str());
    let found: Vec<_> = report.validity.iter().filter(of_python).map(|finding| finding.code).collect();
    assert_eq!(found, [FindingCode::Failures, FindingCode::WarmOpened, FindingCode::Redirects]);
    // Both rows' rounds are of the same blocks: they are paired.
    let comparison = &report.comparisons[0];
    assert_eq!((comparison.blocks, comparison.verdict.word()), (6, "slower"));
    assert!(comparison.ratio.is_some_and(|ratio| (2.0..2.02).contains(&ratio)), "{comparison:?}");
}

#[test]
fn the_browser_clock_matters_to_its_own_rows_only() {
    let mut recorder = beside_python(5.0);
    recorder.add(&round(Some(0), &[OK, OK]));
    recorder.add(&native_round(Some(0)));
    let report = report(&recorder);
    let coarse = report.validity.iter().filter(|finding| finding.code == FindingCode::CoarseTimer);
    let rows: Vec<_> = coarse.map(|finding| finding.variant.as_ref()).collect();
    assert_eq!(rows, [Some(&report.variants[0].id)]);
}

#[test]
fn an_environment_without_other_runtimes_is_that_of_old_reports() {
    let json = serde_json::to_string(&Environment::default()).unwrap();
    assert!(!json.contains("runtimes"));
    assert_eq!(serde_json::from_str::<Environment>(&json).unwrap(), Environment::default());
}

#[test]
fn comparisons_use_the_level_that_was_set() {
    let mut recorder = recorder("");
    for (block, variant) in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)] {
        recorder.add(&Round { variant, ..round(Some(block), &[OK]) });
    }
    assert_eq!(report(&recorder).comparisons[0].confidence, 0.95);
    recorder.set_alpha(0.01);
    assert_eq!(report(&recorder).comparisons[0].confidence, 0.99);
}

#[test]
fn a_stopped_round_is_counted_and_not_compared() {
    let mut recorder = recorder("");
    recorder.add(&Round { complete: false, ..round(Some(0), &[OK, Outcome::Aborted]) });
    let row = &report(&recorder).variants[0];
    assert!(row.rounds.is_empty() && row.requests.adds_up());
    assert_eq!((row.requests.issued, row.requests.aborted, row.connections.unknown), (2, 1, 0));
    assert_eq!(row.unjoined, 0, "entries of a stopped round are not waited for");
}

/// Stop leaves a round's entries unread: what nobody looked at counts against no one.
#[test]
fn a_stopped_round_refuses_no_comparison_of_those_before_it() {
    let mut recorder = recorder("clients=xhr:reused,js-fetch:reused&connection=cold");
    let cold = |variant, block| {
        let mut round = Round { variant, may_be_cached: variant == 0, ..round(block, &[OK, OK]) };
        for entry in &mut round.entries {
            entry.server_connection = Some(ServerConnection { socket: new_socket(), nth: 1 });
            entry.connect_end_ms += 0.5;
        }
        round
    };
    for block in 0..5 {
        (0..2).for_each(|variant| recorder.add(&cold(variant, Some(block))));
    }
    recorder.add(&Round { complete: false, entries: Vec::new(), ..cold(0, Some(5)) });
    recorder.add(&Round { complete: false, entries: Vec::new(), ..cold(0, None) });
    let report = report(&recorder);
    let row = &report.variants[0];
    assert_eq!(row.requests, Requests { issued: 12, ok: 12, failed: 0, aborted: 0 });
    assert_eq!(row.connections, Connections { new: 10, ..Connections::default() });
    assert_eq!(row.warmup.connections, Connections::default());
    assert_eq!((row.unjoined, row.maybe_cached, row.evidence[&Evidence::Server]), (0, 0, 10));
    let comparison = &report.comparisons[0];
    assert!(comparison.ratio.is_some(), "{comparison:?}");
    assert_ne!(comparison.verdict, crate::compare::Verdict::Refused);
}

/// A proxy that closes each of the browser's connections, and keeps one of its own.
#[test]
fn ids_that_cannot_be_count_in_no_round() {
    let mut recorder = recorder("");
    recorder.add(&round(None, &[OK, OK]));
    recorder.add(&round(Some(0), &[OK, OK, OK]));
    assert_eq!(report(&recorder).variants[0].evidence[&Evidence::Server], 3);
    let mut opened = Round { variant: 1, ..round(Some(0), &[OK, OK, OK]) };
    opened.entries.iter_mut().for_each(open);
    let recorded = recorder.add_with_samples(&opened);
    assert_eq!((recorded.samples[1].connection, recorded.samples[1].socket), (ConnectionLabel::New, None));
    let after = report(&recorder);
    let [earlier, opened, ..] = &after.variants[..] else { panic!("rows") };
    assert_eq!(opened.connections, Connections { new: 3, ..Connections::default() });
    assert_eq!(opened.evidence, [(Evidence::ResourceTiming, 3)].into());
    // By times alone: nobody saw the connections of the earlier rounds open, of which three were in use at a time.
    assert_eq!(earlier.connections, Connections { reused: 2, unknown: 1, ..Connections::default() });
    assert_eq!(earlier.warmup.connections, Connections { unknown: 2, ..Connections::default() });
    assert!(earlier.example_round.as_ref().unwrap().requests.iter().all(|request| request.socket.is_none()));
    let found = after.validity.iter().find(|finding| finding.code == FindingCode::ConnectionIds).unwrap();
    assert!(found.variant.is_none() && found.detail.as_ref().unwrap().ends_with("-2\""), "{found:?}");
}

/// What a request to one target opened, one to another uses if it is on the same server, and with the same credentials.
#[test]
fn targets_on_one_server_share_their_connections() {
    let label_of_second = |other: &str, credentials: Option<Credentials>| {
        let settings = format!("url=http://localhost/a&url={other}&clients=ky:reused");
        let mut scenario = params::parse(&settings).unwrap().scenario;
        scenario.targets[1].credentials = credentials;
        let mut recorder = Recorder::new(scenario, 0.1).unwrap();
        for variant in 0..2 {
            let mut round = Round { variant, ..round(Some(0), &[OK]) };
            round.entries[0].server_connection = None;
            if variant == 0 {
                open(&mut round.entries[0]);
            }
            recorder.add(&round);
        }
        let Connections { new, reused, unknown, .. } = report(&recorder).variants[1].connections;
        (new, reused, unknown)
    };
    assert_eq!(label_of_second("http://localhost/b", None), (0, 1, 0));
    assert_eq!(label_of_second("http://localhost/b", Some(Credentials::Include)), (0, 0, 1));
    assert_eq!(label_of_second("http://localhost:81/b", None), (0, 0, 1));
}

#[test]
fn reports_follow_what_is_added() {
    let mut recorder = recorder("");
    for blocks in 1..4 {
        recorder.add(&round(Some(blocks - 1), &[OK]));
        let rows = report(&recorder).variants;
        assert_eq!((rows[0].rounds.len(), rows[1].rounds.len()), (blocks as usize, 0));
    }
}

#[test]
fn rounds_that_are_voided_or_stopped_leave_no_times() {
    let mut recorder = recorder("");
    recorder.add(&Round { voided: Some(FindingCode::TabHidden), ..round(Some(0), &[OK, OK]) });
    recorder.add(&Round { complete: false, ..round(Some(1), &[OK, Outcome::Aborted]) });
    let row = report(&recorder).variants.remove(0);
    assert_eq!((row.requests.issued, row.requests.ok, row.rounds.len()), (4, 3, 1));
    assert_eq!((row.round_median_ms, row.requests_per_second, row.latency_ms), (None, None, None));
    assert!(row.phases_ms.is_empty());
    recorder.add(&Round { wall_ms: 1.0, ..round(Some(2), &[failed(ErrorClass::Network)]) });
    let row = report(&recorder).variants.remove(0);
    assert_eq!((row.round_median_ms, row.requests_per_second, row.rounds.len()), (None, None, 2));
    recorder.add(&round(Some(3), &[OK]));
    let row = report(&recorder).variants.remove(0);
    assert_eq!((row.round_median_ms, row.latency_ms.map(|latency| latency.count)), (Some(50.0), Some(1)));
}

#[test]
fn a_round_of_no_variant_is_left_out() {
    let mut recorder = recorder("");
    recorder.add(&Round { variant: 99, ..round(Some(0), &[OK]) });
    assert!(report(&recorder).variants.iter().all(|row| row.requests.issued == 0));
}

proptest! {
    #![proptest_config(crate::report::fixture::same_each_time(64))]

    #[test]
    fn counts_always_add_up(kinds in prop::collection::vec(0_u8..4, 0..60), complete: bool, warm_up: bool) {
        let outcomes: Vec<Outcome> = kinds
            .iter()
            .map(|kind| match kind {
                0 => OK,
                1 => failed(ErrorClass::Http4xx),
                2 => failed(ErrorClass::Timeout),
                _ => Outcome::Aborted,
            })
            .collect();
        let mut recorder = recorder("");
        recorder.add(&Round { complete, ..round((!warm_up).then_some(0), &outcomes) });
        let row = report(&recorder).variants.remove(0);
        prop_assert!(row.requests.adds_up() && row.warmup.requests.adds_up());
        let total = row.requests.issued + row.warmup.requests.issued;
        prop_assert_eq!(total, outcomes.len() as u64);
        let labels = row.connections;
        let labelled = if complete { row.requests.ok + row.requests.failed } else { 0 };
        prop_assert_eq!(labels.new + labels.reused + labels.cached + labels.unknown, labelled);
    }
}
