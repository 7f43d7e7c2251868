//! What the end-to-end tests share: a browser, the built page, and servers for it.
//!
//! The tests drive the page in `dist/` (or in the folder that `FETCHMARK_DIST` names) and the single file in `dist-single/`
//! (or the one that `FETCHMARK_SINGLE_FILE` names), as `cargo xtask build --single-file` leaves them.

pub mod at_rest;
pub mod bench;
pub mod browser;
pub mod camera;
pub mod command;
pub mod folder;
pub mod keys;
pub mod library;
pub mod lighthouse;
pub mod matrix;
pub mod page;
pub mod planted;
pub mod policy;
pub mod raw_server;
pub mod saved;
pub mod schema;
pub mod slow_listener;
pub mod stalls;
pub mod static_host;

use fetchmark_webdriver::DriverError;
use std::path::PathBuf;

/// Why a test could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A program that could not be started.
    #[error("{program} could not be started: {source}. Run `cargo xtask setup` first.")]
    NotStarted {
        /// Which program.
        program: &'static str,
        /// Why.
        source: std::io::Error,
    },
    /// A program that was started and did not answer.
    #[error("{0} did not answer within 30 s.")]
    NoAnswer(&'static str),
    /// No port was free.
    #[error("No port could be had: {0}")]
    NoPort(std::io::Error),
    /// No folder could be made for what a browser writes.
    #[error("A temporary folder could not be made: {0}")]
    Folder(std::io::Error),
    /// There is no driver for the browser.
    #[error(transparent)]
    Driver(#[from] DriverError),
    /// The browser did not start, or refused a command.
    #[error("The browser refused a command: {0}")]
    Command(#[from] fetchmark_webdriver::Error),
    /// The page handed over something else than was agreed.
    #[error("The page's answer is not what was agreed: {0}")]
    Answer(#[from] serde_json::Error),
    /// A report that is not as its schema says.
    #[error("The report does not keep to its schema: {0}")]
    Schema(String),
    /// The page is not built.
    #[error("There is no page in {0}. Run `cargo xtask build` first.")]
    NotBuilt(PathBuf),
    /// The single file is not built.
    #[error("There is no file {0}. Run `cargo xtask build --single-file` first.")]
    NoSingleFile(PathBuf),
}

/// The folder with the built page.
///
/// # Errors
/// [`SetupError::NotBuilt`] if it holds no page.
pub fn dist() -> Result<PathBuf, SetupError> {
    let folder = std::env::var_os("FETCHMARK_DIST")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../dist")), PathBuf::from);
    if folder.join("index.html").is_file() { Ok(folder) } else { Err(SetupError::NotBuilt(folder)) }
}

/// The page as one file.
///
/// # Errors
/// [`SetupError::NoSingleFile`] if it is not built.
pub fn single_file() -> Result<PathBuf, SetupError> {
    let file = std::env::var_os("FETCHMARK_SINGLE_FILE").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../dist-single/fetchmark.html")),
        PathBuf::from,
    );
    file.canonicalize().map_err(|_missing| SetupError::NoSingleFile(file))
}

/// A port nobody listens on just now.
///
/// # Errors
/// [`SetupError::NoPort`] if the system has none.
pub fn free_port() -> Result<u16, SetupError> {
    fetchmark_webdriver::free_port().map_err(SetupError::NoPort)
}
