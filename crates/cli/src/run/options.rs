//! The options of `fetchmark run`.

use std::path::PathBuf;

use clap::Args;

use super::settings::Settings;

/// Options of `fetchmark run`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(flatten)]
    pub(super) settings: Settings,
    /// Read settings from this TOML file, by the same names; options on the command line override it
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Print the report as JSON on standard output, and everything else on standard error
    #[arg(long)]
    pub(super) json: bool,
    /// Show no progress and no results, only crossed thresholds
    #[arg(long, short)]
    pub(super) quiet: bool,
}
