//! The JSON Schema of a report, made from its types.
//!
//! It describes what is read: fields that came after the first version, and those that may be unknown, are not required.

use crate::{
    client::Client,
    client_choice::ClientChoice,
    factors::{Lifecycle, Thread},
    lanes::Lanes,
    report::{Report, SCHEMA},
    variant::MAX_IN_FLIGHT,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema, transform};
use std::borrow::Cow;

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

/// A scenario's threads: a list, or a word, as reports from before there could be several have it.
pub(crate) fn threads(generator: &mut SchemaGenerator) -> Schema {
    let (list, word) = (generator.subschema_for::<Vec<Thread>>(), generator.subschema_for::<Thread>());
    json_schema!({ "anyOf": [list, word] })
}

impl JsonSchema for Lanes {
    fn schema_name() -> Cow<'static, str> {
        "Lanes".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "How many requests may be in flight when pacing is concurrent: all of a round, or this many.",
            "anyOf": [{"const": "all"}, {"type": "integer", "minimum": 1, "maximum": MAX_IN_FLIGHT}]
        })
    }
}

impl JsonSchema for ClientChoice {
    fn schema_name() -> Cow<'static, str> {
        "ClientChoice".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names =
            Client::all().chain(Client::all_in_python()).map(Client::name).collect::<Vec<_>>().join("|");
        let lifecycles = Lifecycle::ALL.iter().map(|word| word.word()).collect::<Vec<_>>().join("|");
        json_schema!({
            "description": "A client, and perhaps the one lifecycle it is to be measured in: `gloo-net` or `js-fetch:reused`.",
            "type": "string",
            "pattern": format!("^({names})(:({lifecycles}))?$")
        })
    }
}
