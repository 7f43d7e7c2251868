//! The report as it is, for people to look into.

use super::format::{ExportError, Format};
use crate::report::Report;

/// The report as it is, indented.
///
/// # Errors
/// [`ExportError`], if it holds what JSON cannot.
pub fn json(report: &Report) -> Result<String, ExportError> {
    let mut json = serde_json::to_string_pretty(report)
        .map_err(|error| ExportError::not_written(Format::Json, error))?;
    json.push('\n');
    Ok(json)
}
