//! What a run found, and all that is done with it.

mod common_time;
mod environment;
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
pub use environment::{BlockingWay, Distance, Environment, Origin, Proxy, RuntimeReport, Site};
pub use model::{
    Connections, Ending, Report, Requests, RoundReport, SCHEMA, SessionReport, Sizes, VariantReport, Warmup,
    session_id,
};
pub use validity::{Finding, FindingCode, Severity};
