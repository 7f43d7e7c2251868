//! The benchmarks of `tests/e2e/benches/engine`, in a browser, into their documents.

use super::document;
use super::{Error, Extent};
use crate::browser::Browser;
use crate::build::{self, Mode, RELATIVE};
use crate::process;
use crate::setup;
use crate::tools::Purpose;
use crate::workspace::Workspace;
use std::fs;
use std::path::PathBuf;

/// The document of everything that is about the page and its engine.
pub(super) const BENCHMARKS: &str = "benchmarks.md";
const METHOD: &str = "method.md";

const WASM: &str = "wasm32-unknown-unknown";

/// How much a bench is to do that measures for a while.
#[derive(clap::Args)]
pub(crate) struct TimedExtent {
    #[command(flatten)]
    plain: Extent,
    /// The most minutes to measure: 3 for each cell of overhead and floor, 10 for each target of scale unless given.
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=600))]
    minutes: Option<u32>,
}

/// Runs a bench that takes as long as it takes.
pub(crate) fn run(workspace: &Workspace, name: &'static str, extent: &Extent) -> Result<(), Error> {
    measure(workspace, name, BENCHMARKS, extent.quick, None)
}

/// Runs a bench that is about the method and not about the engine.
pub(crate) fn run_method(workspace: &Workspace, name: &'static str, extent: &Extent) -> Result<(), Error> {
    measure(workspace, name, METHOD, extent.quick, None)
}

/// Measures summaries in WebAssembly.
pub(crate) fn run_summary(workspace: &Workspace, extent: &Extent) -> Result<(), Error> {
    let mut build = workspace.command("cargo");
    build.args(["build", "--quiet", "--package", "fetchmark-summary-bench", "--profile", "wasm-release"]);
    build.args(["--target", WASM]);
    println!("$ {}", process::describe(&build));
    process::quietly(&mut build)?;
    run_method(workspace, "summary", extent)
}

/// Runs a bench that measures for a while.
pub(crate) fn run_timed(
    workspace: &Workspace,
    name: &'static str,
    extent: &TimedExtent,
) -> Result<(), Error> {
    measure(workspace, name, BENCHMARKS, extent.plain.quick, extent.minutes)
}

fn measure(
    workspace: &Workspace,
    name: &'static str,
    document: &str,
    quick: bool,
    minutes: Option<u32>,
) -> Result<(), Error> {
    setup::ensure(workspace, Purpose::Test, &[Browser::Chromium])?;
    build::ensure(workspace, Mode::Release, RELATIVE)?;
    let mut command = workspace.command("cargo");
    command
        .args(["bench", "--quiet", "--package", "fetchmark-e2e", "--bench", "engine", "--", name])
        .env("FETCHMARK_DIST", workspace.dist())
        .env(
            "FETCHMARK_SUMMARY",
            workspace.target.join(WASM).join("wasm-release/fetchmark_summary_bench.wasm"),
        );
    if let Some(minutes) = minutes {
        command.args(["--minutes", &minutes.to_string()]);
    }
    if quick {
        command.arg("--quick");
    } else {
        command.arg("--json").arg(file(workspace, name)?);
    }
    let tables = process::answering(&mut command)?;
    println!("{tables}");
    if !quick {
        document::write(workspace.root.join("docs").join(document), name, &tables)?;
    }
    Ok(())
}

/// Where every measurement goes.
pub(super) fn file(workspace: &Workspace, name: &str) -> Result<PathBuf, Error> {
    let folder = workspace.target.join("bench");
    let path = folder.join(format!("{name}.json"));
    match fs::create_dir_all(&folder) {
        Ok(()) => Ok(path),
        Err(source) => Err(Error::Folder { folder, source }),
    }
}
