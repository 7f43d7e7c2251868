//! Why a run could not be made, or went no further.

use std::time::Duration;

use fetchmark_core::export::ExportError;
use fetchmark_lab::LabError;
use fetchmark_reference::ReferenceError;
use fetchmark_webdriver::DriverError;

use super::config::ConfigError;
use crate::error::CliError;
use crate::output::OutputError;

/// Why a run could not be made, or went no further. Each message says what happened and what to do about it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RunError {
    /// What was asked for makes no sense: a sentence for each slip.
    #[error("{}", .0.join("\n"))]
    Usage(Vec<String>),
    /// The settings file.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// What other commands run into as well: no page.
    #[error(transparent)]
    Cli(Box<CliError>),
    /// The lab did not start.
    #[error(transparent)]
    Lab(#[from] LabError),
    /// Python's clients cannot be had, and nothing else is to be measured.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// No driver.
    #[error(transparent)]
    Driver(#[from] DriverError),
    /// The driver opened no session.
    #[error(
        "{browser} could not be opened through the WebDriver at {url}: {detail}. Check that {browser} is installed, matches \
         its driver and starts by hand; --browser-binary names its program, --browser another browser."
    )]
    NoSession {
        /// Which browser.
        browser: &'static str,
        /// The driver's address.
        url: String,
        /// The driver's words.
        detail: String,
    },
    /// The sandbox of a browser of this machine did not start.
    #[error(
        "{browser} could not be opened: {detail}. Allow user namespaces on this system (sysctl user.max_user_namespaces, \
         kernel.apparmor_restrict_unprivileged_userns), or give --browser-arg=--no-sandbox: then what breaks out of a page has \
         the rights of this user, so do so for targets that you trust."
    )]
    NoSandbox {
        /// Which browser.
        browser: &'static str,
        /// The driver's words, and why.
        detail: String,
    },
    /// The page did not come up.
    #[error(
        "The page at {url} did not come up in the browser: {detail}. A browser on another machine needs an address that it \
         can reach: --bind ADDRESS serves the page on it, --page-url URL names a page that is served already."
    )]
    PageNotUp {
        /// Its address.
        url: String,
        /// What was seen.
        detail: String,
    },
    /// The browser or its driver ended, or no longer obeys.
    #[error(
        "The browser was lost during the run: {detail}. Run again; if it happens again, look for a lack of memory, or try \
         another browser with --browser."
    )]
    Lost {
        /// The driver's words.
        detail: String,
    },
    /// The browser does not answer, or the run does not go on.
    #[error(
        "The run hangs: {detail}. It was ended. Run again; if it happens again, try another browser with --browser, or fewer \
         requests."
    )]
    Hangs {
        /// What was waited for.
        detail: String,
    },
    /// The time is over.
    #[error("The run took longer than {} s, the time given with --timeout-total, and was stopped.", .0.as_secs_f64())]
    OutOfTime(Duration),
    /// The engine refuses the scenario, or failed.
    #[error("{0}")]
    Engine(String),
    /// The page's answer is none of ours.
    #[error("The page's answer cannot be read: {0}. Is it a page of this version?")]
    Answer(String),
    /// Another of these, without the secrets in its sentence.
    #[error("{0}")]
    Said(String),
    /// The report cannot be written in a format.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// What came of it could not be put where it was to go.
    #[error(transparent)]
    NotPut(#[from] OutputError),
}

impl RunError {
    /// What was seen, without what to do about it: what a report says of it.
    pub(super) fn evidence(&self) -> String {
        match self {
            Self::Lost { detail } | Self::Hangs { detail } => detail.clone(),
            other => other.to_string(),
        }
    }

    /// Whether it is the caller's slip, told before anything was started.
    pub(crate) fn is_usage(&self) -> bool {
        matches!(self, Self::Usage(_) | Self::Config(_))
    }
}

impl From<CliError> for RunError {
    fn from(error: CliError) -> Self {
        Self::Cli(Box::new(error))
    }
}
