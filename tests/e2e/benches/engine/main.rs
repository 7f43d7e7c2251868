//! The engine's benchmarks, in a browser, against the lab: tables for `docs/benchmarks.md`, on standard output.
//! `cargo xtask bench` builds the page and runs them.
//!
//! `--quick` measures just enough to show that a benchmark works; its figures are for nothing else.
#![allow(clippy::print_stdout, reason = "tables are what this program is for")]

mod cells;
mod clients;
mod fleet;
mod fleet_faults;
mod memory;
mod open_loop;
mod options;
mod page;
mod phases;
mod stage;
mod stop;
mod summary;
mod tabs;
mod tasks;
mod two_targets;
mod verdicts;

use clap::Parser;
use options::{Bench, Options};
use stage::Stage;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let wasm = if options.bench == Bench::Summary { summary::module()? } else { Vec::new() };
    let (page, files): (&str, &[(&str, &[u8])]) = match options.bench {
        Bench::Overhead | Bench::Floor | Bench::Scale => ("index.html", &[]),
        Bench::Memory => ("memory.html", &[]),
        Bench::Stop => ("stop.html", &[]),
        Bench::Fleet | Bench::FleetFaults | Bench::Page | Bench::Tabs | Bench::Tasks => {
            ("verdicts.html", &[])
        }
        Bench::Verdicts => ("verdicts.html", verdicts::CLIENTS),
        Bench::Summary => ("summary.html", &[("bench/summary.wasm", &wasm)]),
    };
    let switches = if options.bench == Bench::Memory { memory::SWITCHES } else { &[] };
    let stage = Stage::open(options, page, files, switches).await?;
    let tables = match stage.options.bench {
        Bench::Overhead => clients::overhead(&stage).await?,
        Bench::Fleet => fleet::run(&stage).await?,
        Bench::Floor => clients::floor(&stage).await?,
        Bench::Memory => memory::run(&stage).await?,
        Bench::Scale => clients::scale(&stage).await?,
        Bench::Page => page::run(&stage).await?,
        Bench::Tabs => tabs::run(&stage).await?,
        Bench::Tasks => tasks::run(&stage).await?,
        Bench::Stop => stop::run(&stage).await?,
        Bench::Verdicts => verdicts::run(&stage).await?,
        Bench::Summary => summary::run(&stage).await?,
        Bench::FleetFaults => fleet_faults::run(&stage).await?,
    };
    println!("{}\n\n{tables}", stage.machine);
    stage.close().await
}
