//! `cargo xtask bench` and `screenshots`: what measures or draws the built page, into docs/.

use crate::browser::{Browser, chromium};
use crate::build::{self, RELATIVE};
use crate::document;
use crate::grid;
use crate::setup::{self, Purpose};
use crate::workspace::{WASM, Workspace, set};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use xshell::cmd;

/// The options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(value_enum)]
    bench: Bench,
    /// How many runs fleet-faults makes: 200 unless given.
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    runs: Option<u32>,
    /// Do just enough to show that it works; show the tables and write nothing.
    #[arg(long)]
    quick: bool,
    /// The most minutes to measure: 3 for each cell of overhead and floor, 10 for each target of scale unless given.
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=600))]
    minutes: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Bench {
    /// Simulate intervals and verdicts, time a million samples, and write the tables into docs/method.md.
    Stats,
    /// Of that, only a million samples in WebAssembly.
    Summary,
    /// Count wrong verdicts in a browser where the truth is known, into docs/method.md.
    Verdicts,
    /// Measure two equal servers by the command, each in a tab of its own, into docs/method.md.
    Tabs,
    /// Measure what several browsers of one command cost each other, and how late each begins.
    Fleet,
    /// Compare the lab at a distance with packets that are really delayed (as root), into docs/method.md.
    Distance,
    /// Measure every client through the engine against a loop by hand on HTTP/1.1, into docs/benchmarks.md.
    Overhead,
    /// The same without a network, on a data: URL.
    Floor,
    /// Measure memory over 200,000 requests.
    Memory,
    /// Measure the cost per request of rounds of 100 to 100,000 requests.
    Scale,
    /// Measure how long Stop takes.
    Stop,
    /// Measure whether the page disturbs what it shows.
    Page,
    /// Look for long tasks on the page's thread while it shows 100,000 requests.
    Tasks,
    /// Have Lighthouse rate the page.
    Lighthouse,
    /// Kill browsers, drivers and nodes at random moments of runs over a Selenium Grid, and count what is left behind.
    FleetFaults,
}

impl Bench {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Where its tables stand, in docs/.
    fn document(self) -> &'static str {
        match self {
            Self::Stats | Self::Summary | Self::Verdicts | Self::Tabs | Self::Distance => "method.md",
            _ => "benchmarks.md",
        }
    }
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let Arguments { bench, runs, quick, minutes } = *arguments;
    let timed = [Bench::Overhead, Bench::Floor, Bench::Scale].contains(&bench);
    if minutes.is_some() && !timed {
        bail!("--minutes belongs to overhead, floor and scale; the others take as long as they take");
    }
    if runs.is_some() && bench != Bench::FleetFaults {
        bail!("how many runs there are is asked for with fleet-faults only");
    }
    let minutes = minutes.map(|minutes| format!("--minutes={minutes}"));
    let runs = runs.map(|runs| format!("--runs={runs}"));
    let options: Vec<String> = minutes.into_iter().chain(runs).collect();
    if bench == Bench::Stats {
        natively(workspace, bench, "fetchmark-core", "stats", quick)?;
        return measure(workspace, Bench::Summary, quick, &options);
    }
    if bench == Bench::Distance {
        return natively(workspace, bench, "fetchmark-lab", "distance", quick);
    }
    measure(workspace, bench, quick, &options)
}

/// Runs a bench that needs no browser.
fn natively(workspace: &Workspace, bench: Bench, package: &str, name: &str, quick: bool) -> Result<()> {
    let quick_option: &[&str] = if quick { &["--", "--quick"] } else { &[] };
    let options = ["--quiet", "--package", package, "--bench", name];
    let tables = cmd!(workspace.sh, "cargo bench {options...} {quick_option...}").read()?;
    println!("{tables}");
    if quick {
        return Ok(());
    }
    document::write(workspace, bench.document(), &format!("bench {}", bench.name()), &tables)
}

/// Runs a bench in a browser on the built page.
fn measure(workspace: &Workspace, bench: Bench, quick: bool, options: &[String]) -> Result<()> {
    let sh = &workspace.sh;
    prepare(workspace)?;
    let name = bench.name();
    let json = sh.create_dir(workspace.target.join("bench"))?.join(format!("{name}.json"));
    let how = if quick { "--quick".to_owned() } else { format!("--json={}", json.display()) };
    let command = if bench == Bench::Lighthouse {
        let run = ["run", "--quiet", "--package", "fetchmark-e2e", "--example", "lighthouse"];
        let command = cmd!(sh, "cargo {run...} -- {how}");
        // The variable by which Lighthouse is told its browser.
        match set("CHROME_PATH").or_else(chromium) {
            Some(browser) => command.env("CHROME_PATH", browser),
            None => command,
        }
    } else {
        if bench == Bench::Summary {
            let package = ["--package", "fetchmark-summary-bench", "--profile", "wasm-release"];
            cmd!(sh, "cargo build --quiet {package...} --target {WASM}").run()?;
        }
        if [Bench::Tabs, Bench::Fleet, Bench::FleetFaults].contains(&bench) {
            // Optimised, as it is installed; the page is in it.
            cmd!(sh, "cargo build --quiet --release --package fetchmark-cli").run()?;
        }
        let summary = workspace.target.join(WASM).join("wasm-release/fetchmark_summary_bench.wasm");
        let command = cmd!(
            sh,
            "cargo bench --quiet --package fetchmark-e2e --bench engine -- {name} {how} {options...}"
        )
        .env("FETCHMARK_SUMMARY", summary)
        .env("FETCHMARK_COMMAND", workspace.program("release", "fetchmark"));
        if bench == Bench::FleetFaults {
            command.env(grid::JAR, grid::ensure(workspace)?.context("there is no Grid to measure over")?)
        } else {
            command
        }
    };
    let tables = command.env("FETCHMARK_DIST", workspace.dist()).read()?;
    println!("{tables}");
    if quick {
        return Ok(());
    }
    document::write(workspace, bench.document(), &format!("bench {name}"), &tables)
}

pub(crate) fn prepare(workspace: &Workspace) -> Result<()> {
    setup::ensure(workspace, Purpose::Test, &[Browser::Chromium])?;
    build::release(workspace, RELATIVE)
}

pub(crate) fn screenshots(workspace: &Workspace) -> Result<()> {
    prepare(workspace)?;
    let run = ["run", "--quiet", "--package", "fetchmark-e2e", "--example", "screenshots"];
    let take =
        cmd!(workspace.sh, "cargo {run...} -- docs/screenshots").env("FETCHMARK_DIST", workspace.dist());
    take.run()
        .context("the pictures were not taken: correct what the lines above name, then run the command again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bench_has_its_place_in_a_document() {
        // It would be missed after minutes of measuring.
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
        let benches = Bench::value_variants().iter();
        let benches = benches.map(|bench| (bench.document(), format!("bench {}", bench.name())));
        for (name, command) in benches {
            let document = std::fs::read_to_string(docs.join(name)).unwrap();
            assert!(document::with_tables(&document, &command, "").is_some(), "{command} in {name}");
        }
    }
}
