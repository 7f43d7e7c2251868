//! Rounds of native clients, which no browser runs: what they are asked to do, and what they answer.
//!
//! The engine hands out a [`RoundOrder`] when the schedule says so, and who runs the clients answers with a
//! [`RoundAnswer`]. From there on its requests are samples like any others. What a browser shows in timing entries the
//! answer says of each request itself ([`SampleInfo`]): only the server's word on the connection, and no phases.

use crate::{
    request::target::Method,
    samples::{ErrorClass, Outcome, OutcomeWord, Sample, SampleInfo, ServerConnection},
};
use serde::{Deserialize, Serialize};

/// What one round is to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundOrder {
    /// `<client>:<lifecycle>`.
    pub row: String,
    /// Absolute. `{n}`, in either spelling, is replaced by each request's serial number.
    pub url: String,
    /// Request method.
    pub method: Method,
    /// Header names and values, in order.
    pub headers: Vec<(String, String)>,
    /// Request body, sent as text.
    pub body: Option<String>,
    /// Requests.
    pub n: u32,
    /// Serial number of the first.
    pub first_serial: u32,
    /// Requests in flight at most: 1 is sequential, `n` is all at once.
    pub concurrency: u32,
    /// Time-out of one request, in ms.
    pub timeout_ms: u32,
}

/// What one round did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundAnswer {
    /// First call to last end, in ms.
    pub wall_ms: f64,
    /// Every request, in order of issue.
    pub samples: Vec<NativeSample>,
}

/// One request. Times in ms since the round's start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NativeSample {
    /// When the client was called.
    pub called_ms: f64,
    /// When the call ended.
    pub ended_ms: f64,
    /// HTTP status, if there was an answer.
    #[serde(default)]
    pub status: Option<u16>,
    /// Body bytes the client delivered.
    #[serde(default)]
    pub body_bytes: u64,
    /// How it ended.
    pub outcome: OutcomeWord,
    /// Why it failed.
    #[serde(default)]
    pub error: Option<ErrorClass>,
    /// The client's own words about the failure.
    #[serde(default)]
    pub message: Option<String>,
    /// `<socket>-<nth>`, as the server numbers its connections, where it does.
    #[serde(default)]
    pub connection: Option<String>,
    /// ALPN name of the protocol.
    #[serde(default)]
    pub protocol: Option<String>,
    /// Whether it was redirected.
    #[serde(default)]
    pub redirected: bool,
}

/// Why an answer is none.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AnswerProblem {
    /// Not as many requests as were ordered.
    #[error("it reports {answered} requests, but {ordered} were asked for")]
    Count {
        /// In the answer.
        answered: usize,
        /// In the order.
        ordered: u32,
    },
    /// A time that cannot be.
    #[error(
        "its times are impossible: request {place} was called at {called_ms} ms and ended at {ended_ms} ms of {wall_ms}"
    )]
    Times {
        /// Which request, from 0.
        place: usize,
        /// When it was called.
        called_ms: f64,
        /// When it ended.
        ended_ms: f64,
        /// The round's time.
        wall_ms: f64,
    },
    /// An end that native clients do not have: they leave no round unfinished.
    #[error("its request {0} neither succeeded nor failed with a known class of error")]
    End(usize),
}

impl RoundAnswer {
    /// The samples of an answer to `order`, each with what is known of it besides.
    ///
    /// # Errors
    /// [`AnswerProblem`] if it does not answer the order: nothing of it is then known for certain.
    pub fn samples(
        &self,
        n: u32,
        first_serial: u32,
    ) -> Result<(Vec<Sample>, Vec<SampleInfo>), AnswerProblem> {
        if self.samples.len() != n as usize {
            return Err(AnswerProblem::Count { answered: self.samples.len(), ordered: n });
        }
        let read = self.samples.iter().zip(first_serial..).enumerate();
        read.map(|(place, (sample, index))| self.sample(sample, place, index)).collect()
    }

    fn sample(
        &self,
        from: &NativeSample,
        place: usize,
        index: u32,
    ) -> Result<(Sample, SampleInfo), AnswerProblem> {
        let (called_ms, ended_ms, wall_ms) = (from.called_ms, from.ended_ms, self.wall_ms);
        // NaN is in no range, so the test is for being inside.
        if !(0.0 <= called_ms && called_ms <= ended_ms && ended_ms <= wall_ms && wall_ms.is_finite()) {
            return Err(AnswerProblem::Times { place, called_ms, ended_ms, wall_ms });
        }
        let outcome = match (from.outcome, from.error) {
            (OutcomeWord::Ok, None) => Outcome::Ok,
            (OutcomeWord::Failed, Some(class)) => {
                Outcome::Failed { class, message: from.message.clone().unwrap_or_default() }
            }
            _ => return Err(AnswerProblem::End(place)),
        };
        // Some clients know the head of a late answer, others do not: rows are to be alike.
        let is_late = from.error == Some(ErrorClass::Timeout);
        let sample = Sample {
            index,
            intended_ms: called_ms,
            called_ms,
            headers_ms: None,
            ended_ms,
            status: from.status.filter(|_| !is_late),
            body_bytes: from.body_bytes,
            outcome,
        };
        let info = SampleInfo {
            connection: from.connection.as_deref().filter(|_| !is_late).and_then(ServerConnection::parse),
            protocol: from.protocol.clone().unwrap_or_default(),
            redirected: from.redirected,
        };
        Ok((sample, info))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(samples: &str) -> RoundAnswer {
        serde_json::from_str(&format!(r#"{{"wall_ms": 20.0, "samples": [{samples}]}}"#)).unwrap()
    }

    const OK: &str = r#"{"called_ms": 1.0, "ended_ms": 9.5, "status": 200, "body_bytes": 5, "outcome": "ok",
        "connection": "7-2", "protocol": "http/1.1", "redirected": true}"#;

    #[test]
    fn what_is_answered_becomes_samples() {
        let late = r#"{"called_ms": 2, "ended_ms": 20, "status": 200, "connection": "7-3", "outcome": "failed", "error": "timeout", "message": "late"}"#;
        let (samples, info) = answer(&format!("{OK}, {late}")).samples(2, 40).unwrap();
        assert_eq!((samples[0].index, samples[0].latency_ms(), samples[0].body_bytes), (40, 8.5, 5));
        assert_eq!(info[0].connection, Some(ServerConnection { socket: 7, nth: 2 }));
        assert!(info[0].redirected && info[0].protocol == "http/1.1");
        let outcome = Outcome::Failed { class: ErrorClass::Timeout, message: "late".into() };
        assert_eq!((samples[1].index, &samples[1].outcome), (41, &outcome));
        assert_eq!(samples[1].status, None);
        assert_eq!(info[1], SampleInfo::default());
    }

    #[test]
    fn what_does_not_answer_the_order_is_refused() {
        let problem = |samples: &str, n| answer(samples).samples(n, 0).unwrap_err();
        assert_eq!(problem(OK, 2), AnswerProblem::Count { answered: 1, ordered: 2 });
        let backwards = r#"{"called_ms": 3, "ended_ms": 2, "outcome": "ok"}"#;
        assert!(matches!(problem(backwards, 1), AnswerProblem::Times { place: 0, .. }));
        let beyond = r#"{"called_ms": 3, "ended_ms": 21, "outcome": "ok"}"#;
        assert!(matches!(problem(beyond, 1), AnswerProblem::Times { .. }));
        let aborted = r#"{"called_ms": 3, "ended_ms": 4, "outcome": "aborted"}"#;
        assert_eq!(problem(aborted, 1), AnswerProblem::End(0));
        let classless = r#"{"called_ms": 3, "ended_ms": 4, "outcome": "failed"}"#;
        assert_eq!(problem(classless, 1), AnswerProblem::End(0));
    }
}
