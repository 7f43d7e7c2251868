//! What a client is built from.

use super::calls::Calls;
use fetchmark_core::{request::target::Target, scenario::factors::Lifecycle};

pub(super) struct Build<'a> {
    pub(super) target: &'a Target,
    /// The address without a fragment; the first one's, where each request has its own.
    pub(super) url: &'a str,
    pub(super) own_address_each: bool,
    /// Whether headers of one's own make the browser ask permission first.
    pub(super) cross_origin: bool,
    pub(super) lifecycle: Lifecycle,
    pub(super) timeout_ms: f64,
    pub(super) calls: Calls,
}
