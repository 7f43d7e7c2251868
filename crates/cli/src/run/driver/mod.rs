//! A driver of this machine: started on a port of its own, and gone with everything it started when it is dropped.

mod display;
mod kind;
mod status;

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use super::error::RunError;
use display::Display;

pub(in crate::run) use kind::{Browser, Wishes};

/// How long a driver may take until it takes sessions.
const START_LIMIT: Duration = Duration::from_secs(30);

/// What a driver writes its own words to.
const LOG: &str = "driver.log";

/// A running driver.
#[derive(Debug)]
pub(super) struct Driver {
    port: u16,
    process: Child,
    /// The browser's process, once it is known: it may have left the driver's group.
    browser: Option<u32>,
    // After the process: what is written to goes last, and what is drawn on.
    home: TempDir,
    _display: Option<Display>,
}

impl Driver {
    /// Starts the driver of a browser and waits until it takes sessions.
    ///
    /// # Errors
    /// [`RunError`] if it is not installed, ends at once or does not answer.
    pub(super) async fn start(browser: Browser) -> Result<Self, RunError> {
        let failed = |source| RunError::NoRoom { source };
        // Profiles and sockets of driver and browser go there: they leave nothing behind, however they end.
        let home = tempfile::Builder::new().prefix("fetchmark-").tempdir().map_err(failed)?;
        let log = File::create(home.path().join(LOG)).map_err(failed)?;
        let errors = log.try_clone().map_err(failed)?;
        let display = if browser.needs_display() { Display::start_if_none().await? } else { None };
        let port = free_port().map_err(failed)?;
        let mut command = Command::new(browser.driver_path());
        command
            .args(browser.driver_arguments(port))
            .envs(browser.environment().iter().copied())
            .env("TMPDIR", home.path())
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .kill_on_drop(true);
        if let Some(display) = &display {
            command.env("DISPLAY", display.name());
        }
        // A group of its own, which ends as one; and Ctrl-C in the terminal is for this program, which ends the run in order.
        #[cfg(unix)]
        command.process_group(0);
        let process = command.spawn().map_err(|source| RunError::DriverNotStarted {
            driver: browser.driver(),
            variable: browser.variable(),
            source,
            install: browser.how_to_install(),
        })?;
        let mut driver = Self { port, process, browser: None, home, _display: display };
        driver.ready(browser).await?;
        Ok(driver)
    }

    /// Its address.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Remembers the browser's process, as the driver tells it.
    pub(super) fn know_browser(&mut self, process: Option<u32>) {
        self.browser = process;
    }

    /// The last lines of what it wrote.
    fn last_words(&self) -> String {
        last_words(&self.home.path().join(LOG))
    }

    async fn ready(&mut self, browser: Browser) -> Result<(), RunError> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            if let Ok(Some(status)) = self.process.try_wait() {
                let driver = browser.driver();
                return Err(RunError::DriverEnded { driver, status, said: self.last_words() });
            }
            if status::is_ready(self.port).await {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(RunError::DriverSilent { driver: browser.driver(), said: self.last_words() });
            }
            // Another program's start gives no sign but its answer.
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Ends whatever of it still runs, and waits until it is gone.
    pub(super) async fn end(mut self) {
        self.kill();
        // Fails only if it was waited for already.
        let _ = self.process.wait().await;
    }

    /// Ends driver and browser by force. After a session that was closed there is only the driver left.
    #[cfg(unix)]
    fn kill(&mut self) {
        use nix::sys::signal::{Signal, kill, killpg};
        use nix::unistd::Pid;
        let pid = |id: u32| i32::try_from(id).ok().map(Pid::from_raw);
        // Each fails only where it has ended already. Once the driver was waited for its number may be another's.
        if let Some(group) = self.process.id().and_then(pid) {
            let _ = killpg(group, Signal::SIGKILL);
            if let Some(browser) = self.browser.take().and_then(pid) {
                let _ = kill(browser, Signal::SIGKILL);
            }
        }
    }

    #[cfg(not(unix))]
    fn kill(&mut self) {
        let _ = self.process.start_kill();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port nobody listens on just now.
fn free_port() -> std::io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The last lines of a file, in one line.
fn last_words(log: &Path) -> String {
    const LINES: usize = 3;
    let content = fs::read(log).unwrap_or_default();
    let content = String::from_utf8_lossy(&content);
    let lines: Vec<&str> = content.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let last = lines[lines.len().saturating_sub(LINES)..].join(" ");
    if last.is_empty() { "nothing".to_owned() } else { last }
}
