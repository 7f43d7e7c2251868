//! What a benchmark is told.

use crate::error::Error;
use serde_json::Value;
use std::{fs, path::PathBuf, time::Duration};

/// One of the engine's benchmarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Bench {
    /// Every client through the engine ÷ the loop by hand, on HTTP/1.1.
    Overhead,
    /// The same on a `data:` URL: no network.
    Floor,
    /// Memory over a long run.
    Memory,
    /// Cost per request of short and long rounds.
    Scale,
    /// Whether the page disturbs what it shows.
    Page,
    /// How long Stop takes.
    Stop,
    /// How often verdicts are wrong where the truth is known.
    Verdicts,
    /// How long a million samples take in WebAssembly.
    Summary,
}

/// The command line.
#[derive(Debug, clap::Parser)]
#[command(name = "engine")]
pub(crate) struct Options {
    /// Which benchmark.
    #[arg(value_enum)]
    pub(crate) bench: Bench,
    /// Measure just enough to show that it works.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Write every measurement into this file.
    #[arg(long, value_name = "PATH")]
    json: Option<PathBuf>,
    /// The most minutes to measure: of each cell (overhead, floor) or target (scale).
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=600))]
    minutes: Option<u32>,
    /// Cargo says this to every benchmark.
    #[arg(long = "bench", hide = true)]
    _said_by_cargo: bool,
}

impl Options {
    /// The time to measure: as asked for, or these minutes; these seconds if quick.
    pub(crate) fn time(&self, minutes: u32, quick_seconds: u64) -> Duration {
        match self.minutes {
            Some(asked) => Duration::from_secs(u64::from(asked) * 60),
            None if self.quick => Duration::from_secs(quick_seconds),
            None => Duration::from_secs(u64::from(minutes) * 60),
        }
    }

    /// Writes what was measured so far, so that a late failure loses nothing.
    pub(crate) fn write(&self, measured: &Value) -> Result<(), Error> {
        let Some(path) = &self.json else { return Ok(()) };
        fs::write(path, format!("{measured:#}\n"))
            .map_err(|source| Error::Files { what: format!("writing {}", path.display()), source })
    }
}
