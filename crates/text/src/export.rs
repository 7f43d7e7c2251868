//! A report as text for people: sentences and tables for a terminal, Markdown, JUnit XML. What programs read is written by
//! [`fetchmark_core::export`].

mod answer;
mod compared;
mod findings;
mod junit;
mod markdown;
mod sentences;
mod tables;

pub use answer::Answer;
pub use compared::Compared;
pub use junit::junit_of_failure;
pub use markdown::markdown;

use fetchmark_core::{
    export::{ExportError, Format, hdr, json, rounds_csv},
    gates::Gate,
    report::Report,
    scenario::params::Language,
};

/// Writes a report, without secrets. Gates are in JUnit and Markdown; the other formats have no place for them. What people read, which is
/// Markdown, is in their language, except that messages of gates are English in any case.
///
/// # Errors
/// [`ExportError`], if the report holds what the format cannot.
pub fn export(
    report: &Report,
    format: Format,
    gates: &[Gate],
    language: Language,
) -> Result<String, ExportError> {
    let report = &*report.masked();
    match format {
        Format::Json => json(report),
        Format::Csv => Ok(rounds_csv(report)),
        Format::Markdown => Ok(markdown(report, gates, language)),
        Format::Junit => junit::write(&junit::Head::of(report), gates),
        Format::Hdr => hdr(report),
    }
}

#[cfg(test)]
mod tests;
