//! What can go wrong between Rust and Python.

use crate::version::OLDEST;
use std::{io, path::PathBuf};

/// Why the Python clients cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// No interpreter starts.
    #[error(
        "Python was not found: {tried} did not start. Install Python {}.{} or later, or name one in \
         FETCHMARK_PYTHON.", OLDEST.0, OLDEST.1
    )]
    NoPython {
        /// The commands tried.
        tried: String,
    },
    /// The interpreter is older than the libraries allow.
    #[error(
        "{command} is Python {found}; the Python clients need {}.{} or later. Install a newer one, or name one in \
         FETCHMARK_PYTHON.", OLDEST.0, OLDEST.1
    )]
    TooOld {
        /// How it was called.
        command: String,
        /// Its version.
        found: String,
    },
    /// There is no folder to install into.
    #[error("No folder to install the Python clients into was found: {0}. Set HOME, or XDG_CACHE_HOME.")]
    NoCacheFolder(etcetera::HomeDirError),
    /// A file or folder of the installation.
    #[error("{} could not be {what} ({source}). Make room there, or remove that folder and try again.", path.display())]
    Files {
        /// What was to be done with it.
        what: &'static str,
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Making the virtual environment failed.
    #[error(
        "No virtual environment could be made in {} with {command}: {detail}. Some systems have it as a package of its \
         own: on Debian and Ubuntu, apt-get install python3-venv.", folder.display()
    )]
    NoEnvironment {
        /// How Python was called.
        command: String,
        /// Where.
        folder: PathBuf,
        /// The last line of its output.
        detail: String,
    },
    /// pip failed.
    #[error(
        "The packages requests, httpx and aiohttp could not be installed: {detail}. Check that the package index is \
         reachable, then try again."
    )]
    NotInstalled {
        /// The last line of pip's output.
        detail: String,
    },
    /// A package that is installed cannot be used, or was taken away since.
    #[error("{message} Remove {} and try again: it is then installed again.", folder.display())]
    PackageMissing {
        /// The worker's sentence.
        message: String,
        /// The installation.
        folder: PathBuf,
    },
    /// The worker did not start, or exited by itself.
    #[error("The Python clients ended unexpectedly: {detail}.")]
    Exited {
        /// The last line of its error output, or how it ended.
        detail: String,
    },
    /// [`crate::AbortHandle::abort`] was called.
    #[error("The Python clients were ended.")]
    Aborted,
    /// The worker sent a line that this version does not understand.
    #[error("The answer of the Python clients cannot be read: {0}.")]
    Unreadable(String),
    /// The worker refuses a request, with this sentence.
    #[error("{0}")]
    Refused(String),
}
