use std::net::IpAddr;
use std::time::Duration;

use crate::page::PageSource;

/// What a lab is started with. The default listens on two free ports and serves no page, which suits tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabConfig {
    /// TCP port for HTTP/1.1 without TLS; 0 takes any free port.
    pub http: u16,
    /// TCP port for TLS; 0 takes any free port, `None` leaves TLS out.
    pub https: Option<u16>,
    pub tls: TlsOffer,
    /// How long a client waits for its TLS handshake to be answered.
    pub handshake_delay: Duration,
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
            handshake_delay: Duration::ZERO,
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
