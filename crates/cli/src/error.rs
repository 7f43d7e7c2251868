use std::fmt;

use anyhow::anyhow;
use fetchmark_core::request::secrets::Secrets;

use crate::exit::Exit;

/// Why a command stopped: a message that says what happened and what to do about it, and the exit code.
#[derive(Debug)]
pub(crate) struct CliError {
    pub(crate) exit: Exit,
    pub(crate) cause: anyhow::Error,
}

impl CliError {
    pub(crate) fn usage(cause: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::Usage, cause: cause.into() }
    }

    /// The user stopped the run: with Ctrl-C, or with Stop on the page.
    pub(crate) fn interrupted() -> Self {
        Self { exit: Exit::Interrupted, cause: anyhow!("The run was stopped before a round was finished.") }
    }

    pub(crate) fn redacted(self, secrets: &Secrets) -> Self {
        let message = self.to_string();
        let redacted = secrets.hide(&message);
        if redacted == message { self } else { Self { cause: anyhow!(redacted), ..self } }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(formatter)
    }
}

/// Whatever else goes wrong keeps the command from running.
impl<E: Into<anyhow::Error>> From<E> for CliError {
    fn from(cause: E) -> Self {
        Self { exit: Exit::CouldNotRun, cause: cause.into() }
    }
}
