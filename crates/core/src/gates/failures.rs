//! Figures of times where some requests failed: those are not in them, and a target that answers half of its requests quickly and the
//! rest never is not a quick one.
//!
//! Each missing request counts as longer than any that succeeded. Of one that timed out that much is known: it took at least the
//! time-out. So a figure lies between what the time-outs alone make of it and what they all would.
//!
//! A round none of whose requests succeeded is in no round time: it counts as longer than the others, and took at least what it took to fail.

use super::metric::Metric;
use crate::{
    report::VariantReport,
    samples::ErrorClass,
    stats::{
        histogram::LatencyHistogram,
        summary::{Latency, median},
    },
};
use std::cmp::Ordering;

/// Where a figure lies: both ends are the same unless something keeps it from being known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
}

/// Requests of finished rounds that are in no latency figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MissingRequests {
    pub(super) all: u64,
    /// How many of them at least ended at the time-out.
    pub(super) timed_out: u64,
    /// How many are in the figure.
    pub(super) present: u64,
}

impl MissingRequests {
    /// Those of a row; `None` where every request is in its figures.
    pub(super) fn of(row: &VariantReport) -> Option<Self> {
        let present = row.latency_ms.as_ref()?.count;
        let all = row.rounds.iter().filter(|round| !round.voided).map(|round| round.failed).sum();
        // Failures are counted by class over all rounds, those that do not count included.
        let of_others: u64 = row
            .errors
            .iter()
            .filter(|(class, _)| **class != ErrorClass::Timeout)
            .map(|(_, count)| count)
            .sum();
        (all > 0).then_some(Self { all, timed_out: all.saturating_sub(of_others), present })
    }

    /// Where a latency figure lies, with the missing ones; `figure` is that of the successful requests.
    pub(super) fn range(self, metric: Metric, figure: f64, latency: &Latency, timeout_ms: f64) -> Range {
        let share = match metric {
            Metric::P50 => 0.5,
            Metric::P90 => 0.9,
            Metric::P95 => 0.95,
            Metric::P99 => 0.99,
            Metric::Max => 1.0,
            Metric::Mean => {
                let timed_out = self.timed_out as f64;
                let sum = latency.mean * self.present as f64 + timed_out * timeout_ms;
                let low = (sum / (self.present as f64 + timed_out)).max(figure);
                return Range { low, high: f64::INFINITY };
            }
            // One that took longer is never the shortest.
            _ => return Range { low: figure, high: figure },
        };
        let histogram = LatencyHistogram::from_base64(&latency.histogram).ok();
        // The ends of what the percentile may be among the successful requests and so many longer ones; none if it is one of the latter.
        let with = |longer: u64| {
            let rank = (share * (self.present + longer) as f64).ceil() as u64;
            match rank.cmp(&self.present) {
                Ordering::Greater => None,
                Ordering::Equal => Some((latency.max, latency.max)),
                Ordering::Less => histogram.as_ref()?.bucket_ms(rank as f64 / self.present as f64),
            }
        };
        let low = match self.timed_out {
            0 => figure,
            _ => with(self.timed_out).map_or(timeout_ms, |(low, _)| low).min(timeout_ms).max(figure),
        };
        let high = with(self.all).map_or(f64::INFINITY, |(_, high)| high.min(latency.max));
        Range { low, high: high.max(low) }
    }
}

/// Rounds in which no request succeeded, of so many whose times would count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FailedRounds {
    pub(super) failed: usize,
    /// With those in which one did.
    pub(super) all: usize,
}

impl FailedRounds {
    /// Those of a row; `None` where there are none.
    pub(super) fn of(row: &VariantReport) -> Option<Self> {
        let all = row.rounds.iter().filter(|round| !round.voided).count();
        let failed = all - row.timed_rounds() as usize;
        (failed > 0).then_some(Self { failed, all })
    }

    /// Where a figure of round times lies, with the failed ones; `figure` is that of the others.
    pub(super) fn range(self, metric: Metric, figure: f64, row: &VariantReport) -> Range {
        let sound = || row.rounds.iter().filter(|round| !round.voided);
        let took: Vec<f64> = sound().map(|round| round.wall_ms).collect();
        if metric == Metric::Rps {
            let seconds = took.iter().sum::<f64>() / 1_000.0;
            let low = sound().map(|round| round.ok).sum::<u64>() as f64 / seconds;
            return Range { low: low.min(figure), high: figure };
        }
        let longer: Vec<f64> =
            sound().map(|round| if round.ok > 0 { round.wall_ms } else { f64::INFINITY }).collect();
        let low = median(&took).map_or(figure, |low| low.max(figure));
        Range { low, high: median(&longer).map_or(low, |high| high.max(low)) }
    }
}
