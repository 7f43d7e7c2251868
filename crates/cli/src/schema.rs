//! `fetchmark schema`: the JSON Schema of a report.

use std::path::PathBuf;

use clap::Args;

use crate::destination::Destination;
use crate::error::CliError;
use crate::exit::Exit;
use crate::output::print;

/// Options of `fetchmark schema`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Prints the schema.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn run(options: &Options) -> Result<Exit, CliError> {
    let schema = format!("{:#}\n", fetchmark_core::schema::schema());
    match &options.output {
        Some(path) => Destination::at(path)?.write(&schema)?,
        None => print(&schema)?,
    }
    Ok(Exit::Good)
}
