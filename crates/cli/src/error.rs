//! Why a command could not run.

use std::io;
use std::path::PathBuf;

use fetchmark_core::export::ExportError;
use fetchmark_core::report_reading::ReportError;
use fetchmark_lab::LabError;

use crate::exit::Exit;
use crate::output::OutputError;
use crate::run::RunError;

/// Why a command could not run. Each message says what happened and what to do about it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// The directory does not hold the built page.
    #[error(
        "The page is not in {}: there is no index.html. Build it with `cargo xtask build`, or name its directory with --page.",
        .0.display()
    )]
    NoPage(PathBuf),
    /// The program was built without the page.
    #[error(
        "There is no page in this program: it was built before the page was. Run `cargo xtask build` and build it again, or name \
         the directory of a built page with --page."
    )]
    NoEmbeddedPage,
    /// The lab did not start.
    #[error(transparent)]
    Lab(#[from] LabError),
    /// Signals cannot be listened for.
    #[error("Ctrl-C could not be listened for: {0}. Try another terminal.")]
    Signal(io::Error),
    /// Standard output is closed or full.
    #[error("The address could not be printed: {0}. Check where the output goes.")]
    Output(io::Error),
    /// A report's file cannot be read.
    #[error("{} cannot be read: {source}. Name a report that was saved as JSON.", .path.display())]
    NoReport {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is no report.
    #[error("{}: {error}", .path.display())]
    BadReport {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: ReportError,
    },
    /// A comparison would be written over a report that it compares.
    #[error("{} is one of the reports: the comparison would take its place. Give --output a file of its own.", .0.display())]
    InPlaceOfReport(PathBuf),
    /// A result has no such form.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A result could not be put where it was to go.
    #[error(transparent)]
    NotPut(#[from] OutputError),
    /// A run could not be made, or went no further.
    #[error(transparent)]
    Run(Box<RunError>),
}

impl CliError {
    /// How the program ends with it.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Run(error) if error.is_usage() => Exit::Usage,
            Self::InPlaceOfReport(_) => Exit::Usage,
            _ => Exit::CouldNotRun,
        }
    }
}

impl From<RunError> for CliError {
    fn from(error: RunError) -> Self {
        Self::Run(Box::new(error))
    }
}
