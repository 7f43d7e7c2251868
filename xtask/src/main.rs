//! Fetchmark's developer commands: `cargo xtask setup | build | serve | test | bench | compare-python | compare-pyodide | screenshots | schema | release`.
//!
//! Everything here drives ordinary tools (cargo, trunk, wasm-pack, nextest, npm) and prints what it runs; what each command does can be
//! done by hand. Cargo and Trunk decide what has to be made again.
#![allow(clippy::print_stdout, reason = "telling the person what happens is this program's job")]

mod article;
mod bench;
mod browser;
mod build;
mod compare;
mod document;
mod done;
mod grid;
mod installer;
mod pyodide;
mod release;
mod serve;
mod setup;
mod sizes;
mod test;
mod workspace;

use clap::{Parser, Subcommand};
use std::{process::ExitCode, time::Instant};
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
    /// Run the tests; the last line is `N passed, N failed`.
    Test(test::Arguments),
    /// Measure what takes too long for `test`.
    Bench(bench::Arguments),
    /// Measure Python's clients and the browser's in one run, into docs/comparison.md.
    ComparePython(compare::ComparePython),
    /// Measure the clients that there are for Pyodide, into docs/pyodide.md.
    ComparePyodide(compare::Compare),
    /// Take the pictures in docs/screenshots anew.
    Screenshots,
    /// Write the JSON Schema of a report into docs/.
    Schema,
    /// Pack what people download into target/release-files: the command and the engine's npm package.
    Release(release::Arguments),
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let result = if workspace::is_prepared() { run(command) } else { workspace::relaunch() };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let workspace = Workspace::open()?;
    match command {
        Command::Setup(arguments) => setup::run(&workspace, &arguments)?,
        Command::Build(arguments) => build::run(&workspace, &arguments)?,
        Command::Serve(arguments) => serve::run(&workspace, &arguments, started)?,
        Command::Test(arguments) => return test::run(&workspace, &arguments),
        Command::Bench(arguments) => bench::run(&workspace, &arguments)?,
        Command::ComparePython(arguments) => compare::compare_python(&workspace, &arguments)?,
        Command::ComparePyodide(arguments) => compare::compare_pyodide(&workspace, &arguments)?,
        Command::Screenshots => bench::screenshots(&workspace)?,
        Command::Schema => document::write_schema(&workspace)?,
        Command::Release(arguments) => release::run(&workspace, &arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}
