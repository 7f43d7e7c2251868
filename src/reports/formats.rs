//! Reading, comparing and exporting reports, given as JSON: what core does, with what can go wrong for the page to say.

use crate::text::ReportProblem;
use fetchmark_core::{
    export,
    language::Language,
    report::Report,
    report_comparison::{self, ReportComparison},
    report_link::{self, LinkError},
    secrets,
};
use std::borrow::Cow;

/// Checks that this text is a report, and gives it without the secrets that reports of before held.
///
/// # Errors
/// [`ReportProblem`].
pub fn without_secrets(json: &str) -> Result<Cow<'_, str>, ReportProblem> {
    match secrets::report(&read(json)?) {
        Cow::Borrowed(_) => Ok(json.into()),
        Cow::Owned(report) => written(&report).map(Cow::Owned),
    }
}

/// Compares two reports.
///
/// # Errors
/// [`ReportProblem`].
pub fn compare(baseline: &str, candidate: &str) -> Result<ReportComparison, ReportProblem> {
    Ok(report_comparison::compare_reports(&read(baseline)?, &read(candidate)?))
}

/// A report's rounds as CSV.
///
/// # Errors
/// [`ReportProblem`].
pub fn csv(json: &str) -> Result<String, ReportProblem> {
    Ok(export::rounds_csv(&read(json)?))
}

/// A report's latencies as an HDR log.
///
/// # Errors
/// [`ReportProblem`].
pub fn hdr(json: &str) -> Result<String, ReportProblem> {
    export::hdr(&read(json)?).map_err(ReportProblem::NotWritten)
}

/// A report as Markdown.
///
/// # Errors
/// [`ReportProblem`].
pub fn markdown(json: &str, language: Language) -> Result<String, ReportProblem> {
    Ok(export::markdown(&read(json)?, &[], language))
}

/// A report as text for a link.
///
/// # Errors
/// [`ReportProblem`].
pub fn pack(json: &str) -> Result<String, ReportProblem> {
    report_link::pack(&read(json)?).map_err(ReportProblem::Link)
}

/// The report that a link's text holds, as JSON.
///
/// # Errors
/// [`ReportProblem`].
pub fn unpack(text: &str) -> Result<String, ReportProblem> {
    let report = report_link::unpack(text).map_err(ReportProblem::Link)?;
    written(&report)
}

fn written(report: &Report) -> Result<String, ReportProblem> {
    // By way of a value, as core packs it: a second way to write reports adds 4 KB to the page.
    serde_json::to_value(report)
        .map(|json| json.to_string())
        .map_err(|error| ReportProblem::Link(LinkError::NotWritable(error.to_string())))
}

fn read(json: &str) -> Result<Report, ReportProblem> {
    Report::from_json(json).map_err(ReportProblem::Report)
}
