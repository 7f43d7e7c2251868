//! `fetchmark compare`: two reports, row by row.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use fetchmark_core::export::Format;
use fetchmark_core::gate::{GateOutcome, together};
use fetchmark_core::report::Report;
use fetchmark_core::report_reading::{MOST_BYTES, ReportError};
use fetchmark_text::export::Compared;

use crate::destination::Destination;
use crate::error::CliError;
use crate::exit::Exit;
use crate::output::{print, printable, table};
use crate::text_file;

/// Options of `fetchmark compare`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The earlier report.
    baseline: PathBuf,
    /// The report to compare with it.
    candidate: PathBuf,
    /// The output format.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with 0 even if a row became slower.
    #[arg(long, conflicts_with = "strict")]
    no_fail: bool,
    /// Also exit with 99 if a row is inconclusive or missing.
    #[arg(long)]
    strict: bool,
}

/// How a comparison is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// A table and sentences.
    Text,
    /// Verdicts, figures and gates.
    Json,
    /// A line for each row.
    Csv,
    /// For a pull request.
    Markdown,
    /// A case for each row.
    Junit,
}

/// Compares.
///
/// # Errors
/// When a report cannot be read, or the result cannot be written.
pub(crate) fn run(options: &Options) -> Result<Exit, CliError> {
    let output = options.output.as_deref().map(Destination::at).transpose()?;
    let files = [&options.baseline, &options.candidate];
    if let Some(output) = output.as_ref().filter(|output| files.iter().any(|file| output.is_file(file))) {
        return Err(CliError::InPlaceOfReport(output.named().to_owned()));
    }
    let [baseline, candidate] = files.map(|path| read(path));
    // An earlier comparison does not pass for this one, should there be none.
    if let Some(output) = &output {
        output.clear()?;
    }
    let compared = Compared::of(&baseline?, &candidate?);
    let form = if options.json { Form::Json } else { options.format };
    let text = match form {
        Form::Text => text(&compared),
        Form::Json => compared.export(Format::Json)?,
        Form::Csv => compared.export(Format::Csv)?,
        Form::Markdown => compared.export(Format::Markdown)?,
        Form::Junit => compared.export(Format::Junit)?,
    };
    match &output {
        Some(output) => output.write(&text)?,
        None => print(&text)?,
    }
    Ok(match together(&compared.gates) {
        GateOutcome::Crossed if !options.no_fail => Exit::Crossed,
        GateOutcome::Unresolved if options.strict => Exit::Crossed,
        _ => Exit::Good,
    })
}

/// Reads a report from a file.
///
/// # Errors
/// When there is no such file, or it is no report.
pub(crate) fn read(path: &Path) -> Result<Report, CliError> {
    let json = text_file::read(path, MOST_BYTES).map_err(|source| {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::FileTooLarge => CliError::BadReport { path, error: ReportError::TooLong },
            _ => CliError::NoReport { path, source },
        }
    })?;
    Report::from_json(&json).map_err(|error| CliError::BadReport { path: path.to_owned(), error })
}

fn text(compared: &Compared) -> String {
    let mut text = String::new();
    let rows = compared.rows();
    if !rows.is_empty() {
        text += &table(&Compared::HEADS, &rows);
        text += "\n\n";
    }
    for line in compared.sentences().iter().chain(&compared.notes()) {
        text += &printable(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_longer_than_any_report_is_told_to_be() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(MOST_BYTES as u64 + 1).unwrap();
        let error = read(file.path()).unwrap_err();
        assert!(matches!(error, CliError::BadReport { error: ReportError::TooLong, .. }), "{error}");
    }
}
