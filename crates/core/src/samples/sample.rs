//! A sample: one request and how it ended.

use crate::{samples::ServerConnection, scenario::factors::string_enum};
use serde::{Deserialize, Serialize};

string_enum! {
    /// Why a request failed.
    ErrorClass {
        /// The server answered 3xx and the redirect was not followed.
        Http3xx = "http-3xx",
        /// The server answered 4xx.
        Http4xx = "http-4xx",
        /// The server answered 5xx, or with a status beyond.
        Http5xx = "http-5xx",
        /// No answer, or one the browser withholds: connection refused or reset, host not found, or CORS. A
        /// browser gives a page the same error for all of these.
        Network = "network",
        /// The target answers, but its CORS headers do not let this page read the answer.
        Cors = "cors",
        /// A secure page may not request an insecure URL.
        MixedContent = "mixed-content",
        /// No end within the time-out.
        Timeout = "timeout",
        /// The target asks for a login, and the browser waited in its dialog until the time-out.
        Login = "login",
        /// The answer began, and its body broke off.
        BodyCutShort = "body-cut-short",
        /// The browser refused to send the request: it does not connect to this port, whatever listens there.
        ClientLimit = "client-limit",
    }
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Status 200–299, body read to its end.
    Ok,
    /// Anything else that was not our own doing.
    Failed {
        /// Why.
        class: ErrorClass,
        /// The browser's own words, or the status line.
        message: String,
    },
    /// Stopped by the person before it ended.
    Aborted,
}

/// One request. Times in ms on the clock of the measuring thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Its serial number in the run, from 0; where each request has an address of its own, its fragment is `#fm-<index>`.
    pub index: u32,
    /// When it was due; equals the call unless pacing is rate.
    pub intended_ms: f64,
    /// When the client was called.
    pub called_ms: f64,
    /// When the answer's headers were in the caller's hands, where the client tells.
    #[serde(default)]
    pub headers_ms: Option<f64>,
    /// When the last byte of the body was in the caller's hands, or the error was.
    pub ended_ms: f64,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Body bytes the client delivered.
    pub body_bytes: u64,
    /// How it ended.
    pub outcome: Outcome,
}

impl Sample {
    /// From when it was due to its end, in ms. Counting from the intended time keeps a stalled target from
    /// hiding the requests it delayed (coordinated omission).
    pub fn latency_ms(&self) -> f64 {
        self.ended_ms - self.intended_ms
    }

    /// The outcome that belongs to an answer with this status whose body was read to its end.
    pub fn outcome_of_status(status: u16) -> Outcome {
        let class = match status {
            200..=299 => return Outcome::Ok,
            300..=399 => ErrorClass::Http3xx,
            400..=499 => ErrorClass::Http4xx,
            // A class of its own that nobody knows: it counts as 500 does (RFC 9110, section 15).
            500..=999 => ErrorClass::Http5xx,
            // No answer has such a status: 0 is how XMLHttpRequest says that there was none.
            _ => ErrorClass::Network,
        };
        Outcome::Failed { class, message: format!("HTTP status {status}") }
    }
}

string_enum! {
    /// How a request ended, in one word.
    OutcomeWord {
        /// Status 200–299 and the body read to its end.
        Ok = "ok",
        /// Ended otherwise.
        Failed = "failed",
        /// Aborted by Stop.
        Aborted = "aborted",
    }
}

impl OutcomeWord {
    /// The word for how a request ended.
    pub fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Ok => Self::Ok,
            Outcome::Failed { .. } => Self::Failed,
            Outcome::Aborted => Self::Aborted,
        }
    }
}

/// What is known of a request outside the browser, besides its times and its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleInfo {
    /// The server's word on the connection.
    pub connection: Option<ServerConnection>,
    /// ALPN name of the protocol; empty if it is unknown.
    pub protocol: String,
    /// Whether it was redirected.
    pub redirected: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_has_one_outcome() {
        assert_eq!(Sample::outcome_of_status(204), Outcome::Ok);
        let class = |status| match Sample::outcome_of_status(status) {
            Outcome::Failed { class, .. } => Some(class),
            _ => None,
        };
        assert_eq!(class(304), Some(ErrorClass::Http3xx));
        assert_eq!(class(404), Some(ErrorClass::Http4xx));
        assert_eq!(class(500), Some(ErrorClass::Http5xx));
        assert_eq!((class(600), class(999)), (Some(ErrorClass::Http5xx), Some(ErrorClass::Http5xx)));
        assert_eq!(class(0), Some(ErrorClass::Network));
    }
}
