//! The fields of the form, one view per file.

pub mod clients;
pub mod connection;
pub mod distance;
pub mod in_flight;
pub mod more_options;
pub mod number;
pub mod pacing;
pub mod request;
pub mod url;
