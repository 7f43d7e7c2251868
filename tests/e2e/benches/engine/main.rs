//! The engine's benchmarks, in a browser, against the lab: tables for `docs/benchmarks.md`, on standard output.
//! `cargo xtask bench` builds the page and runs them.
//!
//! `--quick` measures just enough to show that a benchmark works; its figures are for nothing else.
#![allow(clippy::print_stdout, reason = "tables are what this program is for")]

mod cells;
mod error;
mod floor;
mod machine;
mod memory;
mod open_loop;
mod options;
mod overhead;
mod page;
mod phases;
mod processes;
mod progress;
mod scale;
mod stage;
mod stop;
mod summary;
mod verdicts;

use clap::Parser;
use error::Error;
use options::{Bench, Options};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Options::parse()).await {
        Ok(tables) => {
            println!("{tables}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<String, Error> {
    match options.bench {
        Bench::Overhead => overhead::run(options).await,
        Bench::Floor => floor::run(options).await,
        Bench::Memory => memory::run(options).await,
        Bench::Scale => scale::run(options).await,
        Bench::Page => page::run(options).await,
        Bench::Stop => stop::run(options).await,
        Bench::Verdicts => verdicts::run(options).await,
        Bench::Summary => summary::run(options).await,
    }
}
