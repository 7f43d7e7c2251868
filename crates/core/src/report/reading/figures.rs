//! Figures that no run comes to.

use crate::{
    compare::Comparison,
    report::{Connections, Environment, Requests, VariantReport},
    stats::summary::{Latency, PhaseTimes},
};

/// What is wrong with a number that is no time.
pub(super) const NO_TIME: &str = "a time in ms, zero or more, was expected";

/// What is wrong with a count that is beyond any run.
pub(super) const TOO_MANY: &str = "no run counts so many";

/// The largest count: JavaScript tells no larger ones apart, and sums of several stay far from overflowing.
const LARGEST_COUNT: u64 = (1 << 53) - 1;

/// The most protocols that a run's requests may be spread over: so many that sums of counts stay far from overflowing.
const MOST_PROTOCOLS: usize = 100;

/// The first field of a row that is beyond any run, and what is wrong with it.
pub(super) fn wrong(variant: &VariantReport) -> Option<(&'static str, &'static str)> {
    let VariantReport { requests, warmup, connections, sizes, .. } = variant;
    let of_requests = |of: &Requests| are_counts([of.issued, of.ok, of.failed, of.aborted]);
    let of_labels = |of: &Connections| are_counts([of.new, of.reused, of.cached, of.unknown]);
    let others = [variant.unjoined, variant.maybe_cached, variant.redirected, variant.draining_requests];
    let counts = [
        ("requests", of_requests(requests)),
        ("connections", of_labels(connections)),
        ("warmup", of_requests(&warmup.requests) && of_labels(&warmup.connections)),
        ("sizes", are_counts([sizes.transfer_bytes, sizes.encoded_bytes, sizes.decoded_bytes])),
        ("rounds", variant.rounds.iter().all(|round| are_counts([round.ok, round.failed]))),
        ("errors", are_counts(variant.errors.values().copied())),
        ("evidence", are_counts(variant.evidence.values().copied())),
        ("protocols", are_counts(variant.protocols.values().copied())),
        ("statuses", are_counts(variant.statuses.values().copied())),
        ("unjoined", are_counts(others)),
        ("body_bytes", are_counts([variant.body_bytes])),
    ];
    let is_latency = |latency: &Latency| {
        let are_shares = latency.quantiles.iter().all(|(share, _)| (0.0..=1.0).contains(share));
        let ends =
            [latency.mean, latency.min, latency.p50, latency.p90, latency.p95, latency.p99, latency.max];
        are_shares && are_times(ends) && are_times(latency.quantiles.iter().map(|(_, ms)| *ms))
    };
    let is_phase = |times: &PhaseTimes| are_times([times.mean, times.p50, times.p95, times.p99]);
    let is_interval = |(low, high): (f64, f64)| are_times([low, high]) && low <= high;
    let times = [
        ("round_median_ms", variant.round_median_ms.is_none_or(is_time)),
        ("round_interval_ms", variant.round_interval_ms.is_none_or(is_interval)),
        ("requests_per_second", variant.requests_per_second.is_none_or(is_time)),
        ("rate_per_second", variant.rate_per_second.is_none_or(is_time)),
        ("latency_ms", variant.latency_ms.as_ref().is_none_or(is_latency)),
        ("late_ms", variant.late_ms.is_none_or(|late| are_times([late.p50, late.p95, late.max]))),
        ("phases_ms", variant.phases_ms.values().all(is_phase)),
    ];
    let counts = counts.map(|(field, is_right)| (field, is_right, TOO_MANY));
    let times = times.map(|(field, is_right)| (field, is_right, NO_TIME));
    let first_wrong = counts.into_iter().chain(times).find(|(_, is_right, _)| !is_right);
    first_wrong.map(|(field, _, problem)| (field, problem))
}

/// Whether the environment counts no more requests by protocol than a run comes to.
pub(super) fn are_protocols(environment: &Environment) -> bool {
    environment.protocols.len() <= MOST_PROTOCOLS && are_counts(environment.protocols.values().copied())
}

/// Whether a comparison's ratio, if it has one, is a ratio and lies in its interval.
pub(super) fn is_interval(comparison: &Comparison) -> bool {
    match (comparison.low, comparison.ratio, comparison.high) {
        (Some(low), Some(ratio), Some(high)) => {
            0.0 < low && low <= ratio && ratio <= high && high.is_finite()
        }
        (None, None, None) => true,
        _ => false,
    }
}

/// Whether it is a time in ms: zero or more.
pub(super) fn is_time(ms: f64) -> bool {
    ms.is_finite() && ms >= 0.0
}

fn are_times(times: impl IntoIterator<Item = f64>) -> bool {
    times.into_iter().all(is_time)
}

fn are_counts(counts: impl IntoIterator<Item = u64>) -> bool {
    counts.into_iter().all(|count| count <= LARGEST_COUNT)
}
