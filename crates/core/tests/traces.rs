//! Joins, labels and phases on what Chromium and Firefox showed of requests to the lab.
//!
//! The traces are real; `tests/e2e/examples/record_traces.rs` records them anew. Beside what the browser shows stands what each answer
//! itself said of its socket, which is the truth.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail a test by panicking, just as the tests do")]

use fetchmark_core::{
    request::target::Target,
    run::recorder::{Recorder, Round},
    samples::{ConnectionLabel, Evidence, Phase, Sample, SampleRecord, ServerConnection, TimingEntry},
    scenario::Scenario,
    target_check::{Answer, CheckCode, Observations, Reply, Topic, findings},
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Trace {
    step_ms: f64,
    samples: Vec<Sample>,
    truth: Vec<Option<ServerConnection>>,
    entries: Vec<TimingEntry>,
}

fn traces() -> Vec<(String, Trace)> {
    [
        ("chromium", include_str!("data/traces/chromium.json")),
        ("firefox", include_str!("data/traces/firefox.json")),
    ]
    .into_iter()
    .flat_map(|(browser, json)| {
        let traces: BTreeMap<String, Trace> = serde_json::from_str(json).unwrap();
        traces.into_iter().map(move |(name, trace)| (format!("{browser}, {name}"), trace))
    })
    .collect()
}

fn named(name: &str) -> Vec<(String, Trace)> {
    let named: Vec<_> = traces().into_iter().filter(|(full, _)| full.ends_with(name)).collect();
    assert_eq!(named.len(), 2, "{name}");
    named
}

/// What the recorder makes of a round with these entries.
fn recorded(trace: &Trace, entries: Vec<TimingEntry>) -> Vec<SampleRecord> {
    let mut recorder = Recorder::new(Scenario::default(), trace.step_ms).unwrap();
    let samples = trace.samples.clone();
    let round = Round { block: Some(0), complete: true, wall_ms: 1.0, samples, entries, ..Round::default() };
    recorder.add_with_samples(&round).samples
}

fn median(trace: &Trace, phase: Phase) -> f64 {
    let samples = recorded(trace, trace.entries.clone());
    let mut times: Vec<f64> = samples.iter().map(|sample| sample.phases_ms[&phase]).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[test]
fn each_request_is_joined_to_its_own_entry() {
    for (name, trace) in traces() {
        for (sample, truth) in recorded(&trace, trace.entries.clone()).iter().zip(&trace.truth) {
            assert!(sample.started_ms.is_some(), "{name}: no entry for {sample:?}");
            let (Some(truth), false) = (truth, sample.tied) else { continue };
            assert_eq!((sample.socket, sample.nth), (Some(truth.socket), Some(truth.nth)), "{name}");
            let label = if truth.nth == 1 { ConnectionLabel::New } else { ConnectionLabel::Reused };
            assert_eq!((sample.connection, sample.evidence), (label, Evidence::Server), "{name}");
        }
    }
}

#[test]
fn an_entry_that_is_missing_is_no_other_request_s() {
    for (name, trace) in traces() {
        for missing in 0..trace.entries.len() {
            let mut entries = trace.entries.clone();
            entries.remove(missing);
            for (sample, truth) in recorded(&trace, entries).iter().zip(&trace.truth) {
                let (Some(truth), Some(socket), false) = (truth, sample.socket, sample.tied) else {
                    continue;
                };
                assert_eq!((socket, sample.nth), (truth.socket, Some(truth.nth)), "{name} without {missing}");
            }
        }
    }
}

#[test]
fn without_the_server_s_word_no_label_is_wrong() {
    let mut seen = BTreeMap::new();
    for (name, trace) in traces() {
        let unnumbered = |entry: &TimingEntry| TimingEntry { server_connection: None, ..entry.clone() };
        let samples = recorded(&trace, trace.entries.iter().map(unnumbered).collect());
        for (sample, truth) in samples.iter().zip(&trace.truth) {
            let Some(truth) = truth else { continue };
            let is_right = match sample.connection {
                ConnectionLabel::New => truth.nth == 1,
                ConnectionLabel::Reused => truth.nth > 1,
                _ => true,
            };
            assert!(is_right, "{name}: {truth:?} {sample:?}");
            *seen.entry(sample.connection).or_insert(0) += 1;
        }
    }
    // And not because nothing is ever said.
    assert!(seen[&ConnectionLabel::New] >= 10 && seen[&ConnectionLabel::Reused] >= 40, "{seen:?}");
}

#[test]
fn each_phase_is_as_long_as_the_lab_made_it() {
    for (trace, phase, kept_ms) in [
        ("first-byte", Phase::FirstByte, 40.0),
        ("download", Phase::FirstByte, 10.0),
        ("download", Phase::Download, 30.0),
        ("queue", Phase::FirstByte, 100.0),
        ("handshake", Phase::Tls, 60.0),
        // The system asks again after 1 s and after 3 s; there is room from 2.5 s on.
        ("connect", Phase::Connect, 3_000.0),
    ] {
        for (name, trace) in named(trace) {
            let found = median(&trace, phase);
            // What was recorded once stays as late as the machine was then.
            assert!((kept_ms - 1.0..kept_ms * 1.2 + 10.0).contains(&found), "{name}: {phase:?} {found} ms");
        }
    }
}

#[test]
fn phases_and_the_client_s_own_cost_add_up_to_the_latency() {
    for (name, trace) in traces() {
        for sample in recorded(&trace, trace.entries.clone()) {
            let sum: f64 = sample.phases_ms.values().sum();
            let latency = sample.ended_ms - sample.called_ms;
            assert!((sum - latency).abs() <= 8.0 * trace.step_ms + 0.001, "{name}: {sum} ms in {sample:?}");
        }
    }
}

#[test]
fn a_turn_that_waits_for_a_connection_queues() {
    for (name, trace) in named("queue") {
        let mut queued: Vec<f64> = recorded(&trace, trace.entries.clone())
            .iter()
            .map(|sample| sample.phases_ms[&Phase::Queue])
            .collect();
        queued.sort_by(f64::total_cmp);
        // Three turns of six, of 100 ms each.
        assert!(queued[5] < 50.0 && queued[6] > 90.0 && queued[12] > 190.0, "{name}: {queued:?}");
    }
}

/// The page's loading had left connections open, which the first requests used.
#[test]
fn a_server_that_closes_is_seen_despite_open_connections() {
    for (name, trace) in named("closing") {
        assert!(trace.truth[0].is_some_and(|truth| truth.nth > 1), "{name}");
        for is_numbered in [true, false] {
            let answered = trace.entries.iter().map(|entry| {
                let server_connection = entry.server_connection.filter(|_| is_numbered);
                let entry = Some(TimingEntry { server_connection, ..entry.clone() });
                Reply::Answered(Box::new(Answer { status: 200, entry, ..Answer::default() }))
            });
            let observed =
                Observations { is_over_network: true, target: answered.collect(), ..Observations::default() };
            let found = findings(&Target::default(), &observed);
            let warm = found.iter().find(|finding| finding.topic == Topic::Warm).unwrap();
            assert_eq!(warm.code, CheckCode::ClosedEachTime, "{name}, numbered: {is_numbered}");
        }
    }
}
