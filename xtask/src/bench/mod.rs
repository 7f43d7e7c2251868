//! `cargo xtask bench`: measurements that take too long for `cargo xtask test`.

pub(crate) mod document;
mod engine;
mod lighthouse;
mod stats;

use crate::workspace::Workspace;
use crate::{build, process, setup};
use clap::Subcommand;
use std::io;
use std::path::PathBuf;

/// The options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Subcommand)]
enum Bench {
    /// Simulate intervals and verdicts, time a million samples, and write the tables into docs/method.md.
    Stats(Extent),
    /// Of that, only a million samples in WebAssembly.
    Summary(Extent),
    /// Count wrong verdicts in a browser where the truth is known, into docs/method.md.
    Verdicts(Extent),
    /// Measure every client through the engine against a loop by hand on HTTP/1.1, into docs/benchmarks.md.
    Overhead(engine::TimedExtent),
    /// The same without a network, on a data: URL.
    Floor(engine::TimedExtent),
    /// Measure memory over 200,000 requests.
    Memory(Extent),
    /// Measure the cost per request of rounds of 100 to 100,000 requests.
    Scale(engine::TimedExtent),
    /// Measure how long Stop takes.
    Stop(Extent),
    /// Measure whether the page disturbs what it shows.
    Page(Extent),
    /// Have Lighthouse rate the page.
    Lighthouse(Extent),
}

/// How much a bench is to do: an option of each.
#[derive(clap::Args)]
pub(crate) struct Extent {
    /// Do just enough to show that it works; show the tables and write nothing.
    #[arg(long)]
    quick: bool,
}

/// Why there are no tables.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Set-up.
    #[error(transparent)]
    Setup(#[from] setup::Error),
    /// The page.
    #[error(transparent)]
    Build(#[from] build::Error),
    /// The bench failed or did not start.
    #[error(transparent)]
    Bench(#[from] process::Error),
    /// The document.
    #[error(transparent)]
    Document(#[from] document::Error),
    /// The folder for measurements cannot be made.
    #[error("{} cannot be made ({source}): check that the target folder can be written to", .folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Runs `cargo xtask bench`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<(), Error> {
    match &arguments.bench {
        Bench::Stats(extent) => {
            stats::run(workspace, extent)?;
            engine::run_summary(workspace, extent)
        }
        Bench::Summary(extent) => engine::run_summary(workspace, extent),
        Bench::Verdicts(extent) => engine::run_method(workspace, "verdicts", extent),
        Bench::Overhead(extent) => engine::run_timed(workspace, "overhead", extent),
        Bench::Floor(extent) => engine::run_timed(workspace, "floor", extent),
        Bench::Memory(extent) => engine::run(workspace, "memory", extent),
        Bench::Scale(extent) => engine::run_timed(workspace, "scale", extent),
        Bench::Stop(extent) => engine::run(workspace, "stop", extent),
        Bench::Page(extent) => engine::run(workspace, "page", extent),
        Bench::Lighthouse(extent) => lighthouse::run(workspace, extent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_have_the_markers_of_every_bench_in_a_browser() {
        let docs = Workspace::find().unwrap().root.join("docs");
        for bench in ["overhead", "floor", "memory", "scale", "stop", "page", "lighthouse"] {
            assert!(document::replaced(&docs.join("benchmarks.md"), bench, "").unwrap().is_some(), "{bench}");
        }
        for bench in ["summary", "verdicts"] {
            assert!(document::replaced(&docs.join("method.md"), bench, "").unwrap().is_some(), "{bench}");
        }
    }
}
