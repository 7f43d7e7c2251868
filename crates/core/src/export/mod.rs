//! A report in the formats of programs: one file for each. What people read is written by the crate `fetchmark-text`.

mod csv;
mod format;
mod hdr;
mod json;
mod tsv;

pub use csv::{CsvWriter, rounds_csv, samples_csv};
pub use format::{ExportError, Format, UnknownFormat};
pub use hdr::hdr;
pub use json::json;
pub use tsv::table_tsv;

#[cfg(test)]
mod round_trips;
#[cfg(test)]
mod tests;
