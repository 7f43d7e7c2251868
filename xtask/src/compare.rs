//! `cargo xtask compare-python` and `compare-pyodide`: runs whose tables stand in docs/.

use crate::article;
use crate::bench::prepare;
use crate::document;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use xshell::cmd;

/// The options of `cargo xtask compare-python` and `compare-pyodide`.
#[derive(clap::Args)]
pub(crate) struct Compare {
    /// Measured blocks; at a distance, where a block takes a minute, a quarter of them.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// Do just enough to show that it works, and write nothing.
    #[arg(long)]
    quick: bool,
}

/// The options of `cargo xtask compare-python`.
#[derive(clap::Args)]
pub(crate) struct ComparePython {
    #[command(flatten)]
    compare: Compare,
    /// Measure only what is at a distance.
    #[arg(long)]
    far: bool,
}

/// A run whose tables stand in a document.
struct Comparison {
    target: &'static str,
    /// Whose tables those are.
    command: &'static str,
    document: &'static str,
    options: &'static [&'static str],
    goals: &'static [&'static str],
    /// What runs rows that have to be there.
    runtimes: &'static [&'static str],
}

impl Comparison {
    fn is_far(&self) -> bool {
        self.options.contains(&"--rtt")
    }
}

const BESIDE_PYTHON: &[&str] = &[
    "--preset",
    "python",
    "--clients",
    "gloo-net,js-fetch,pyodide-requests,pyodide-httpx,pyodide-httpx-async,pyodide-aiohttp",
    "--with",
    "python",
];

/// The round trip by which counting explains most of what the article published.
const FAR: &[&str] =
    &["--preset", "python", "--clients", "gloo-net,js-fetch", "--with", "python", "--rtt", "28ms"];

/// Python's clients speak HTTP/1.1 here.
const FAR_ON_HTTP_2: &[&str] = &["--preset", "python", "--clients", "gloo-net,js-fetch", "--rtt", "28ms"];

/// Without TLS and over it, and at a distance.
static COMPARE_PYTHON: [Comparison; 4] = [
    Comparison {
        target: "lab:/lab/ping",
        command: "compare-python",
        document: "comparison.md",
        options: BESIDE_PYTHON,
        goals: &GOALS,
        runtimes: &["python", "pyodide"],
    },
    Comparison {
        target: "lab-tls:/lab/ping",
        command: "compare-python, TLS",
        document: "comparison.md",
        options: BESIDE_PYTHON,
        goals: &[],
        runtimes: &["python", "pyodide"],
    },
    Comparison {
        target: "lab-tls:/lab/delay/18",
        command: "compare-python, at a distance",
        document: "comparison.md",
        options: FAR,
        goals: &[],
        runtimes: &["python"],
    },
    Comparison {
        target: "lab-h2:/lab/delay/18",
        command: "compare-python, at a distance on HTTP/2",
        document: "comparison.md",
        options: FAR_ON_HTTP_2,
        goals: &[],
        runtimes: &[],
    },
];

/// Which client for who writes for Pyodide.
static COMPARE_PYODIDE: [Comparison; 1] = [Comparison {
    target: "lab:/lab/ping",
    command: "compare-pyodide",
    document: "pyodide.md",
    options: &[
        "--clients",
        "pyodide-pyfetch,pyodide-pyxhr,pyodide-requests,pyodide-httpx,pyodide-httpx-async,pyodide-aiohttp,js-fetch:reused",
        "--pacing",
        "sequential,concurrent",
    ],
    goals: &[],
    runtimes: &["pyodide"],
}];

/// The goals on speed, of rows that measure the same kind of round, without TLS.
const GOALS: [&str; 3] = [
    "gloo-net:reused:concurrent-100/aiohttp:reused:concurrent-100<=1",
    "gloo-net:reused:concurrent-100/httpx-async:reused:concurrent-100<=0.5",
    "gloo-net:reused:sequential/requests:reused<=1.5",
];

/// Whose lines stand beside what the article published.
const ARTICLE: &str = "compare-python, beside the article";

/// The exit code of a run in which a goal was crossed: an answer, and no failure.
const CROSSED: i32 = 99;

pub(crate) fn compare_python(workspace: &Workspace, arguments: &ComparePython) -> Result<()> {
    let measured = COMPARE_PYTHON.iter().filter(|run| run.is_far() || !arguments.far);
    compare(workspace, measured, &arguments.compare)
}

pub(crate) fn compare_pyodide(workspace: &Workspace, arguments: &Compare) -> Result<()> {
    compare(workspace, COMPARE_PYODIDE.iter(), arguments)
}

fn compare(
    workspace: &Workspace,
    comparisons: impl Iterator<Item = &'static Comparison>,
    arguments: &Compare,
) -> Result<()> {
    prepare(workspace)?;
    let folder = workspace.sh.create_dir(workspace.target.join("compare"))?;
    // All of them before any is written: they belong to one machine and one day.
    let mut measured = Vec::new();
    for (place, comparison) in comparisons.enumerate() {
        let rounds = match (arguments.quick, comparison.is_far()) {
            (true, _) => 2,
            (false, true) => arguments.rounds.div_ceil(4),
            (false, false) => arguments.rounds,
        };
        let rounds = rounds.to_string();
        let Comparison { target, options, goals, .. } = *comparison;
        let [json, markdown] = ["json", "md"].map(|kind| folder.join(format!("report-{place}.{kind}")));
        let goals = goals.iter().flat_map(|goal| ["--threshold", goal]);
        // Optimised: the lab in it serves what is measured.
        let program = ["run", "--quiet", "--release", "--package", "fetchmark-cli", "--", "run", target];
        let run = cmd!(
            workspace.sh,
            "cargo {program...} {options...} --rounds {rounds} --output {json} --output {markdown} {goals...}"
        );
        eprintln!("$ {run}");
        let status = std::process::Command::from(run).status()?;
        if !status.success() && status.code() != Some(CROSSED) {
            bail!("fetchmark run ended with {status}: its lines above say why");
        }
        let report = workspace.sh.read_file(&json)?;
        let is_missing = |runtime: &&&str| !report.contains(&format!("\"runtime\": \"{runtime}\""));
        if let Some(missing) = comparison.runtimes.iter().find(is_missing) {
            bail!("the rows of {missing} were not measured: the lines above say why");
        }
        measured.push((comparison, report, workspace.sh.read_file(&markdown)?));
    }
    if arguments.quick {
        return Ok(());
    }
    for (comparison, _, tables) in &measured {
        document::write(workspace, comparison.document, comparison.command, tables)?;
    }
    let far: Vec<&str> =
        measured.iter().filter(|(run, ..)| run.is_far()).map(|(_, report, _)| report.as_str()).collect();
    if far.is_empty() {
        return Ok(());
    }
    document::write(workspace, "comparison.md", ARTICLE, &article::table(&far)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_comparison_has_its_place_in_a_document() {
        // It would be missed after minutes of measuring.
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
        let runs = COMPARE_PYTHON.iter().chain(&COMPARE_PYODIDE).map(|run| (run.document, run.command));
        for (name, command) in runs.chain([("comparison.md", ARTICLE)]) {
            let document = std::fs::read_to_string(docs.join(name)).unwrap();
            assert!(document::with_tables(&document, command, "").is_some(), "{command} in {name}");
        }
    }
}
