//! The ground truth as JSON: what `/lab/sockets` responds with.

use serde::{Deserialize, Serialize};

/// What the lab itself saw since it started or since the last reset.
///
/// A *measured request* is any request under `/lab/` except `/lab/distance`, `/lab/sockets` and its reset, and except OPTIONS.
/// Requests for the page's own files are not counted either, though they take an ordinal on their socket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SocketsReport {
    /// TCP and QUIC connections accepted.
    pub opened: u64,
    /// Sockets that carried at least one measured request.
    pub used: u64,
    /// Sockets whose very first request was a measured one and came in this period.
    pub first_requests: u64,
    /// Measured requests.
    pub requests: u64,
    /// OPTIONS requests (preflights) under `/lab/`, except for `/lab/sockets`.
    pub options: u64,
    /// Measured requests begun and neither answered in full nor dropped, at this moment. A reset does not change it.
    pub in_flight: u64,
    /// Measured requests of this period whose client went away before the answer was complete. What had already
    /// been handed to the operating system when the client went counts as complete.
    pub aborted: u64,
    /// The same by origin, in the order in which they were first seen.
    pub origins: Vec<OriginReport>,
    /// Measured requests and OPTIONS to origins beyond the first 10,000, which are not in `origins`.
    pub origins_left_out: u64,
    /// Every open socket, and the last 10,000 closed ones, by id.
    pub sockets: Vec<SocketReport>,
    /// Closed sockets no longer in `sockets`. The totals above still hold them.
    pub sockets_left_out: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginReport {
    /// As in `http://h1.localhost:8080`, from the request's Host header or `:authority`.
    pub origin: String,
    /// Sockets that carried at least one measured request for this origin.
    pub sockets: u64,
    pub requests: u64,
    pub options: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SocketReport {
    /// Numbered from 1 in the order of acceptance; never reused, not even after a reset.
    pub id: u64,
    pub scheme: Scheme,
    /// The protocol spoken; `None` until TLS has settled it.
    pub protocol: Option<Protocol>,
    /// Origin of its first measured request in this period.
    pub origin: Option<String>,
    /// Measured requests in this period.
    pub requests: u64,
    /// Ordinal on the socket of its first measured request in this period: 1 if nothing went before it.
    pub first_nth: Option<u64>,
    pub open: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    Http,
    Https,
}

impl Scheme {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Protocol {
    #[serde(rename = "http/1.1")]
    H1,
    #[serde(rename = "h2")]
    H2,
    /// HTTP/3: what is a socket elsewhere is a QUIC connection here.
    #[serde(rename = "h3")]
    H3,
}
