//! `cargo xtask test`: every test, stage by stage, and one line that sums them up.

mod plain;
mod stage;
mod tally;

use crate::browser::{self, Browser};
use crate::setup;
use crate::workspace::Workspace;
use clap::ValueEnum;
use stage::Stage;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tally::Tally;

/// The options of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Run this stage only.
    #[arg(long, value_enum, value_name = "NAME")]
    only: Option<Stage>,
    /// Run stage e2e in this browser only; may be repeated.
    #[arg(long = "browser", value_enum, value_name = "NAME", default_values_t = browser::USUAL)]
    browsers: Vec<Browser>,
    /// Name the stages and what each does; run nothing.
    #[arg(long, conflicts_with = "only")]
    list: bool,
}

/// How a stage went.
struct Outcome {
    name: &'static str,
    tally: Tally,
    took: Duration,
}

/// Runs `cargo xtask test`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> ExitCode {
    if arguments.list {
        for stage in Stage::value_variants() {
            println!("{:8} {}", stage.name(), stage.does());
        }
        return ExitCode::SUCCESS;
    }
    let started = Instant::now();
    let stages = arguments.only.as_ref().map_or(Stage::value_variants(), std::slice::from_ref);
    let outcomes = match prepare(workspace, stages, &arguments.browsers) {
        Ok(()) => run_stages(workspace, stages, &arguments.browsers),
        // Without its tools no stage can say anything: that is one failure, and the sum still comes last.
        Err(took) => vec![Outcome { name: "setup", tally: Tally::one(false), took }],
    };
    report(&outcomes, started.elapsed())
}

/// Installs what these stages need, no more.
fn prepare(workspace: &Workspace, stages: &[Stage], chosen: &[Browser]) -> Result<(), Duration> {
    let started = Instant::now();
    let Some(purpose) = stages.iter().filter_map(|stage| stage.needs()).max() else { return Ok(()) };
    let runs_in = |browser: &Browser| stages.iter().any(|stage| stage.browsers(chosen).contains(browser));
    let browsers: Vec<Browser> = Browser::value_variants().iter().copied().filter(runs_in).collect();
    setup::ensure(workspace, purpose, &browsers).map_err(|error| {
        eprintln!("error: {error}");
        started.elapsed()
    })
}

fn run_stages(workspace: &Workspace, stages: &[Stage], browsers: &[Browser]) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for &stage in stages {
        println!("\n=== {}: {}", stage.name(), stage.does());
        let started = Instant::now();
        let built = |outcome: &Outcome| outcome.name == Stage::Build.name() && outcome.tally.failed > 0;
        let tally = if stage == Stage::E2e && outcomes.iter().any(built) {
            println!("failed: not built");
            Tally::one(false)
        } else {
            stage.run(workspace, browsers)
        };
        let outcome = Outcome { name: stage.name(), tally, took: started.elapsed() };
        println!("=== {}: {} in {:.1} s", outcome.name, outcome.tally, outcome.took.as_secs_f64());
        outcomes.push(outcome);
    }
    outcomes
}

fn report(outcomes: &[Outcome], took: Duration) -> ExitCode {
    println!("\n{:8} {:>7} {:>7} {:>8} {:>8}", "stage", "passed", "failed", "ignored", "seconds");
    for Outcome { name, tally, took } in outcomes {
        let Tally { passed, failed, ignored } = tally;
        println!("{name:8} {passed:>7} {failed:>7} {ignored:>8} {:>8.1}", took.as_secs_f64());
    }
    println!("{:8} {:>33.1}", "all", took.as_secs_f64());
    let sum = outcomes.iter().fold(Tally::default(), |sum, outcome| sum.plus(outcome.tally));
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
