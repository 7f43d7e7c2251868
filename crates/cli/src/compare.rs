//! `fetchmark compare`: two reports, row by row.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::{Args, ValueEnum};
use fetchmark_core::export::Format;
use fetchmark_core::gates::{GateOutcome, overall};
use fetchmark_text::export::Compared;

use crate::destination::Destination;
use crate::error::CliError;
use crate::exit::Exit;
use crate::input;
use crate::terminal::{print, printable, table};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The earlier report.
    baseline: PathBuf,
    /// The report to compare with it.
    candidate: PathBuf,
    /// The output format.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
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

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutputFormat {
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

pub(crate) fn run(options: &Options) -> Result<Exit, CliError> {
    let output = options.output.as_deref().map(Destination::at).transpose()?;
    let files = [&options.baseline, &options.candidate];
    if let Some(output) = output.as_ref().filter(|output| files.iter().any(|file| output.is_file(file))) {
        let file = output.named().display();
        return Err(CliError::usage(anyhow!(
            "{file} is one of the reports: the comparison would replace it. Give --output a file of its own."
        )));
    }
    let [baseline, candidate] = files.map(|path| input::read_report(path));
    // If this comparison fails, nobody should take an earlier one for it.
    if let Some(output) = &output {
        output.clear()?;
    }
    let compared = Compared::of(&baseline?, &candidate?);
    let format = if options.json { OutputFormat::Json } else { options.format };
    let text = match format {
        OutputFormat::Text => text(&compared),
        OutputFormat::Json => compared.export(Format::Json)?,
        OutputFormat::Csv => compared.export(Format::Csv)?,
        OutputFormat::Markdown => compared.export(Format::Markdown)?,
        OutputFormat::Junit => compared.export(Format::Junit)?,
    };
    match &output {
        Some(output) => output.write(&text)?,
        None => print(&text)?,
    }
    Ok(match overall(&compared.gates) {
        GateOutcome::Crossed if !options.no_fail => Exit::ThresholdCrossed,
        GateOutcome::Unresolved if options.strict => Exit::ThresholdCrossed,
        _ => Exit::Success,
    })
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
