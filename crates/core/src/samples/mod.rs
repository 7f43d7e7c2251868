//! Requests as they were measured, and what the browser and the server tell of each.

pub mod connection_ids;
pub mod example_round;
pub mod join;
pub mod label;
pub(crate) mod lost_connections;
pub mod pool;
pub mod record;
pub mod sample;
pub mod timing;
pub mod whence;

pub use example_round::{ExampleRound, RequestSpan};
pub use label::{ConnectionLabel, Evidence, ServerIds};
pub use pool::LabelledRequest;
pub use record::{RoundSamples, SampleRecord};
pub use sample::{ErrorClass, Outcome, OutcomeWord, Sample, SampleInfo};
pub use timing::{Phase, ServerConnection, TimingEntry};
pub use whence::Whence;
