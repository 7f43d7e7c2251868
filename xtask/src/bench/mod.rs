//! `cargo xtask bench`: measurements that take too long for `cargo xtask test`.

mod stats;

use crate::workspace::Workspace;
use clap::Subcommand;

pub(crate) use stats::Error;

/// The options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Subcommand)]
enum Bench {
    /// Simulate intervals and verdicts, and write the tables into docs/method.md.
    Stats(stats::Arguments),
}

/// Runs `cargo xtask bench`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<(), Error> {
    match &arguments.bench {
        Bench::Stats(arguments) => stats::run(workspace, arguments),
    }
}
