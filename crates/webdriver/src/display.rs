//! A display without a screen, for a browser that has no headless mode.

use std::env;
use std::process::Stdio;
use std::time::Duration;

use anyhow::anyhow;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const PROGRAM: &str = "Xvfb";

/// The display server; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Display {
    name: String,
    _server: Child,
}

impl Display {
    /// Starts one on a free number, unless `DISPLAY` names one.
    pub(crate) async fn start_if_none(limit: Duration) -> anyhow::Result<Option<Self>> {
        if env::var_os("DISPLAY").is_some_and(|name| !name.is_empty()) {
            return Ok(None);
        }
        Self::start(PROGRAM, limit).await.map(Some)
    }

    async fn start(program: &str, limit: Duration) -> anyhow::Result<Self> {
        let failed = |detail: String| {
            anyhow!(
                "This browser needs a display, there is none, and {program} could not be started: {detail}. Install it (Debian, \
                 Ubuntu: apt-get install xvfb), or set DISPLAY."
            )
        };
        // It writes its number to its standard output once it is ready.
        let mut server = Command::new(program)
            .args(["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| failed(error.to_string()))?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            timeout(limit, BufReader::new(output).read_line(&mut number))
                .await
                .map_err(|_elapsed| failed("it did not report its number".to_owned()))?
                .map_err(|error| failed(error.to_string()))?;
        }
        let number: u32 = number.trim().parse().map_err(|_none| failed("it ended at once".to_owned()))?;
        Ok(Self { name: format!(":{number}"), _server: server })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_display_that_does_not_start_is_an_error() {
        for (program, why) in [("true", "ended at once"), ("no-such-program", "No such file")] {
            let error = Display::start(program, Duration::from_secs(30)).await.unwrap_err();
            assert!(error.to_string().contains(why), "{error}");
        }
    }
}
