//! What a run found, and all that is done with it.

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

pub use model::{
    Connections, Ending, Environment, Origin, Proxy, Report, Requests, RoundReport, RuntimeReport, SCHEMA,
    SessionReport, Site, Sizes, VariantReport, Warmup,
};
pub use validity::{Finding, FindingCode, Severity};
