//! What a run is to do: from the command line and a settings file to a checked plan.

mod body;
mod capabilities;
pub(super) mod file;
pub(super) mod fleet;
pub(super) mod lab_address;
pub(super) mod options;
pub(super) mod origin;
mod outputs;
mod parameters;
pub(super) mod plan;
mod scenario;
mod targets;
mod value;
