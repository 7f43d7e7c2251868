//! Every report that a test reads is held to the published schema.

use crate::SetupError;
use fetchmark_core::{report::Report, schema::schema};
use jsonschema::Validator;
use serde_json::Value;
use std::sync::LazyLock;

/// The schema, made ready once; the sentence if it is none.
static VALIDATOR: LazyLock<Result<Validator, String>> =
    LazyLock::new(|| jsonschema::validator_for(&schema()).map_err(|error| error.to_string()));

/// Reads a report that keeps to its schema.
///
/// # Errors
/// [`SetupError::Schema`] naming what does not, or [`SetupError::Answer`] if it is no report.
pub fn report(json: Value) -> Result<Report, SetupError> {
    let validator = VALIDATOR.as_ref().map_err(|error| SetupError::Schema(error.clone()))?;
    let wrong: Vec<String> =
        validator.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
    if wrong.is_empty() {
        Ok(serde_json::from_value(json)?)
    } else {
        Err(SetupError::Schema(wrong.join("; ")))
    }
}
