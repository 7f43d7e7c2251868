//! `fetchmark`: Fetchmark from the command line.
//!
//! Exit codes: 0 success, 1 could not run, 2 wrong usage, 99 a threshold crossed or slower than the baseline, 130 stopped by the user.

mod compare;
mod completions;
mod destination;
mod error;
mod exit;
mod input;
mod merge;
mod page;
mod run;
mod schema;
mod serve;
mod terminal;

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

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the page and a target to measure, on this machine only.
    Serve(serve::Options),
    /// Measure a URL in a browser, and check the result against thresholds and an earlier report.
    Run(Box<run::Options>),
    /// Compare a report with an earlier one, row by row.
    Compare(compare::Options),
    /// Merge reports of the same run in several browsers into one.
    Merge(merge::Options),
    /// Print the JSON Schema of a report.
    Schema(schema::Options),
    /// Print the completions of a shell.
    Completions(completions::Options),
}

#[tokio::main]
async fn main() -> ExitCode {
    // A wrong usage ends here, with exit code 2.
    let exit = run_command(Arguments::parse().command).await.unwrap_or_else(|error| {
        // Nothing is left to do if not even this can be printed.
        let _ = writeln!(std::io::stderr(), "{error}");
        error.exit
    });
    exit.into()
}

async fn run_command(command: Command) -> Result<Exit, CliError> {
    match command {
        Command::Run(options) => return run::run(*options).await,
        Command::Compare(options) => return compare::run(&options),
        Command::Merge(options) => return merge::run(&options),
        Command::Serve(options) => serve::run(options).await?,
        Command::Schema(options) => schema::run(&options)?,
        Command::Completions(options) => completions::run::<Arguments>(&options)?,
    }
    Ok(Exit::Success)
}
