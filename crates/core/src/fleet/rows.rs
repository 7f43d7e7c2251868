//! One row of several sessions.

use super::error::MergeError;
use crate::{
    map::Map,
    report::{Connections, Report, Requests, RoundReport, VariantReport},
    stats::{
        histogram::{HistogramError, LatencyHistogram},
        outliers::Outliers,
        summary::{Latency, median},
    },
};
use std::ops::AddAssign;

/// The row of this id, of all sessions.
pub(super) fn merged(id: &str, sessions: &[Report]) -> Result<VariantReport, MergeError> {
    let rows: Vec<&VariantReport> = sessions.iter().filter_map(|session| session.row(id)).collect();
    let Some(first) = rows.first() else { return Err(MergeError::Nothing) };
    if sessions.len() == 1 {
        // Nothing of it has to be added to anything.
        return Ok((*first).clone());
    }
    let mut row = VariantReport {
        rounds: Vec::new(),
        round_interval_ms: None,
        requests_per_second: None,
        outliers: Outliers::default(),
        latency_ms: latency(&rows)?,
        late_ms: None,
        phases_ms: Map::default(),
        ..(*first).clone()
    };
    for other in &rows[1..] {
        add(&mut row, other);
    }
    for (session, of_one) in (0..).zip(&rows) {
        row.outliers.mild += of_one.outliers.mild;
        row.outliers.severe += of_one.outliers.severe;
        row.rounds.extend(of_one.rounds.iter().map(|round| RoundReport { session, ..round.clone() }));
    }
    let walls: Vec<f64> = row.timed().map(|round| round.wall_ms).collect();
    row.round_median_ms = median(&walls);
    Ok(row)
}

fn add(row: &mut VariantReport, other: &VariantReport) {
    add_requests(&mut row.requests, other.requests);
    add_requests(&mut row.warmup.requests, other.warmup.requests);
    add_connections(&mut row.connections, other.connections);
    add_connections(&mut row.warmup.connections, other.warmup.connections);
    add_counts(&mut row.errors, &other.errors);
    add_counts(&mut row.evidence, &other.evidence);
    add_counts(&mut row.protocols, &other.protocols);
    add_counts(&mut row.statuses, &other.statuses);
    for (class, messages) in &other.error_messages {
        let known = row.error_messages.entry(*class).or_default();
        let new = messages.iter().filter(|message| !known.contains(message)).cloned().collect::<Vec<_>>();
        known.extend(new);
    }
    row.draining_requests += other.draining_requests;
    row.redirected += other.redirected;
    let new = other.redirected_to.iter().filter(|address| !row.redirected_to.contains(address));
    row.redirected_to.extend(new.cloned().collect::<Vec<_>>());
    row.aged_rounds += other.aged_rounds;
    row.maybe_cached += other.maybe_cached;
    row.unjoined += other.unjoined;
    row.body_bytes += other.body_bytes;
    row.sizes.transfer_bytes += other.sizes.transfer_bytes;
    row.sizes.encoded_bytes += other.sizes.encoded_bytes;
    row.sizes.decoded_bytes += other.sizes.decoded_bytes;
}

fn add_requests(sum: &mut Requests, other: Requests) {
    sum.issued += other.issued;
    sum.ok += other.ok;
    sum.failed += other.failed;
    sum.aborted += other.aborted;
}

fn add_connections(sum: &mut Connections, other: Connections) {
    sum.new += other.new;
    sum.reused += other.reused;
    sum.cached += other.cached;
    sum.unknown += other.unknown;
}

fn add_counts<K: Ord + Clone>(sums: &mut Map<K, u64>, others: &Map<K, u64>) {
    for (key, count) in others {
        sums.entry(key.clone()).or_default().add_assign(*count);
    }
}

/// Latencies of all sessions, from their histograms added. A percentile is never a mean of percentiles.
fn latency(rows: &[&VariantReport]) -> Result<Option<Latency>, MergeError> {
    let of_all: Vec<(usize, &Latency)> =
        (1..).zip(rows).filter_map(|(number, row)| Some((number, row.latency_ms.as_ref()?))).collect();
    if of_all.is_empty() {
        return Ok(None);
    }
    let wrong = |number| move |error: HistogramError| MergeError::Histogram { number, error };
    let mut histogram = LatencyHistogram::new().map_err(wrong(1))?;
    for (number, latency) in &of_all {
        histogram.add(&LatencyHistogram::from_base64(&latency.histogram).map_err(wrong(*number))?);
    }
    let latencies = || of_all.iter().map(|(_, latency)| *latency);
    let count: u64 = latencies().map(|latency| latency.count).sum();
    let (min, max) = latencies()
        .fold((f64::INFINITY, 0.0_f64), |(min, max), latency| (min.min(latency.min), max.max(latency.max)));
    let percentile = |share| histogram.quantile_ms(share).unwrap_or(max).clamp(min, max);
    Ok(Some(Latency {
        count,
        min,
        mean: latencies().map(|latency| latency.mean * latency.count as f64).sum::<f64>()
            / count.max(1) as f64,
        p50: percentile(0.50),
        p90: percentile(0.90),
        p95: percentile(0.95),
        p99: percentile(0.99),
        max,
        quantiles: histogram.curve(min, max),
        histogram: histogram.to_base64().map_err(wrong(1))?,
    }))
}
