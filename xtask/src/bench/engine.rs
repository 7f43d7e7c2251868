//! `cargo xtask bench overhead | floor | memory | scale | stop`: the benchmarks of `tests/e2e/benches/engine`, in a
//! browser, into `docs/benchmarks.md`.

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

/// How much a bench is to do that measures for a while.
#[derive(clap::Args)]
pub(crate) struct TimedExtent {
    #[command(flatten)]
    plain: Extent,
    /// The most minutes to measure: 3 for each cell of overhead and floor, 10 for all of scale unless given.
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=600))]
    minutes: Option<u32>,
}

/// Runs a bench that takes as long as it takes.
pub(crate) fn run(workspace: &Workspace, name: &'static str, extent: &Extent) -> Result<(), Error> {
    measure(workspace, name, extent.quick, None)
}

/// Runs a bench that measures for a while.
pub(crate) fn run_timed(
    workspace: &Workspace,
    name: &'static str,
    extent: &TimedExtent,
) -> Result<(), Error> {
    measure(workspace, name, extent.plain.quick, extent.minutes)
}

fn measure(
    workspace: &Workspace,
    name: &'static str,
    quick: bool,
    minutes: Option<u32>,
) -> Result<(), Error> {
    setup::ensure(workspace, Purpose::Test, &[Browser::Chromium])?;
    build::ensure(workspace, Mode::Release, RELATIVE)?;
    let mut command = workspace.command("cargo");
    command
        .args(["bench", "--quiet", "--package", "fetchmark-e2e", "--bench", "engine", "--", name])
        .env("FETCHMARK_DIST", workspace.dist());
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
        document::write(workspace.root.join("docs").join("benchmarks.md"), name, &tables)?;
    }
    Ok(())
}

/// Where every measurement goes.
fn file(workspace: &Workspace, name: &str) -> Result<PathBuf, Error> {
    let folder = workspace.target.join("bench");
    let path = folder.join(format!("{name}.json"));
    match fs::create_dir_all(&folder) {
        Ok(()) => Ok(path),
        Err(source) => Err(Error::Folder { folder, source }),
    }
}
