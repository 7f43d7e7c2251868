use std::net::IpAddr;
use std::time::Duration;

use crate::distance::Distance;
use crate::page::PageSource;

/// What a lab is started with. The default listens on two free ports and serves no page, which suits tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabConfig {
    /// TCP port for HTTP/1.1 without TLS; 0 takes any free port.
    pub http: u16,
    /// TCP port for TLS; 0 takes any free port, `None` leaves TLS out.
    pub https: Option<u16>,
    pub tls: TlsOffer,
    /// Whether HTTP/3 is served too, on the UDP port of the same number as the TCP port for TLS.
    pub http3: bool,
    /// How long a client waits for its TLS handshake to be answered.
    pub handshake_delay: Duration,
    /// The network in front of a second door, with ports of its own; `None`: there is no such door. The page is served at the first.
    pub distance: Option<Distance>,
    /// Where to listen instead of loopback: who can reach this address can reach the lab.
    pub address: Option<IpAddr>,
    /// The built page, served outside `/lab/`.
    pub page: Option<PageSource>,
}

impl Default for LabConfig {
    fn default() -> Self {
        Self {
            http: 0,
            https: Some(0),
            tls: TlsOffer::default(),
            http3: false,
            handshake_delay: Duration::ZERO,
            distance: None,
            address: None,
            page: None,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TlsOffer {
    /// HTTP/2 first, then HTTP/1.1.
    #[default]
    Http2,
    /// HTTP/1.1 alone: to be compared with clients that speak nothing else.
    Http1,
}
