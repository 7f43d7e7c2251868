//! A million samples, measured by a clock that is lent: here natively, in `tests/summary` in a browser.

use fetchmark_core::{
    report::{Ending, Environment},
    run::recorder::{Recorder, Round},
    samples::{Outcome, Sample, TimingEntry},
    scenario::Scenario,
    stats::{histogram::HistogramError, summary::Times},
};
use std::hint::black_box;

const SAMPLES: u32 = 1_000_000;
const PER_ROUND: u32 = 1_000;

/// Times in ms: of summarising alone, of everything that is done with a round's samples, of a report. `now_ms` is a clock.
pub(crate) fn measure(now_ms: impl Fn() -> f64) -> Result<[f64; 3], HistogramError> {
    let started = now_ms();
    let mut times = Times::new()?;
    for sample in 0..SAMPLES {
        // Spread over three decades, in no order.
        times.add(0.5 + f64::from(sample.wrapping_mul(2_654_435_761) % 1_000_000) / 1_000.0);
    }
    black_box(times.latency()?);
    let summarised_ms = now_ms() - started;

    let mut recorder = Recorder::new(Scenario::default(), 0.005)?;
    let mut recorded_ms = 0.0;
    for block in 0..SAMPLES / PER_ROUND {
        let round = round(block);
        let started = now_ms();
        recorder.add(&round);
        recorded_ms += now_ms() - started;
    }

    let started = now_ms();
    black_box(recorder.report(Environment::default(), String::new(), 0.0, Ending::Complete)?);
    Ok([summarised_ms, recorded_ms, now_ms() - started])
}

fn round(block: u32) -> Round {
    let first = block * PER_ROUND;
    let at = |index: u32| f64::from(index) * 0.7;
    let samples = (first..first + PER_ROUND)
        .map(|index| Sample {
            index,
            intended_ms: at(index),
            called_ms: at(index),
            headers_ms: None,
            ended_ms: at(index) + 10.0,
            status: Some(200),
            body_bytes: 5,
            outcome: Outcome::Ok,
        })
        .collect();
    let entries = (first..first + PER_ROUND).map(|index| entry(at(index))).collect();
    Round { block: Some(block), complete: true, wall_ms: 700.0, samples, entries, ..Round::default() }
}

fn entry(called_ms: f64) -> TimingEntry {
    TimingEntry {
        name: "http://localhost/lab/ping".to_owned(),
        start_ms: called_ms + 0.5,
        fetch_start_ms: called_ms + 0.5,
        dns_start_ms: called_ms + 0.5,
        dns_end_ms: called_ms + 0.5,
        connect_start_ms: called_ms + 0.5,
        connect_end_ms: called_ms + 0.5,
        request_start_ms: called_ms + 1.5,
        response_start_ms: called_ms + 7.0,
        response_end_ms: called_ms + 9.0,
        protocol: "http/1.1".to_owned(),
        transfer_bytes: 305,
        encoded_bytes: 5,
        decoded_bytes: 5,
        ..TimingEntry::default()
    }
}
