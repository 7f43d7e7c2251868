//! What a lab is started with.

use std::path::PathBuf;

/// What a lab is started with. The default listens on two free ports and serves no page, which suits tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabConfig {
    /// TCP port for HTTP/1.1 without TLS; 0 takes any free port.
    pub http: u16,
    /// TCP port for HTTP/2 and HTTP/1.1 over TLS; 0 takes any free port, `None` leaves TLS out.
    pub https: Option<u16>,
    /// Directory of the built page, served outside `/lab/`. It may be built while the lab runs.
    pub page: Option<PathBuf>,
}

impl Default for LabConfig {
    fn default() -> Self {
        Self { http: 0, https: Some(0), page: None }
    }
}
