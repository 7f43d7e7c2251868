//! Why there are no figures.

use fetchmark_e2e::SetupError;
use fetchmark_lab::LabError;
use std::io;

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// No page, no browser, or the browser refused.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// No lab.
    #[error("The lab did not start: {0}")]
    Lab(#[from] LabError),
    /// The browser refused a command.
    #[error("The browser refused a command: {0}")]
    Command(#[from] fetchmark_webdriver::Error),
    /// The page handed over something else than was agreed.
    #[error("The benchmark's page answered what was not agreed: {0}")]
    Answer(#[from] serde_json::Error),
    /// The page could not do what it was asked to.
    #[error("`{function}` failed in the browser: {message}")]
    Page {
        /// Which function of the page.
        function: &'static str,
        /// The browser's or the engine's own words.
        message: String,
    },
    /// No request of a run arrived.
    #[error("No request of {0} reached the lab within 30 s.")]
    NothingArrived(String),
    /// A run ended before Stop.
    #[error("The run of {0} ended before it was stopped.")]
    EndedEarly(String),
    /// Nobody said where the module is.
    #[error(
        "{0} does not say where the module to measure is. Run `cargo xtask bench summary`, which builds it."
    )]
    NoModule(&'static str),
    /// A file could not be read or written.
    #[error("{what} failed: {source}. Check that the folder exists and the disk is not full.")]
    Files {
        /// What was being done.
        what: String,
        /// What the system said.
        source: io::Error,
    },
}
