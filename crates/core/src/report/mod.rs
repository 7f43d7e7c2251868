//! What a run found, and all that is done with it.

mod common_time;
pub mod failure_cause;
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
pub mod headline;
pub mod link;
mod masking;
mod model;
pub mod reading;
#[cfg(feature = "schema")]
pub mod schema;
pub mod validity;

pub use common_time::CommonTime;
pub use model::{
    Connections, Distance, Ending, Environment, Origin, Proxy, Report, Requests, RoundReport, RuntimeReport,
    SCHEMA, SessionReport, Site, Sizes, VariantReport, Warmup, session_id,
};
pub use validity::{Finding, FindingCode, Severity};
