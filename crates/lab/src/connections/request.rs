//! What an endpoint may want to know beyond the request itself.

use std::sync::Arc;
use std::time::Instant;

use super::socket::Socket;

/// An extension of every request under `/lab/`.
#[derive(Debug, Clone)]
pub(crate) struct RequestInfo {
    /// When the request's head had been read.
    pub(crate) received: Instant,
    pub(crate) socket: Arc<Socket>,
    /// Ordinal of the request on its socket, from 1.
    pub(crate) nth: u64,
    pub(crate) body_length: u64,
}
