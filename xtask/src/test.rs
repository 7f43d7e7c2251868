//! `cargo xtask test`: the tests, stage by stage, and one line that sums them up.

mod stage;
mod tally;

use crate::browser::{self, Browser};
use crate::done::Step;
use crate::setup;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::ValueEnum;
use stage::{Run, Stage};
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use tally::Tally;

/// The options of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Run this stage only; may be repeated.
    #[arg(long, value_enum, value_name = "STAGE")]
    only: Vec<Stage>,
    /// Run the end-to-end tests in this browser only; may be repeated.
    #[arg(long = "browser", value_enum, value_name = "NAME", default_values_t = browser::USUAL)]
    browsers: Vec<Browser>,
    /// Run everything, in both browsers: documentation, plain Trunk, the example suite and a release, too.
    #[arg(long)]
    full: bool,
    /// Name the stages and what each does; run nothing.
    #[arg(long, conflicts_with = "only")]
    list: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode> {
    let Arguments { only, browsers, full, list } = arguments;
    if *list {
        for (name, does) in Stage::value_variants().iter().map(|stage| stage.about()) {
            println!("{name:12} {does}");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let started = Instant::now();
    let wanted =
        |stage: &&Stage| if only.is_empty() { *full || stage.is_usual() } else { only.contains(stage) };
    let stages: Vec<Stage> = Stage::value_variants().iter().filter(wanted).copied().collect();
    let run = Run { workspace, browsers, full: *full };
    let mut outcomes: Vec<(String, Tally, f64)> = Vec::new();
    if let Err(error) = prepare(&run, &stages) {
        // Without its tools no stage can say anything: that is one failure, and the sum still comes last.
        println!("error: {error:#}");
        outcomes.push(("setup".to_owned(), Tally::of_check(false), started.elapsed().as_secs_f64()));
    } else {
        // Asked for by name, a stage always runs.
        let may_skip = only.is_empty() && !full;
        let sources = apart_from_page(&workspace.root)?;
        for stage in stages {
            let (name, does) = stage.about();
            println!("\n=== {name}: {does}");
            let started = Instant::now();
            let step = Step::new(workspace, &name, &format!("{browsers:?}"));
            let sources = sources.iter().map(String::as_str);
            if may_skip && stage.is_apart_from_page() && step.is_done(sources)? {
                println!("=== {name}: nothing it sees has changed since it passed; `--only {name}` runs it");
                continue;
            }
            step.begin()?;
            let tally = stage.run(&run).unwrap_or_else(|error| {
                println!("error: {error:#}");
                Tally::of_check(false)
            });
            if tally.failed == 0 {
                step.finish()?;
            }
            let took = started.elapsed().as_secs_f64();
            println!("=== {name}: {} passed, {} failed in {took:.1} s", tally.passed, tally.failed);
            outcomes.push((name, tally, took));
        }
    }

    println!("\n{:12} {:>7} {:>7} {:>8}", "stage", "passed", "failed", "seconds");
    let sum: Tally = outcomes.iter().map(|(_, tally, _)| *tally).sum();
    outcomes.push(("all".to_owned(), sum, started.elapsed().as_secs_f64()));
    for (name, tally, took) in &outcomes {
        println!("{name:12} {:>7} {:>7} {took:>8.1}", tally.passed, tally.failed);
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the page alone is made of, and no other stage reads: native tests run single-file/assemble.mjs and read tests/support/report.json.
const PAGE: [&str; 6] = ["src", "style", "public", "index.html", "boot.js", "tests/web"];
/// What is built or fetched.
const BUILT: [&str; 4] = [".git", "target", "dist", "node_modules"];

/// All else in the repository: what decides whether a stage that does not see the page has to run again.
fn apart_from_page(root: &Path) -> Result<Vec<String>> {
    let mut sources = Vec::new();
    for folder in [root.to_owned(), root.join("tests")] {
        for entry in fs::read_dir(folder)? {
            let name = entry?.path().strip_prefix(root)?.to_string_lossy().into_owned();
            if name != "tests" && !PAGE.contains(&name.as_str()) && !BUILT.contains(&name.as_str()) {
                sources.push(name);
            }
        }
    }
    Ok(sources)
}

/// Installs what these stages need, no more.
fn prepare(run: &Run<'_>, stages: &[Stage]) -> Result<()> {
    let Some(purpose) = stages.iter().filter_map(|stage| stage.needs()).max() else { return Ok(()) };
    let runs_in = |browser: &Browser| stages.iter().any(|stage| stage.browsers(run).contains(browser));
    let browsers: Vec<Browser> = Browser::value_variants().iter().copied().filter(runs_in).collect();
    setup::ensure(run.workspace, purpose, &browsers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_to_the_page_skips_the_other_stages() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        // A name that is gone would hide that what took its place is watched, or is not.
        assert_eq!(PAGE.iter().find(|name| !root.join(name).exists()), None);
        let sources = apart_from_page(root).unwrap();
        let is_watched = |name: &&&str| sources.iter().any(|source| source == **name);
        assert_eq!(PAGE.iter().chain(&BUILT).find(is_watched), None);
        assert!(["Cargo.lock", "crates", "tests/e2e", "docs", "xtask"].iter().all(|name| is_watched(&name)));
    }
}
