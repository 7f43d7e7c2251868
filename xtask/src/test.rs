//! `cargo xtask test`: the tests, stage by stage, and one line that sums them up.

mod stage;
mod tally;

use crate::browser::{self, Browser};
use crate::done::Done;
use crate::setup;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::ValueEnum;
use stage::{Run, Stage};
use std::fs;
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
            println!("{:10} {} {when}", stage.name(), stage.does());
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
        // Asked for by name, a stage always runs.
        let may_skip = arguments.only.is_empty() && !arguments.full;
        let how = format!("{:?}", arguments.browsers);
        for stage in stages {
            println!("\n=== {}: {}", stage.name(), stage.does());
            let started = Instant::now();
            if may_skip && stage.is_apart_from_page() && is_current(&run, stage, &how)? {
                println!(
                    "=== {0}: nothing it sees has changed since it passed; `--only {0}` runs it",
                    stage.name()
                );
                continue;
            }
            let step = Done::begin(run.workspace, stage.name())?;
            let tally = stage.run(&run).unwrap_or_else(|error| {
                println!("error: {error:#}");
                Tally::of_check(false)
            });
            if tally.failed == 0 {
                step.finish(&how)?;
            }
            let took = started.elapsed().as_secs_f64();
            println!("=== {}: {} passed, {} failed in {took:.1} s", stage.name(), tally.passed, tally.failed);
            outcomes.push((stage.name(), tally, took));
        }
    }

    println!("\n{:10} {:>7} {:>7} {:>8}", "stage", "passed", "failed", "seconds");
    for (name, tally, took) in &outcomes {
        println!("{name:10} {:>7} {:>7} {took:>8.1}", tally.passed, tally.failed);
    }
    println!("{:10} {:>24.1}", "all", started.elapsed().as_secs_f64());
    let sum: Tally = outcomes.iter().map(|(_, tally, _)| *tally).sum();
    println!("{} passed, {} failed", sum.passed, sum.failed);
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the page alone is made of, and no other stage reads: native tests run single-file/assemble.mjs and read tests/support/report.json.
const PAGE: [&str; 6] = ["src", "style", "public", "index.html", "boot.js", "tests/web"];
/// What is built or fetched.
const BUILT: [&str; 5] = [".git", "target", "dist", "dist-single", "node_modules"];

/// Whether a stage has passed since anything but the page last changed.
fn is_current(run: &Run<'_>, stage: Stage, how: &str) -> Result<bool> {
    let root = &run.workspace.root;
    let mut sources = Vec::new();
    for folder in [root.clone(), root.join("tests")] {
        for entry in fs::read_dir(folder)? {
            let name = entry?.path().strip_prefix(root)?.to_string_lossy().into_owned();
            if name != "tests" && ![&PAGE[..], &BUILT].concat().contains(&name.as_str()) {
                sources.push(name);
            }
        }
    }
    Done::is_current(run.workspace, stage.name(), how, sources.iter().map(String::as_str))
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
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    #[test]
    fn what_the_page_is_made_of_exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        // A name that is gone would hide that what took its place is watched, or is not.
        assert_eq!(PAGE.iter().find(|name| !root.join(name).exists()), None);
    }

    #[test]
    fn a_change_to_the_page_or_to_what_is_built_lets_the_other_stages_be() {
        let changed = |what: &str| {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path();
            let workspace = Workspace::of_test(root);
            for name in [&PAGE[..], &BUILT, &["crates/core", "tests/e2e", "docs"]].concat() {
                fs::create_dir_all(root.join(name)).unwrap();
            }
            let yesterday = SystemTime::now() - Duration::from_secs(86_400);
            for name in ["crates", "crates/core", "tests/e2e", "docs"] {
                fs::File::open(root.join(name)).unwrap().set_modified(yesterday).unwrap();
            }
            Done::begin(&workspace, Stage::Native.name()).unwrap().finish("so").unwrap();
            fs::write(root.join(what).join("new"), "").unwrap();
            let run = Run { workspace: &workspace, browsers: &[], full: false };
            !is_current(&run, Stage::Native, "so").unwrap()
        };
        for name in [&PAGE[..], &BUILT].concat() {
            assert!(!changed(name), "{name}");
        }
        for name in ["", "crates/core", "tests/e2e", "docs"] {
            assert!(changed(name), "{name}");
        }
    }
}
