//! The figures that can have a limit.

use crate::{
    scenario::factors::string_enum,
    stats::numbers::{decimals_apart, fixed},
};

string_enum! {
    /// A figure of a row; times are those of one request (latency) unless it says otherwise.
    Metric {
        Min = "min",
        Mean = "mean",
        P50 = "p50",
        P90 = "p90",
        P95 = "p95",
        P99 = "p99",
        Max = "max",
        /// Median time of a round: the total for n requests.
        RoundMedian = "round_median",
        /// Successful requests per second of round time.
        Rps = "rps",
        /// Requests handed to the client.
        Issued = "issued",
        Ok = "ok",
        Failed = "failed",
        /// Requests aborted by Stop.
        Aborted = "aborted",
        /// Failed requests in percent of those that ended by themselves.
        FailedShare = "failed_share",
        /// Requests that opened a connection.
        NewConnections = "new_connections",
        /// Requests that found one open.
        ReusedConnections = "reused_connections",
        /// Answers from a cache.
        Cached = "cached",
        /// Requests whose connection is unknown.
        Unknown = "unknown",
        /// Answered requests without a timing entry.
        Unjoined = "unjoined",
    }
}

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// Requests per second, without a sign.
    PerSecond,
    /// Requests, without a sign.
    Count,
    /// Percent.
    Percent,
}

impl Unit {
    /// The sign behind a number.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Ms => "ms",
            Self::Percent => "%",
            Self::PerSecond | Self::Count => "",
        }
    }

    /// A value that has a limit, with its unit, for a sentence.
    pub(super) fn written(self, value: f64, limit: f64) -> String {
        match self {
            Self::Ms => format!("{} ms", shown(value, limit)),
            Self::PerSecond => format!("{} per second", shown(value, limit)),
            Self::Percent => format!("{}%", shown(value, limit)),
            Self::Count => value.to_string(),
        }
    }
}

/// Three decimals at most, for clocks resolve no more, or as many as tell the value from its limit; without zeros at the end.
fn shown(value: f64, limit: f64) -> String {
    let written = fixed(value, decimals_apart(value, limit, 3));
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Metric {
    /// What it is counted in.
    pub fn unit(self) -> Unit {
        match self {
            Self::Min | Self::Mean | Self::P50 | Self::P90 | Self::P95 | Self::P99 | Self::Max => Unit::Ms,
            Self::RoundMedian => Unit::Ms,
            Self::Rps => Unit::PerSecond,
            Self::FailedShare => Unit::Percent,
            _ => Unit::Count,
        }
    }
}
