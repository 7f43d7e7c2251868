//! What the page loads when a report is opened, compared or written in another form: core's strict reading and its exporters, for
//! JavaScript.
#![cfg(target_arch = "wasm32")]

use fetchmark_core::{
    export::{Format, export_in},
    language::Language,
    report::Report, report_comparison::compare_reports, report_reading::ReportError,
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
    let said = |error: &dyn std::fmt::Display| told(&error.to_string(), "not-written", "", &error.to_string());
    match format.parse().map_err(|error| said(&error))? {
        format @ (Format::Csv | Format::Markdown | Format::Hdr) => {
            export_in(&report, format, &[], language).map_err(|error| said(&error))
        }
        format => Err(said(&format!("The page writes no {format}."))),
    }
}

fn read(json: &str) -> Result<Report, JsValue> {
    Report::from_json(json).map_err(|error| thrown(&error))
}

fn thrown(error: &ReportError) -> JsValue {
    let (field, detail) = match error {
        ReportError::Field { field, problem } => (field.as_str(), problem.as_str()),
        ReportError::NotJson(detail) | ReportError::OtherSchema(detail) => ("", detail.as_str()),
        ReportError::TooLong { .. } | ReportError::NotAReport => ("", ""),
    };
    told(&error.to_string(), error.code(), field, detail)
}

/// An `Error` with this sentence and these properties.
fn told(sentence: &str, code: &str, field: &str, detail: &str) -> JsValue {
    let js = Error::new(sentence);
    for (name, value) in [("code", code), ("field", field), ("detail", detail)] {
        // Setting a property of a new object does not fail; were it to, the sentence still arrives.
        let _ = Reflect::set(&js, &name.into(), &value.into());
    }
    js.into()
}
