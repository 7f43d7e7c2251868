//! One request as it is handed to those who want every one: what was measured, what it rests on.

use crate::{
    map::Map,
    samples::{
        ConnectionLabel, ErrorClass, Evidence, LabelledRequest, Outcome, OutcomeWord, Phase, Sample,
        TimingEntry,
    },
};
use serde::{Deserialize, Serialize};

/// Every request of one round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundSamples {
    /// The number of the session that measured it, from 1, as in the session's id; `None` where one browser measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<usize>,
    /// Index into the report's variants.
    pub variant: usize,
    /// The round's block, from 0; `None` for a warm-up round.
    pub block: Option<u32>,
    /// Whether every request was issued and ended by itself.
    pub complete: bool,
    /// First call to last end, in ms.
    pub wall_ms: f64,
    /// The requests, in order of issue.
    pub samples: Vec<SampleRecord>,
}

/// One request. Times in ms on the measuring thread's clock, or since the round's start if it was run outside the browser;
/// what the browser hides is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleRecord {
    /// Serial number in the run, from 0.
    pub index: u32,
    /// When it was due.
    pub intended_ms: f64,
    /// When the client was called.
    pub called_ms: f64,
    /// When the browser began to fetch.
    pub started_ms: Option<f64>,
    /// When the request went onto the wire.
    pub request_ms: Option<f64>,
    /// When it ended, for the caller.
    pub ended_ms: f64,
    /// How it ended.
    pub outcome: OutcomeWord,
    /// Why it failed.
    pub error: Option<ErrorClass>,
    /// The browser's own words about the failure.
    pub message: Option<String>,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Body bytes that the client delivered.
    pub body_bytes: u64,
    /// What happened to its connection.
    pub connection: ConnectionLabel,
    /// How that is known.
    pub evidence: Evidence,
    /// Whether another request of the round started and ended within the same clock steps, so that what the browser tells of
    /// one of them may be true of the other.
    pub tied: bool,
    /// The server's own number of the connection, where it gives one and it is certain whose it is.
    pub socket: Option<u64>,
    /// Which request on that connection this was, from 1.
    pub nth: Option<u64>,
    /// ALPN name of the protocol.
    pub protocol: Option<String>,
    /// Bytes over the network, as the browser counts them (body and 300 for the head).
    pub transfer_bytes: Option<u64>,
    /// Body bytes before decoding.
    pub encoded_bytes: Option<u64>,
    /// Body bytes after decoding.
    pub decoded_bytes: Option<u64>,
    /// Whether it was redirected.
    pub redirected: bool,
    /// Where the time went.
    pub phases_ms: Map<Phase, f64>,
}

impl SampleRecord {
    pub(crate) fn new(sample: &Sample, labelled: &LabelledRequest<'_>) -> Self {
        let entry = labelled.entry;
        let shown = entry.filter(|entry| entry.is_detailed());
        let (error, message) = match &sample.outcome {
            Outcome::Failed { class, message } => (Some(*class), Some(message.clone())),
            Outcome::Ok | Outcome::Aborted => (None, None),
        };
        let connection = labelled.server_connection();
        let phases_ms = entry.into_iter().flat_map(|entry| phases(sample, entry));
        let protocol = entry.map(|entry| &entry.protocol).or(labelled.info.map(|info| &info.protocol));
        Self {
            index: sample.index,
            intended_ms: sample.intended_ms,
            called_ms: sample.called_ms,
            started_ms: entry.map(|entry| entry.start_ms),
            request_ms: shown.map(|entry| entry.request_start_ms),
            ended_ms: sample.ended_ms,
            outcome: OutcomeWord::of(&sample.outcome),
            error,
            message,
            status: sample.status,
            body_bytes: sample.body_bytes,
            connection: labelled.label,
            evidence: labelled.evidence,
            tied: labelled.tied,
            socket: connection.map(|connection| connection.socket),
            nth: connection.map(|connection| connection.nth),
            protocol: protocol.filter(|protocol| !protocol.is_empty()).cloned(),
            transfer_bytes: shown.map(|entry| entry.transfer_bytes),
            encoded_bytes: shown.map(|entry| entry.encoded_bytes),
            decoded_bytes: shown.map(|entry| entry.decoded_bytes),
            redirected: entry.is_some_and(TimingEntry::is_redirected)
                || labelled.info.is_some_and(|info| info.redirected),
            phases_ms: phases_ms.collect(),
        }
    }
}

/// A browser hands headers over within this many ms, and within this share of the download, of their first byte.
const HANDED_OVER_MS: f64 = 5.0;
const HANDED_OVER_SHARE: f64 = 0.1;

/// Whether the first byte that the entry shows may be that of an interim answer (1xx): the headers came to the client well after it. A
/// thread that was busy looks alike, so such an entry is not corrected; it has no phases. What a short download can misplace is less
/// than a browser needs to hand over headers.
pub(crate) fn is_interim(sample: &Sample, entry: &TimingEntry) -> bool {
    let download = entry.response_end_ms - entry.response_start_ms;
    let late =
        |headers: f64| headers - entry.response_start_ms > HANDED_OVER_MS.max(download * HANDED_OVER_SHARE);
    entry.maybe_interim
        && entry.is_detailed()
        && download > HANDED_OVER_MS
        && sample.headers_ms.is_some_and(late)
}

/// The phases of a request that its entry shows, in ms, client overhead included. An entry that hides when things happened
/// shows none: the client's part alone would look like the whole.
pub(crate) fn phases(sample: &Sample, entry: &TimingEntry) -> impl Iterator<Item = (Phase, f64)> {
    let overhead = (entry.start_ms - sample.called_ms) + (sample.ended_ms - entry.response_end_ms);
    // Time stamps of two clocks of the same step may cross by one step; below zero they mean zero.
    let overhead = [(Phase::ClientOverhead, overhead.max(0.0))];
    let shown = if is_interim(sample, entry) { None } else { entry.phases() };
    shown.into_iter().flat_map(move |phases| phases.into_iter().chain(overhead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::sample;

    /// The entry of a request whose first byte came after 10 ms and whose last after `download_ms` more.
    fn entry(download_ms: f64, maybe_interim: bool) -> TimingEntry {
        TimingEntry {
            start_ms: 100.0,
            request_start_ms: 100.0,
            response_start_ms: 110.0,
            response_end_ms: 110.0 + download_ms,
            maybe_interim,
            ..TimingEntry::default()
        }
    }

    #[test]
    fn late_headers_may_mean_an_interim_answer() {
        for (headers_ms, download_ms, maybe_interim, expected) in [
            (Some(310.0), 200.0, true, true),
            // A body that came long after its headers.
            (Some(112.0), 200.0, true, false),
            (Some(140.0), 800.0, true, false),
            // Nothing to misplace, no word of the headers, a browser that tells.
            (Some(114.0), 4.0, true, false),
            (None, 200.0, true, false),
            (Some(310.0), 200.0, false, false),
        ] {
            let sample = Sample { headers_ms, ..sample(0, 100.0, 1_000.0) };
            let entry = entry(download_ms, maybe_interim);
            assert_eq!(is_interim(&sample, &entry), expected, "{headers_ms:?}, {download_ms}");
            assert_eq!(phases(&sample, &entry).next().is_none(), expected);
        }
    }
}
