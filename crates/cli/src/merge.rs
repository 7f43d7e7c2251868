//! `fetchmark merge`: reports of the same run in several browsers, as one.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args;
use fetchmark_core::export::Format;
use fetchmark_core::fleet;
use fetchmark_core::gates::Gate;
use fetchmark_core::gates::threshold::Threshold;
use fetchmark_core::report::Report;
use fetchmark_core::scenario::params::Language;
use fetchmark_text::export::export;

use crate::destination::Destination;
use crate::error::CliError;
use crate::exit::Exit;
use crate::input;
use crate::run::{are_crossed, print_answer};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The reports (JSON), each of the same run in another browser
    #[arg(required = true, num_args = 2.., value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// Write the merged report to this file, in the format that its name ends in; may be repeated
    #[arg(long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// A threshold that the merged result must meet, such as 'p95<200ms'; may be repeated
    #[arg(long)]
    threshold: Vec<Threshold>,
    /// Count inconclusive thresholds as crossed
    #[arg(long)]
    strict: bool,
    /// Print the merged report as JSON on standard output, and everything else on standard error
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> Result<Exit, CliError> {
    let outputs =
        options.output.iter().map(|path| output(path, &options.reports)).collect::<Result<Vec<_>, _>>()?;
    let reports: Vec<Report> =
        options.reports.iter().map(|path| input::read_report(path)).collect::<Result<_, _>>()?;
    let merged = fleet::merge(&reports)?;
    let gates: Vec<Gate> = options.threshold.iter().map(|threshold| threshold.judge(&merged)).collect();
    for (file, format) in &outputs {
        file.write(&export(&merged, *format, &gates, Language::English)?)?;
    }
    print_answer(&merged, &gates, options.strict, options.json, false)?;
    Ok(if are_crossed(&gates, options.strict) { Exit::ThresholdCrossed } else { Exit::Success })
}

fn output(path: &Path, reports: &[PathBuf]) -> Result<(Destination, Format), CliError> {
    let name = path.display();
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let format = Format::of_extension(extension).ok_or_else(|| {
        CliError::usage(anyhow!(
            "The format of {name} is not clear. Let its name end in .json, .csv, .md, .xml or .hlog."
        ))
    })?;
    let file = Destination::at(path)?;
    if reports.iter().any(|report| file.is_file(report)) {
        return Err(CliError::usage(anyhow!(
            "{name} is one of the reports: the merged one would replace it. Give --output a file of its own."
        )));
    }
    Ok((file, format))
}
