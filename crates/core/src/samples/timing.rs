//! One Resource Timing entry, and the phases it is cut into.
//!
//! Field meanings: <https://www.w3.org/TR/resource-timing/>. Without `Timing-Allow-Origin` a browser reports
//! zero for everything between the start and the end; such an entry has no phases.

use crate::scenario::factors::string_enum;
use serde::{Deserialize, Serialize};

/// A server's own word on the connection: `Server-Timing: conn;desc="<socket>-<nth>"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ServerConnection {
    /// Which socket.
    pub socket: u64,
    /// Which request on it, from 1.
    pub nth: u64,
}

impl ServerConnection {
    /// Reads `<socket>-<nth>`; `None` if it is something else.
    pub fn parse(description: &str) -> Option<Self> {
        let (socket, nth) = description.trim().split_once('-')?;
        let nth = nth.parse().ok().filter(|nth| *nth > 0)?;
        Some(Self { socket: socket.parse().ok()?, nth })
    }
}

/// One entry, times in ms on the clock of the global that fetched (`performance.now`). Zero: not reported.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimingEntry {
    /// The requested URL, with its fragment where the browser keeps it.
    pub name: String,
    /// When the fetch began, redirects included.
    pub start_ms: f64,
    /// When the fetch of the last redirect's target began; equals the start without redirects.
    pub fetch_start_ms: f64,
    /// When the first redirect began.
    pub redirect_start_ms: f64,
    /// When the service worker was started or asked; zero without one.
    pub worker_start_ms: f64,
    /// DNS look-up began.
    pub dns_start_ms: f64,
    /// DNS look-up ended.
    pub dns_end_ms: f64,
    /// Connecting began.
    pub connect_start_ms: f64,
    /// TLS handshake began.
    pub tls_start_ms: f64,
    /// Connecting ended, TLS included.
    pub connect_end_ms: f64,
    /// The request was sent.
    pub request_start_ms: f64,
    /// First byte of the answer; of an interim one (1xx), if there was one and [`TimingEntry::maybe_interim`].
    pub response_start_ms: f64,
    /// The browser may not tell an interim answer's first byte from the final one's.
    pub maybe_interim: bool,
    /// Last byte of the answer.
    pub response_end_ms: f64,
    /// ALPN name of the protocol, e.g. `http/1.1` or `h2`; empty when hidden.
    pub protocol: String,
    /// Bytes over the network; browsers report the encoded body plus 300.
    pub transfer_bytes: u64,
    /// Body bytes before decoding.
    pub encoded_bytes: u64,
    /// Body bytes after decoding.
    pub decoded_bytes: u64,
    /// `deliveryType` is `cache`.
    pub from_cache: bool,
    /// The server's word on the connection.
    pub server_connection: Option<ServerConnection>,
}

impl TimingEntry {
    /// Whether the browser shows what lies between start and end.
    pub fn is_detailed(&self) -> bool {
        self.request_start_ms > 0.0 && self.response_start_ms > 0.0
    }

    /// Whether the answer came by way of a redirect. Where the browser hides the redirect's times it still shows that
    /// fetching began anew; so it does where a service worker was asked first (Chromium), which is none.
    pub fn is_redirected(&self) -> bool {
        self.redirect_start_ms > 0.0 || (!self.is_through_worker() && self.fetch_start_ms > self.start_ms)
    }

    /// Whether a service worker was asked.
    pub fn is_through_worker(&self) -> bool {
        self.worker_start_ms > 0.0
    }

    /// The network phases with their lengths in ms; `None` when the browser hides them or the entry contradicts itself.
    pub fn phases(&self) -> Option<[(Phase, f64); 6]> {
        if !self.is_detailed() {
            return None;
        }
        let dns = self.dns_end_ms - self.dns_start_ms;
        let whole_connect = self.connect_end_ms - self.connect_start_ms;
        // On a reused connection secureConnectionStart equals fetchStart while connectStart does too.
        let tls = if self.tls_start_ms > 0.0 { self.connect_end_ms - self.tls_start_ms } else { 0.0 };
        let phases = [
            (Phase::Queue, self.request_start_ms - self.fetch_start_ms - dns - whole_connect),
            (Phase::Dns, dns),
            (Phase::Connect, whole_connect - tls),
            (Phase::Tls, tls),
            (Phase::FirstByte, self.response_start_ms - self.request_start_ms),
            (Phase::Download, self.response_end_ms - self.response_start_ms),
        ];
        // Sums of coarse time stamps may undershoot by rounding; more than that is a contradiction.
        let rounding = -1e-6;
        let is_possible = phases.iter().all(|(_, ms)| ms.is_finite() && *ms >= rounding);
        is_possible.then(|| phases.map(|(phase, ms)| (phase, ms.max(0.0))))
    }
}

string_enum! {
    /// A part of a request's time.
    Phase {
        /// Waiting inside the browser: from fetchStart to requestStart, less DNS, connect and TLS.
        Queue = "queue",
        /// Looking up the host.
        Dns = "dns",
        /// Opening the TCP (or QUIC) connection.
        Connect = "connect",
        /// Securing it.
        Tls = "tls",
        /// From sending the request to the first byte of the answer.
        FirstByte = "first_byte",
        /// From the first byte to the last.
        Download = "download",
        /// The client's own cost: from the call to fetchStart, plus from the last byte to the resolved promise.
        ClientOverhead = "client_overhead",
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A new TLS connection: 2 ms queue, 1 DNS, 3 connect, 4 TLS, 1 more queue, 10 first byte, 5 download.
    pub(crate) fn new_connection() -> TimingEntry {
        TimingEntry {
            name: "https://localhost:8443/lab/ping#fm-0".into(),
            start_ms: 100.0,
            fetch_start_ms: 100.0,
            dns_start_ms: 102.0,
            dns_end_ms: 103.0,
            connect_start_ms: 103.0,
            tls_start_ms: 106.0,
            connect_end_ms: 110.0,
            request_start_ms: 111.0,
            response_start_ms: 121.0,
            response_end_ms: 126.0,
            protocol: "h2".into(),
            transfer_bytes: 305,
            encoded_bytes: 5,
            decoded_bytes: 5,
            ..TimingEntry::default()
        }
    }

    /// The same on a reused connection: every connection time equals fetchStart.
    pub(crate) fn reused_connection() -> TimingEntry {
        TimingEntry {
            dns_start_ms: 100.0,
            dns_end_ms: 100.0,
            connect_start_ms: 100.0,
            tls_start_ms: 100.0,
            connect_end_ms: 100.0,
            ..new_connection()
        }
    }

    /// Of an answer whose server lets the page see no times.
    pub(crate) fn hidden() -> TimingEntry {
        TimingEntry {
            start_ms: 100.0,
            fetch_start_ms: 100.0,
            response_end_ms: 126.0,
            ..TimingEntry::default()
        }
    }

    /// The same with the server's number of its connection.
    pub(crate) fn numbered(entry: TimingEntry, socket: u64, nth: u64) -> TimingEntry {
        TimingEntry { server_connection: Some(ServerConnection { socket, nth }), ..entry }
    }

    #[test]
    fn phases_add_up_to_the_whole() {
        let lengths = |entry: TimingEntry| entry.phases().unwrap().map(|(_, ms)| ms);
        assert_eq!(lengths(new_connection()), [3.0, 1.0, 3.0, 4.0, 10.0, 5.0]);
        assert_eq!(lengths(new_connection()).iter().sum::<f64>(), 26.0);
        assert_eq!(lengths(reused_connection()), [11.0, 0.0, 0.0, 0.0, 10.0, 5.0]);
    }

    #[test]
    fn hidden_or_contradictory_entries_have_no_phases() {
        assert_eq!(hidden().phases(), None);
        assert_eq!(TimingEntry { response_end_ms: 90.0, ..new_connection() }.phases(), None);
    }

    #[test]
    fn the_server_s_word_is_read_strictly() {
        let expected = Some(ServerConnection { socket: 12, nth: 3 });
        assert_eq!(ServerConnection::parse("12-3"), expected);
        for bad in ["", "12", "12-", "-3", "12-0", "a-b", "12-3-4"] {
            assert_eq!(ServerConnection::parse(bad), None, "{bad}");
        }
    }
}
