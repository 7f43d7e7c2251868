//! The JSON Schema of a report, made from its types.
//!
//! It describes what is read: fields that came after the first version, and those that may be unknown, are not required.

use crate::report::{Report, SCHEMA};
use schemars::{Schema, generate::SchemaSettings, transform};

/// The schema (JSON Schema 2020-12) of `fetchmark.report/1`.
pub fn schema() -> serde_json::Value {
    let settings =
        SchemaSettings::draft2020_12().with_transform(transform::RecursiveTransform(plain_description));
    let mut schema = settings.into_generator().into_root_schema_for::<Report>();
    schema.insert("$id".to_owned(), format!("urn:fetchmark:{}", SCHEMA.replace('/', ":")).into());
    schema.insert("title".to_owned(), "Fetchmark report".into());
    schema.to_value()
}

/// Descriptions are the types' own, written for readers of the code: links to it become plain words.
fn plain_description(schema: &mut Schema) {
    if let Some(serde_json::Value::String(words)) = schema.get_mut("description") {
        *words = words.replace("[`", "`").replace("`]", "`").replace("`crate::", "`");
    }
}
