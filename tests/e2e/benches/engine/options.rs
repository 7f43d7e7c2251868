use std::{path::PathBuf, time::Duration};

/// One of the engine's benchmarks; what each is, `cargo xtask bench --help` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Bench {
    Overhead,
    Floor,
    Memory,
    Scale,
    Page,
    Tasks,
    Stop,
    Verdicts,
    Tabs,
    Fleet,
    Summary,
    FleetFaults,
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
    pub(crate) json: Option<PathBuf>,
    /// The most minutes to measure: of each cell (overhead, floor) or target (scale).
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=600))]
    minutes: Option<u32>,
    /// How many runs fleet-faults makes.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) runs: Option<u32>,
    /// Cargo says this to every benchmark.
    #[arg(long = "bench", hide = true)]
    _said_by_cargo: bool,
}

impl Options {
    /// The time to measure: as asked for, or these minutes; these seconds if quick.
    pub(crate) fn time(&self, minutes: u32, quick_seconds: u64) -> Duration {
        match self.minutes {
            None if self.quick => Duration::from_secs(quick_seconds),
            asked => Duration::from_secs(u64::from(asked.unwrap_or(minutes)) * 60),
        }
    }

    /// So many, or so many if quick.
    pub(crate) fn count(&self, usual: u32, quick: u32) -> u32 {
        if self.quick { quick } else { usual }
    }
}
