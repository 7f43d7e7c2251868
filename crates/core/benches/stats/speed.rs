//! How long a million samples take.

use crate::table::Table;
use fetchmark_core::{
    histogram::HistogramError,
    recorder::{Recorder, Round},
    report::{Ending, Environment},
    sample::{Outcome, Sample},
    scenario::Scenario,
    summary::Times,
    timing::TimingEntry,
};
use std::{hint::black_box, time::Instant};

const SAMPLES: u32 = 1_000_000;
const PER_ROUND: u32 = 1_000;

/// Every part once.
///
/// # Errors
/// [`HistogramError`] if a summary cannot be made.
pub(crate) fn table() -> Result<Table, HistogramError> {
    let mut table = Table::new("1,000,000 samples | ms");
    let started = Instant::now();
    let mut times = Times::new()?;
    for sample in 0..SAMPLES {
        // Spread over three decades, in no order.
        times.add(0.5 + f64::from(sample.wrapping_mul(2_654_435_761) % 1_000_000) / 1_000.0);
    }
    black_box(times.latency()?);
    let ms = started.elapsed().as_secs_f64() * 1e3;
    table.push(vec![
        "summarised: histogram, percentiles, base64 (goal 100)".to_owned(),
        Table::mark(format!("{ms:.0}"), ms > 100.0),
    ]);
    let mut recorder = Recorder::new(Scenario::default(), 0.005)?;
    let mut took_ms = 0.0;
    for block in 0..SAMPLES / PER_ROUND {
        let round = round(block);
        let started = Instant::now();
        recorder.add(&round);
        took_ms += started.elapsed().as_secs_f64() * 1e3;
    }
    table.push(vec!["joined, labelled, cut into phases, summarised".to_owned(), format!("{took_ms:.0}")]);
    let started = Instant::now();
    black_box(recorder.report(Environment::default(), String::new(), 0.0, Ending::Complete)?);
    let ms = started.elapsed().as_secs_f64() * 1e3;
    table.push(vec!["the report of them".to_owned(), format!("{ms:.0}")]);
    Ok(table)
}

fn round(block: u32) -> Round {
    let first = block * PER_ROUND;
    let at = |index: u32| f64::from(index) * 0.7;
    let samples = (first..first + PER_ROUND)
        .map(|index| Sample {
            index,
            intended_ms: at(index),
            called_ms: at(index),
            ended_ms: at(index) + 10.0,
            status: Some(200),
            body_bytes: 5,
            outcome: Outcome::Ok,
        })
        .collect();
    let entries = (first..first + PER_ROUND).map(|index| entry(index, at(index))).collect();
    Round {
        variant: 0,
        block: Some(block),
        complete: true,
        wall_ms: 700.0,
        samples,
        entries,
        voided: None,
        draining_requests: 0,
        may_be_cached: false,
        long_tasks: 0,
    }
}

fn entry(index: u32, called_ms: f64) -> TimingEntry {
    TimingEntry {
        name: format!("http://localhost/lab/ping#fm-{index}"),
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
