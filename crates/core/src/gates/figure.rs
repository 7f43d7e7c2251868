//! The figure of a row that a threshold asks for.

use super::{
    failures::{FailedRounds, MissingRequests, Range},
    metric::Metric,
};
use crate::{report::VariantReport, stats::summary::Latency};

/// What a row lacks that has no such figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Missing {
    #[error("no request was measured")]
    Requests,
    #[error("no request succeeded")]
    Success,
    /// A finished round whose times count.
    #[error("no round was usable")]
    Round,
    /// A time that all its sessions have in common.
    #[error("a row of several sessions has no rate of its own")]
    CommonTime,
}

impl Metric {
    /// Requests of the row that the figure ought to hold, and does not.
    pub(super) fn missing_requests(self, row: &VariantReport) -> Option<MissingRequests> {
        let is_of_latency =
            matches!(self, Self::Mean | Self::P50 | Self::P90 | Self::P95 | Self::P99 | Self::Max);
        MissingRequests::of(row).filter(|_| is_of_latency)
    }

    /// Rounds of the row that the figure ought to hold, and does not.
    pub(super) fn failed_rounds(self, row: &VariantReport) -> Option<FailedRounds> {
        FailedRounds::of(row).filter(|_| matches!(self, Self::RoundMedian | Self::Rps))
    }

    /// The figure of a row whose requests had so long.
    pub(super) fn of(self, row: &VariantReport, timeout_ms: f64) -> Result<Range, Missing> {
        if row.requests.issued == 0 {
            return Err(Missing::Requests);
        }
        // Differences of time stamps: 1254.7 - 1234.6 is 20.1, though as floats it is a hair more.
        let exact = |ms: f64| (ms * 1e6).round() / 1e6;
        let latency = |of: fn(&Latency) -> f64| row.latency_ms.as_ref().map(of).map(exact);
        let counted = |count: u64| Some(count as f64);
        let labels = row.connections;
        // A request whose connection is unknown may have been on any.
        let at_least = |count: u64| Ok(Range { low: count as f64, high: (count + labels.unknown) as f64 });
        let figure = match self {
            Self::Min => latency(|latency| latency.min),
            Self::Mean => latency(|latency| latency.mean),
            Self::P50 => latency(|latency| latency.p50),
            Self::P90 => latency(|latency| latency.p90),
            Self::P95 => latency(|latency| latency.p95),
            Self::P99 => latency(|latency| latency.p99),
            Self::Max => latency(|latency| latency.max),
            Self::RoundMedian => row.round_median_ms.map(exact),
            Self::Rps => row.requests_per_second,
            Self::Issued => counted(row.requests.issued),
            Self::Ok => counted(row.requests.ok),
            Self::Failed => counted(row.requests.failed),
            Self::Aborted => counted(row.requests.aborted),
            Self::FailedShare => row.failed_share().map(|share| 100.0 * share),
            Self::NewConnections => return at_least(labels.new),
            Self::ReusedConnections => return at_least(labels.reused),
            Self::Cached => return at_least(labels.cached),
            Self::Unknown => counted(labels.unknown),
            Self::Unjoined => counted(row.unjoined),
        };
        match figure {
            Some(value) => Ok(match (self.missing_requests(row), &row.latency_ms, self.failed_rounds(row)) {
                (Some(missing), Some(latency), _) => missing.range(self, value, latency, timeout_ms),
                (_, _, Some(failed)) => failed.range(self, value, row),
                _ => Range { low: value, high: value },
            }),
            None if row.requests.ok == 0 && row.requests.failed > 0 => Err(Missing::Success),
            None if self == Self::Rps && row.timed().any(|round| round.session > 0) => {
                Err(Missing::CommonTime)
            }
            None => Err(Missing::Round),
        }
    }
}
