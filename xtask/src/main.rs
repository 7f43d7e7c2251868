//! Fetchmark's developer commands: `cargo xtask setup | build | serve | test | bench | compare-python | screenshots | schema`.
//!
//! Everything here drives ordinary tools (cargo, trunk, wasm-pack, npm); what each command does can be done by
//! hand, and the commands print what they run.
#![allow(clippy::print_stdout, reason = "telling the person what happens is this program's job")]

mod bench;
mod browser;
mod build;
mod compare_python;
mod compress;
mod fingerprint;
mod inputs;
mod node;
mod ports;
mod process;
mod schema;
mod screenshots;
mod serve;
mod setup;
mod single_file;
mod sizes;
mod split;
mod stylesheets;
mod test;
mod tools;
mod version;
mod watch;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use std::time::Instant;
use workspace::Workspace;

/// Fetchmark's developer commands.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install the tools that are missing or of another version.
    Setup(setup::Arguments),
    /// Build the page into dist/ and show what a browser downloads.
    Build(build::Arguments),
    /// Set up, build, and serve the page and the lab.
    Serve(serve::Arguments),
    /// Run every test; the last line is `N passed, N failed`.
    Test(test::Arguments),
    /// Measure what takes too long for `test`.
    Bench(bench::Arguments),
    /// Measure Python's clients and the browser's in one run, into docs/comparison.md.
    ComparePython(compare_python::Arguments),
    /// Take the pictures in docs/screenshots anew.
    Screenshots,
    /// Write the JSON Schema of a report into docs/.
    Schema,
}

/// What ended a command early; each says what happened and what to do.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Workspace(#[from] workspace::Error),
    #[error(transparent)]
    Setup(#[from] setup::Error),
    #[error(transparent)]
    Build(#[from] build::Error),
    #[error(transparent)]
    Serve(#[from] serve::Error),
    #[error(transparent)]
    Bench(#[from] bench::Error),
    #[error(transparent)]
    ComparePython(#[from] compare_python::Error),
    #[error(transparent)]
    Screenshots(#[from] screenshots::Error),
    #[error(transparent)]
    Schema(#[from] schema::Error),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command, Instant::now()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command, started: Instant) -> Result<ExitCode, Error> {
    let workspace = Workspace::find()?;
    match command {
        Command::Setup(arguments) => setup::run(&workspace, &arguments)?,
        Command::Build(arguments) => build::run(&workspace, &arguments)?,
        Command::Serve(arguments) => serve::run(&workspace, &arguments, started)?,
        Command::Bench(arguments) => bench::run(&workspace, &arguments)?,
        Command::ComparePython(arguments) => compare_python::run(&workspace, &arguments)?,
        Command::Screenshots => screenshots::run(&workspace)?,
        Command::Schema => schema::run(&workspace)?,
        Command::Test(arguments) => return Ok(test::run(&workspace, &arguments)),
    }
    Ok(ExitCode::SUCCESS)
}
