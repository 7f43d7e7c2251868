//! The time in which all sessions of a merged report measured.

use serde::{Deserialize, Serialize};

/// What the sessions did while all of them measured. A lower bound of what reached the target: rounds that are only partly within that
/// time are in no count.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommonTime {
    /// How long it was, in ms, pauses between rounds included.
    pub ms: f64,
    /// Successful requests of all rows and sessions, of rounds that lie wholly within it and are not voided.
    pub requests: u64,
    /// Those requests per second of that time.
    pub requests_per_second: f64,
}
