//! What is done with a report besides measuring and showing it: opening, comparing, exporting, packing it into a link.
//!
//! A module of its own, because the page that shows reports weighs a fifth less without it (docs/decisions/0021). Reports go in and come
//! out as JSON. `exports` is what JavaScript sees of it.

#[cfg(target_arch = "wasm32")]
pub mod exports;

use fetchmark_core::{
    compare::{compare_with, reports::compare_reports},
    export::{ExportError, Format, table_tsv},
    report::{Report, link as report_link},
    scenario::params::Language,
};
use fetchmark_text::{Refusal, export};
use serde::{Deserialize, de::IgnoredAny};
use std::borrow::Cow;

/// A report that was passed on, checked, and without the secrets that older ones still hold.
pub fn opened(report: &str) -> Result<Cow<'_, str>, Refusal> {
    /// What tells reports from before they had the comparisons that the headline rests on.
    #[derive(Deserialize)]
    struct Written {
        #[serde(default)]
        references: Vec<IgnoredAny>,
    }

    let read = Report::from_json(report)?;
    let written = serde_json::from_str(report).map_or(0, |Written { references }| references.len());
    match read.masked() {
        // Nothing of it is lost that only another version knows.
        Cow::Borrowed(_) if written == read.references.len() => Ok(report.into()),
        whole => Ok(json(&whole)?.into()),
    }
}

/// The report that a link's text holds, without secrets.
pub fn unpacked(text: &str) -> Result<String, Refusal> {
    Ok(json(&report_link::unpack(text)?.masked())?)
}

/// A report as text for a link; refused if it is too long for one.
pub fn packed(report: &str) -> Result<String, Refusal> {
    Ok(report_link::pack(&Report::from_json(report)?)?)
}

/// A report in another form; refused if it holds what the form cannot.
pub fn exported(report: &str, format: Format, language: Language) -> Result<String, Refusal> {
    Ok(export::export(&Report::from_json(report)?, format, &[], language)?)
}

/// The table of a report, to be pasted into a spreadsheet.
pub fn table(report: &str) -> Result<String, Refusal> {
    Ok(table_tsv(&Report::from_json(report)?))
}

/// Two reports compared ([`fetchmark_core::compare::reports::ReportComparison`]).
pub fn compared(baseline: &str, candidate: &str) -> Result<String, Refusal> {
    let comparison = compare_reports(&Report::from_json(baseline)?, &Report::from_json(candidate)?);
    Ok(json(&comparison)?)
}

/// Every other row of its target compared with the row of this id, in table order ([`compare_with`]); none if there is no such row.
pub fn compared_with_row(report: &str, baseline: &str) -> Result<String, Refusal> {
    Ok(json(&compare_with(&Report::from_json(report)?, baseline).unwrap_or_default())?)
}

fn json(value: &impl serde::Serialize) -> Result<String, ExportError> {
    serde_json::to_string(value).map_err(|error| ExportError::not_written(Format::Json, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::{
        report::{fixture, link::LinkError, reading::ReportError},
        request::secrets::MARK,
    };

    fn report(header: &str) -> Report {
        let mut report = fixture::report(&[("a", &[10.0, 12.0]), ("b", &[20.0, 22.0])]);
        report.scenario.target.headers = vec![("Authorization".to_owned(), header.to_owned())];
        report
    }

    #[test]
    fn what_is_opened_stays_as_it_is_unless_it_holds_a_secret() {
        // A field of a later version.
        let plain = json(&fixture::report(&[("a", &[10.0])])).unwrap().replacen('{', "{\"later\":1,", 1);
        assert_eq!(opened(&plain).unwrap(), plain);
        let older = json(&report("Bearer abc")).unwrap();
        assert_eq!(Report::from_json(&opened(&older).unwrap()).unwrap(), report(MARK));
        assert_eq!(opened("{}").unwrap_err(), Refusal::Report(ReportError::NotAReport));
    }

    #[test]
    fn a_link_gives_the_report_back_without_secrets() {
        let text = packed(&json(&report("Bearer abc")).unwrap()).unwrap();
        assert_eq!(Report::from_json(&unpacked(&text).unwrap()).unwrap().scenario, report(MARK).scenario);
        assert_eq!(unpacked("2.AAAA").unwrap_err(), Refusal::Link(LinkError::OtherVersion));
    }
}
