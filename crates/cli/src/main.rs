//! `fetchmark`: Fetchmark from the command line.
//!
//! Exit codes: 0 good, 1 could not run, 2 wrong usage.

mod error;
mod serve;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use error::CliError;

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
}

#[tokio::main]
async fn main() -> ExitCode {
    // A wrong usage ends here, with exit code 2.
    let arguments = Arguments::parse();
    let done: Result<(), CliError> = match arguments.command {
        Command::Serve(options) => serve::run(options).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do if not even this can be told.
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
