//! Figures that no run comes to.

use super::counts::LARGEST_COUNT;
use crate::{
    compare::verdict::Comparison,
    report::model::{Environment, VariantReport},
    stats::summary::{Latency, PhaseTimes},
};

/// The most protocols that a run's requests may be spread over: so many that sums of counts stay far from overflowing.
const MOST_PROTOCOLS: usize = 100;

/// The first figure of a row that is no time or rate, by field.
pub(super) fn wrong(variant: &VariantReport) -> Option<&'static str> {
    let are_times = |times: &[f64]| times.iter().all(|ms| is_time(*ms));
    let is_latency = |latency: &Latency| {
        let (shares, times): (Vec<f64>, Vec<f64>) = latency.quantiles.iter().copied().unzip();
        let are_shares = shares.iter().all(|share| (0.0..=1.0).contains(share));
        is_time(latency.mean) && are_shares && are_times(&times)
    };
    let is_phase = |times: &PhaseTimes| are_times(&[times.mean, times.p50, times.p95, times.p99]);
    let is_interval = |(low, high): (f64, f64)| are_times(&[low, high]) && low <= high;
    let fields = [
        ("round_median_ms", variant.round_median_ms.is_none_or(is_time)),
        ("round_interval_ms", variant.round_interval_ms.is_none_or(is_interval)),
        ("requests_per_second", variant.requests_per_second.is_none_or(is_time)),
        ("rate_per_second", variant.rate_per_second.is_none_or(is_time)),
        ("latency_ms", variant.latency_ms.as_ref().is_none_or(is_latency)),
        ("late_ms", variant.late_ms.is_none_or(|late| are_times(&[late.p50, late.p95, late.max]))),
        ("phases_ms", variant.phases_ms.values().all(is_phase)),
    ];
    fields.into_iter().find(|(_, is_right)| !is_right).map(|(field, _)| field)
}

/// The first field of the environment that counts what no run comes to.
pub(super) fn wrong_environment(environment: &Environment) -> Option<&'static str> {
    let counts = &environment.protocols;
    let is_beyond = counts.len() > MOST_PROTOCOLS || counts.values().any(|count| *count > LARGEST_COUNT);
    is_beyond.then_some("protocols")
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
