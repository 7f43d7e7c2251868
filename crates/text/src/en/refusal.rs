//! Reports that are refused, in English.

use crate::words::Refusal;
use fetchmark_core::report::{link::LinkError, reading::ReportError};

/// Why a report is not opened, compared, exported or packed.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Report(error) | Refusal::Link(LinkError::Report(error)) => unreadable(error),
        Refusal::Link(LinkError::TooLong) => {
            "The report is too long for a link. Save it as JSON and send the file instead.".to_owned()
        }
        Refusal::Link(LinkError::OtherVersion) => {
            "The link holds a report of another version of Fetchmark. Open it with the version that made it."
                .to_owned()
        }
        Refusal::Link(LinkError::Damaged) => {
            "The report in this link is damaged: it was cut short or changed on the way. Ask for the link again, or for the report as a file."
                .to_owned()
        }
        Refusal::Export(error) => not_written(&error.to_string()),
        Refusal::Link(LinkError::NotWritable(words)) => not_written(words),
    }
}

fn unreadable(error: &ReportError) -> String {
    match error {
        ReportError::TooLong => "The file is too large for a report: over 32 MB.".to_owned(),
        ReportError::NotJson(words) => {
            format!("Not valid JSON ({words}). Open a report that Fetchmark saved as JSON.")
        }
        ReportError::NotAReport => {
            "Valid JSON, but not a Fetchmark report. Open a report that Fetchmark saved as JSON.".to_owned()
        }
        ReportError::OtherSchema(schema) => format!(
            "This version of Fetchmark cannot read reports with the schema “{schema}”. Open it with the version that made it."
        ),
        ReportError::Field { field, problem } => {
            format!("The report is damaged: the field “{field}” cannot be read ({problem}).")
        }
    }
}

fn not_written(words: &str) -> String {
    format!("The report cannot be exported in this format. {words}")
}
