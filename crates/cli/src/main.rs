//! `fetchmark`: Fetchmark from the command line.
//!
//! Exit codes: 0 good, 1 could not run, 2 wrong usage, 99 a threshold crossed or slower than the baseline, 130 ended by the person during a run.

mod compare;
mod completions;
mod destination;
mod error;
mod exit;
mod output;
mod page;
mod run;
mod schema;
mod serve;
mod text_file;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use error::CliError;
use exit::Exit;

/// Measures HTTP from inside a real browser.
#[derive(Debug, Parser)]
#[command(name = "fetchmark", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the page and a target to measure, on this machine only.
    Serve(serve::Options),
    /// Measure a URL in a browser, and check the result against thresholds and an earlier report.
    Run(Box<run::Options>),
    /// Compare a report with an earlier one, row by row.
    Compare(compare::Options),
    /// Print the JSON Schema of a report.
    Schema(schema::Options),
    /// Print the completions of a shell.
    Completions(completions::Options),
}

#[tokio::main]
async fn main() -> ExitCode {
    // A wrong usage ends here, with exit code 2.
    let arguments = Arguments::parse();
    let done: Result<Exit, CliError> = match arguments.command {
        Command::Serve(options) => serve::run(options).await,
        Command::Run(options) => run::run(*options).await.map_err(CliError::from),
        Command::Compare(options) => compare::run(&options),
        Command::Schema(options) => schema::run(&options),
        Command::Completions(options) => completions::run::<Arguments>(&options),
    };
    let exit = done.unwrap_or_else(|error| {
        // Nothing is left to do if not even this can be told.
        let _ = writeln!(std::io::stderr(), "{error}");
        error.exit()
    });
    exit.into()
}
