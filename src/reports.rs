//! Reading, comparing and exporting reports: `reports/` beside the page, loaded when it is needed.

use crate::js;
use fetchmark_core::{export::Format, language::Language};
use js_sys::Promise;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

#[wasm_bindgen(module = "/src/reports/loader.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadReports)]
    fn load_reports() -> Promise;
}

#[wasm_bindgen(module = "/src/reports/bridge.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = checkReport)]
    fn check_report(reports: &JsValue, json: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = packReport)]
    fn pack_report(reports: &JsValue, json: &str) -> Result<String, JsValue>;

    #[wasm_bindgen(catch, js_name = unpackReport)]
    fn unpack_report(reports: &JsValue, text: &str) -> Result<String, JsValue>;

    #[wasm_bindgen(catch, js_name = compareReports)]
    fn compare_reports(reports: &JsValue, baseline: &str, candidate: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = exportReport)]
    fn export_report(reports: &JsValue, json: &str, format: &str, language: &str) -> Result<String, JsValue>;

    #[wasm_bindgen(js_name = copyWritten)]
    fn copy_written(written: &Promise) -> Promise;
}

/// The longest report that is read, in bytes.
pub use fetchmark_core::report_reading::MOST_BYTES;

/// Why a report cannot be opened or compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportProblem {
    /// What is wrong with each of several files, by name; those that nothing is wrong with were opened.
    Files(Vec<(String, ReportProblem)>),
    /// A run is under way.
    Running,
    /// It is longer than any report.
    TooLong,
    /// The file could not be read; the browser's own words.
    NotRead(String),
    /// It is no JSON; what the parser says.
    NotJson(String),
    /// It is JSON and no report.
    NotAReport,
    /// It has another schema.
    OtherSchema(String),
    /// A field is missing or holds what it cannot hold.
    Field {
        /// Its path.
        field: String,
        /// What is wrong with it, in English.
        problem: String,
    },
    /// It cannot be written in another form; why, in English.
    NotWritten(String),
    /// It does not fit into a link.
    LinkTooLong,
    /// The link was written by another version.
    LinkOtherVersion,
    /// The link was cut short or changed on its way.
    LinkDamaged,
    /// What reads reports could not be loaded; the browser's own words.
    NotLoaded(String),
}

/// Checks that this text is a report.
///
/// # Errors
/// [`ReportProblem`].
pub async fn check(json: &str) -> Result<(), ReportProblem> {
    check_report(&loaded().await?, json).map_err(|error| problem(&error))
}

/// Compares two reports, given as JSON; the comparison is an object as core writes it.
///
/// # Errors
/// [`ReportProblem`].
pub async fn compare(baseline: &str, candidate: &str) -> Result<JsValue, ReportProblem> {
    compare_reports(&loaded().await?, baseline, candidate).map_err(|error| problem(&error))
}

/// Writes a report, given as JSON, in another form: CSV, Markdown or an HDR log.
///
/// # Errors
/// [`ReportProblem`].
pub async fn export(json: &str, format: Format, language: Language) -> Result<String, ReportProblem> {
    let reports = loaded().await?;
    export_report(&reports, json, format.word(), language.word()).map_err(|error| problem(&error))
}

/// Puts a report, given as JSON, into the clipboard in another form. Call it while answering a click.
///
/// # Errors
/// [`ReportProblem`] if it cannot be written so; `Ok(false)` if the browser does not allow copying.
pub async fn copy(json: String, format: Format, language: Language) -> Result<bool, ReportProblem> {
    let failed = Rc::new(RefCell::new(None));
    let told = Rc::clone(&failed);
    let written = future_to_promise(async move {
        match export(&json, format, language).await {
            Ok(text) => Ok(JsValue::from(text)),
            Err(problem) => {
                told.replace(Some(problem));
                Err(JsValue::UNDEFINED)
            }
        }
    });
    let is_copied = JsFuture::from(copy_written(&written)).await.is_ok();
    match failed.take() {
        Some(problem) => Err(problem),
        None => Ok(is_copied),
    }
}

/// A report, given as JSON, as text for a link.
///
/// # Errors
/// [`ReportProblem`].
pub async fn pack(json: &str) -> Result<String, ReportProblem> {
    pack_report(&loaded().await?, json).map_err(|error| problem(&error))
}

/// The report that a link's text holds, as JSON.
///
/// # Errors
/// [`ReportProblem`].
pub async fn unpack(text: &str) -> Result<String, ReportProblem> {
    unpack_report(&loaded().await?, text).map_err(|error| problem(&error))
}

async fn loaded() -> Result<JsValue, ReportProblem> {
    JsFuture::from(load_reports()).await.map_err(|error| ReportProblem::NotLoaded(js::message(&error)))
}

fn problem(error: &JsValue) -> ReportProblem {
    let text = |name| js::property(error, name).and_then(|value| value.as_string()).unwrap_or_default();
    match text("code").as_str() {
        "too-long" => ReportProblem::TooLong,
        "not-json" => ReportProblem::NotJson(text("detail")),
        "not-a-report" => ReportProblem::NotAReport,
        "other-schema" => ReportProblem::OtherSchema(text("detail")),
        "link-too-long" => ReportProblem::LinkTooLong,
        "link-other-version" => ReportProblem::LinkOtherVersion,
        "link-damaged" => ReportProblem::LinkDamaged,
        "field" => ReportProblem::Field { field: text("field"), problem: text("detail") },
        "not-written" => ReportProblem::NotWritten(text("detail")),
        _ => ReportProblem::NotLoaded(js::message(error)),
    }
}
