//! What the page loads when a report is opened, compared or written in another form: core's strict reading and its exporters, for
//! JavaScript.
#![cfg(target_arch = "wasm32")]

use fetchmark_core::{
    export::{Format, hdr, markdown, rounds_csv},
    language::Language,
    report::Report,
    report_comparison::compare_reports,
    report_link::{self, LinkError},
    report_reading::ReportError,
};
use js_sys::{Error, Reflect};
use wasm_bindgen::prelude::*;

/// Checks that this text is a report.
///
/// # Errors
/// An `Error` with `code`, `field` and `detail` ([`ReportError`]).
#[wasm_bindgen(js_name = checkReport)]
pub fn check_report(json: &str) -> Result<(), JsValue> {
    read(json).map(drop)
}

/// Compares two reports and gives a [`fetchmark_core::report_comparison::ReportComparison`] as JSON.
///
/// # Errors
/// As [`check_report`].
#[wasm_bindgen(js_name = compareReports)]
pub fn compare(baseline: &str, candidate: &str) -> Result<String, JsValue> {
    let compared = compare_reports(&read(baseline)?, &read(candidate)?);
    serde_json::to_string(&compared).map_err(|error| Error::new(&error.to_string()).into())
}

/// Writes a report in one of these forms: `csv`, `markdown` or `hdr`, Markdown in the language of this tag. (JSON the page has, and JUnit
/// is made of gates, which it has not.)
///
/// # Errors
/// As [`check_report`]; for another form, or what a form cannot hold, the code is `not-written`.
#[wasm_bindgen(js_name = exportReport)]
pub fn export(json: &str, format: &str, language: &str) -> Result<String, JsValue> {
    let report = read(json)?;
    let language = Language::from_word(language).unwrap_or(Language::English);
    let said = |error: &dyn std::fmt::Display| {
        let detail = error.to_string();
        thrown_with(&detail, [("code", "not-written"), ("detail", &detail)])
    };
    // One by one: what writes the other forms would weigh tens of KB here.
    match format.parse().map_err(|error| said(&error))? {
        Format::Csv => rounds_csv(&report).map_err(|error| said(&error)),
        Format::Markdown => Ok(markdown(&report, &[], language)),
        Format::Hdr => hdr(&report).map_err(|error| said(&error)),
        format => Err(said(&format!("The page writes no {format}."))),
    }
}

/// A report as text for a link ([`report_link`]).
///
/// # Errors
/// As [`check_report`], with further codes ([`LinkError::code`]).
#[wasm_bindgen(js_name = packReport)]
pub fn pack(json: &str) -> Result<String, JsValue> {
    report_link::pack(&read(json)?).map_err(|error| thrown_by_link(&error))
}

/// The report that a link's text holds, as JSON.
///
/// # Errors
/// As [`pack`].
#[wasm_bindgen(js_name = unpackReport)]
pub fn unpack(text: &str) -> Result<String, JsValue> {
    let report = report_link::unpack(text).map_err(|error| thrown_by_link(&error))?;
    serde_json::to_string(&report).map_err(|error| Error::new(&error.to_string()).into())
}

fn read(json: &str) -> Result<Report, JsValue> {
    Report::from_json(json).map_err(|error| thrown(&error))
}

fn thrown_by_link(error: &LinkError) -> JsValue {
    match error {
        LinkError::Report(error) => thrown(error),
        other => thrown_with(&other.to_string(), [("code", other.code())]),
    }
}

fn thrown(error: &ReportError) -> JsValue {
    let (field, detail) = match error {
        ReportError::Field { field, problem } => (field.as_str(), problem.as_str()),
        ReportError::NotJson(detail) | ReportError::OtherSchema(detail) => ("", detail.as_str()),
        ReportError::TooLong { .. } | ReportError::NotAReport => ("", ""),
    };
    thrown_with(&error.to_string(), [("code", error.code()), ("field", field), ("detail", detail)])
}

fn thrown_with<const N: usize>(message: &str, properties: [(&str, &str); N]) -> JsValue {
    let js = Error::new(message);
    for (name, value) in properties {
        // Setting a property of a new object does not fail; were it to, the sentence still arrives.
        let _ = Reflect::set(&js, &name.into(), &value.into());
    }
    js.into()
}
