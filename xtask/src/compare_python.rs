//! `cargo xtask compare-python`: Python's clients and the browser's in one run on the lab, into docs/comparison.md.

use crate::bench::document::{self, COMPARE_PYTHON, COMPARE_PYTHON_TLS};
use crate::browser::Browser;
use crate::build::{self, Mode, RELATIVE};
use crate::process;
use crate::setup;
use crate::tools::Purpose;
use crate::workspace::Workspace;
use std::fs;
use std::io;
use std::path::PathBuf;

/// One of the runs.
struct Run {
    /// How the lab is reached.
    target: &'static str,
    /// Whose tables those are in the document.
    tables: &'static str,
    /// Where its report goes, below the target folder.
    folder: &'static str,
    /// What it is held to.
    goals: &'static [&'static str],
}

const RUNS: [Run; 2] = [
    Run { target: "lab:/lab/ping", tables: COMPARE_PYTHON, folder: "compare-python", goals: &GOALS },
    Run { target: "lab-tls:/lab/ping", tables: COMPARE_PYTHON_TLS, folder: "compare-python-tls", goals: &[] },
];

/// The goals on speed, of rows that measure the same kind of round, without TLS.
const GOALS: [&str; 3] = [
    "gloo-net:reused:concurrent-100/aiohttp:reused:concurrent-100<=1",
    "gloo-net:reused:concurrent-100/httpx-async:reused:concurrent-100<=0.5",
    "gloo-net:reused:sequential/requests:reused<=1.5",
];

/// The exit code of a run in which a goal was crossed: an answer, and no failure.
const CROSSED: i32 = 99;

/// The options of `cargo xtask compare-python`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measured blocks.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// Do just enough to show that it works, and write nothing.
    #[arg(long)]
    quick: bool,
}

/// Why there is no table.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Set-up.
    #[error(transparent)]
    Setup(#[from] setup::Error),
    /// The page.
    #[error(transparent)]
    Build(#[from] build::Error),
    /// The command failed or did not start.
    #[error(transparent)]
    Process(#[from] process::Error),
    /// The command measured nothing.
    #[error("fetchmark run ended with {0}: its lines above say why")]
    NotMeasured(std::process::ExitStatus),
    /// Python's rows are missing: its document stays as it is.
    #[error("Python's rows were not measured: the lines above say why")]
    NoPython,
    /// The folder for reports cannot be used.
    #[error("{} cannot be made or read ({source}): check that the target folder can be written to", .path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The document.
    #[error(transparent)]
    Document(#[from] document::Error),
}

/// Runs `cargo xtask compare-python`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<(), Error> {
    setup::ensure(workspace, Purpose::Test, &[Browser::Chromium])?;
    build::ensure(workspace, Mode::Release, RELATIVE)?;
    // All of them before any is written: they belong to one machine and one day.
    let measured =
        RUNS.iter().map(|run| measure(workspace, arguments, run)).collect::<Result<Vec<_>, Error>>()?;
    if arguments.quick {
        return Ok(());
    }
    for (run, tables) in RUNS.iter().zip(measured) {
        document::write(workspace.root.join("docs/comparison.md"), run.tables, &tables)?;
    }
    Ok(())
}

/// One run against the lab; its answer as Markdown.
fn measure(workspace: &Workspace, arguments: &Arguments, run: &Run) -> Result<String, Error> {
    let folder = workspace.target.join(run.folder);
    fs::create_dir_all(&folder).map_err(|source| Error::Folder { path: folder.clone(), source })?;
    let (json, markdown) = (folder.join("report.json"), folder.join("report.md"));
    // Optimised: the lab in it serves what is measured.
    let mut command = workspace.command("cargo");
    command.args(["run", "--quiet", "--release", "--package", "fetchmark-cli", "--", "run", run.target]);
    command.args(["--preset", "python", "--clients", "gloo-net,js-fetch", "--with", "python"]);
    command.arg("--rounds").arg(if arguments.quick { "2".to_owned() } else { arguments.rounds.to_string() });
    command.arg("--output").arg(&json).arg("--output").arg(&markdown);
    for goal in run.goals {
        command.args(["--threshold", goal]);
    }
    let status = process::reading_along(&mut command, |_| {})?;
    if !status.success() && status.code() != Some(CROSSED) {
        return Err(Error::NotMeasured(status));
    }
    let report = fs::read_to_string(&json).map_err(|source| Error::Folder { path: json, source })?;
    if !report.contains("\"runtime\": \"python\"") {
        return Err(Error::NoPython);
    }
    fs::read_to_string(&markdown).map_err(|source| Error::Folder { path: markdown, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_the_markers() {
        let docs = Workspace::find().unwrap().root.join("docs/comparison.md");
        for run in RUNS {
            assert!(document::replaced(&docs, run.tables, "").unwrap().is_some(), "{}", run.tables);
        }
    }
}
