//! Every report that a test reads is held to the published schema.

use anyhow::{Result, anyhow, ensure};
use fetchmark_core::report::{Report, schema::schema};
use jsonschema::Validator;
use serde_json::Value;
use std::{fs, path::Path, sync::LazyLock};

/// The schema, made ready once; the sentence if it is none.
static VALIDATOR: LazyLock<Result<Validator, String>> =
    LazyLock::new(|| jsonschema::validator_for(&schema()).map_err(|error| error.to_string()));

pub fn report(json: Value) -> Result<Report> {
    let validator = VALIDATOR.as_ref().map_err(|error| anyhow!(error.clone()))?;
    let wrong: Vec<String> =
        validator.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
    ensure!(wrong.is_empty(), "The report does not keep to its schema: {}", wrong.join("; "));
    Ok(serde_json::from_value(json)?)
}

/// The same of a file.
pub fn read(file: &Path) -> Result<Report> {
    report(serde_json::from_str(&fs::read_to_string(file)?)?)
}
