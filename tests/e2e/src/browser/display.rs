//! A display without a screen, for a browser that has no headless mode.

use super::START_LIMIT;
use crate::SetupError;
use std::{env, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

const PROGRAM: &str = "Xvfb";

/// The display server; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Display {
    name: String,
    _server: Child,
}

impl Display {
    /// Starts one on a free number, unless `DISPLAY` names one.
    pub(super) async fn start_if_none() -> Result<Option<Self>, SetupError> {
        if env::var_os("DISPLAY").is_some_and(|name| !name.is_empty()) {
            return Ok(None);
        }
        Self::start().await.map(Some)
    }

    async fn start() -> Result<Self, SetupError> {
        let failed = |source| SetupError::NotStarted { program: PROGRAM, source };
        // It writes its number to its standard output once it is ready.
        let mut server = Command::new(PROGRAM)
            .args(["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            timeout(START_LIMIT, BufReader::new(output).read_line(&mut number))
                .await
                .map_err(|_elapsed| SetupError::NoAnswer(PROGRAM))?
                .map_err(failed)?;
        }
        let name = name(&number).ok_or(SetupError::Ended(PROGRAM))?;
        Ok(Self { name, _server: server })
    }

    /// The name that a program finds it by.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// The name of the display with this number; None if there is none, because the server ended.
fn name(number: &str) -> Option<String> {
    let number: u32 = number.trim().parse().ok()?;
    Some(format!(":{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_is_named_by_its_number() {
        assert_eq!(name("7\n").as_deref(), Some(":7"));
    }

    #[test]
    fn a_server_that_ended_has_no_name() {
        assert_eq!(name(""), None);
    }
}
