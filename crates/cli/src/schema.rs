//! `fetchmark schema`: the JSON Schema of a report.

use std::path::PathBuf;

use clap::Args;

use crate::destination::Destination;
use crate::terminal::print;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let schema = format!("{:#}\n", fetchmark_core::report::schema::schema());
    match &options.output {
        Some(path) => Destination::at(path)?.write(&schema)?,
        None => print(&schema)?,
    }
    Ok(())
}
