//! `cargo xtask test`: the tests, stage by stage, and one line that sums them up.

mod stage;
mod tally;

use crate::browser::{self, Browser};
use crate::setup;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::ValueEnum;
use stage::{Run, Stage};
use std::process::ExitCode;
use std::time::Instant;
use tally::Tally;

/// The options of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Run this stage only; may be repeated.
    #[arg(long, value_enum, value_name = "STAGE")]
    only: Vec<Stage>,
    /// Run stage e2e in this browser only; may be repeated.
    #[arg(long = "browser", value_enum, value_name = "NAME", default_values_t = browser::USUAL)]
    browsers: Vec<Browser>,
    /// Run everything, in both browsers: documentation, plain Trunk commands and the example suite, too.
    #[arg(long)]
    full: bool,
    /// Name the stages and what each does; run nothing.
    #[arg(long, conflicts_with = "only")]
    list: bool,
}

/// Runs `cargo xtask test`.
pub(crate) fn run(workspace: &mut Workspace, arguments: &Arguments) -> Result<ExitCode> {
    if arguments.list {
        for stage in Stage::value_variants() {
            let when = if stage.is_usual() { "" } else { "(with --full, or when named)" };
            println!("{:8} {} {when}", stage.name(), stage.does());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let started = Instant::now();
    let _lock = workspace.share_target();
    let wanted = |stage: &Stage| match arguments.only.as_slice() {
        [] => arguments.full || stage.is_usual(),
        only => only.contains(stage),
    };
    let stages: Vec<Stage> = Stage::value_variants().iter().copied().filter(wanted).collect();
    let run = Run { workspace, browsers: &arguments.browsers, full: arguments.full };

    let mut outcomes: Vec<(&str, Tally, f64)> = Vec::new();
    if let Err(error) = prepare(&run, &stages) {
        // Without its tools no stage can say anything: that is one failure, and the sum still comes last.
        println!("error: {error:#}");
        outcomes.push(("setup", Tally::of_check(false), started.elapsed().as_secs_f64()));
    } else {
        for stage in stages {
            println!("\n=== {}: {}", stage.name(), stage.does());
            let started = Instant::now();
            let tally = stage.run(&run).unwrap_or_else(|error| {
                println!("error: {error:#}");
                Tally::of_check(false)
            });
            let took = started.elapsed().as_secs_f64();
            println!("=== {}: {} passed, {} failed in {took:.1} s", stage.name(), tally.passed, tally.failed);
            outcomes.push((stage.name(), tally, took));
        }
    }

    println!("\n{:8} {:>7} {:>7} {:>8}", "stage", "passed", "failed", "seconds");
    for (name, tally, took) in &outcomes {
        println!("{name:8} {:>7} {:>7} {took:>8.1}", tally.passed, tally.failed);
    }
    println!("{:8} {:>24.1}", "all", started.elapsed().as_secs_f64());
    let sum: Tally = outcomes.iter().map(|(_, tally, _)| *tally).sum();
    println!("{} passed, {} failed", sum.passed, sum.failed);
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Installs what these stages need, no more.
fn prepare(run: &Run<'_>, stages: &[Stage]) -> Result<()> {
    let Some(purpose) = stages.iter().filter_map(|stage| stage.needs()).max() else { return Ok(()) };
    let runs_in = |browser: &Browser| stages.iter().any(|stage| stage.browsers(run).contains(browser));
    let browsers: Vec<Browser> = Browser::value_variants().iter().copied().filter(runs_in).collect();
    setup::ensure(run.workspace, purpose, &browsers)
}
