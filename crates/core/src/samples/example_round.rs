//! One round request by request, small enough to travel in a report: what a waterfall is drawn from.

use crate::samples::{ConnectionLabel, LabelledRequest, OutcomeWord, Sample};
use serde::{Deserialize, Serialize};

/// The most requests of a round that are kept, the first ones issued: more are no picture any more.
const MOST_REQUESTS: usize = 128;

/// One round, request by request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExampleRound {
    /// Its block, from 0.
    pub block: u32,
    /// Requests of the round, those that are not listed included.
    pub issued: u64,
    /// The first requests, in order of issue.
    pub requests: Vec<RequestSpan>,
}

/// One request. Times in ms since the round's first call, to the µs; what the browser hides is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestSpan {
    /// When it was due: the call, unless requests are sent at a rate.
    pub due_ms: f64,
    /// When the request went onto the wire. Until then it waited in the browser.
    pub wire_ms: Option<f64>,
    /// When the first byte of the answer came.
    pub first_byte_ms: Option<f64>,
    /// When the last byte came. From then on it was on its way to the caller.
    pub last_byte_ms: Option<f64>,
    /// When it ended, for the caller.
    pub ended_ms: f64,
    /// How it ended.
    pub outcome: OutcomeWord,
    /// What happened to its connection.
    pub connection: ConnectionLabel,
    /// The server's own number of the connection, where it gives one and it is certain whose it is.
    pub socket: Option<u64>,
}

impl ExampleRound {
    /// Of a round's requests and their labels, in the same order.
    pub(crate) fn new(block: u32, samples: &[Sample], labelled: &[LabelledRequest<'_>]) -> Self {
        let start = samples.iter().map(|sample| sample.intended_ms).fold(f64::INFINITY, f64::min);
        let since_start = |ms: f64| ((ms - start) * 1_000.0).round() / 1_000.0;
        let span = |(sample, labelled): (&Sample, &LabelledRequest<'_>)| {
            let shown = labelled.entry.filter(|entry| entry.is_detailed());
            RequestSpan {
                due_ms: since_start(sample.intended_ms),
                wire_ms: shown.map(|entry| since_start(entry.request_start_ms)),
                first_byte_ms: shown.map(|entry| since_start(entry.response_start_ms)),
                last_byte_ms: shown.map(|entry| since_start(entry.response_end_ms)),
                ended_ms: since_start(sample.ended_ms),
                outcome: OutcomeWord::of(&sample.outcome),
                connection: labelled.label,
                socket: labelled.server_connection().map(|connection| connection.socket),
            }
        };
        Self {
            block,
            issued: samples.len() as u64,
            requests: samples.iter().zip(labelled).take(MOST_REQUESTS).map(span).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::fixture::sample,
        samples::{Evidence, ServerConnection, TimingEntry},
    };

    #[test]
    fn times_count_from_the_first_call_unless_hidden() {
        let entry = TimingEntry {
            request_start_ms: 102.0,
            response_start_ms: 104.123_456,
            response_end_ms: 105.0,
            server_connection: Some(ServerConnection { socket: 7, nth: 1 }),
            ..TimingEntry::default()
        };
        let seen = LabelledRequest::of(Some(&entry), ConnectionLabel::New, Evidence::Server);
        let hidden = LabelledRequest::of(None, ConnectionLabel::Unknown, Evidence::Nothing);
        let samples = [sample(0, 100.0, 105.0), sample(1, 101.0, 106.0)];
        let round = ExampleRound::new(3, &samples, &[seen, hidden]);
        let [first, second] = &round.requests[..] else { panic!("{round:?}") };
        assert_eq!((first.due_ms, first.wire_ms, first.first_byte_ms), (0.0, Some(2.0), Some(4.123)));
        assert_eq!((first.last_byte_ms, first.ended_ms, first.socket), (Some(5.0), 5.0, Some(7)));
        assert_eq!((second.due_ms, second.wire_ms, second.socket), (1.0, None, None));
        // What may be another request's is nobody's.
        let tied = ExampleRound::new(0, &samples[..1], &[LabelledRequest { tied: true, ..seen }]);
        assert_eq!(tied.requests[0].socket, None);
    }

    #[test]
    fn a_long_round_is_cut_and_says_so() {
        let labelled = LabelledRequest::of(None, ConnectionLabel::Unknown, Evidence::Nothing);
        let round = ExampleRound::new(0, &vec![sample(0, 0.0, 5.0); 1_000], &vec![labelled; 1_000]);
        assert_eq!((round.issued, round.requests.len()), (1_000, MOST_REQUESTS));
    }
}
