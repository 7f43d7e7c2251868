//! A driver program of this machine: started on a port of its own, and gone with everything it started when it is dropped.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use http::Method;
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

use crate::display::Display;
use crate::http_client::HttpClient;
use crate::{Browser, Capabilities, Endpoint, Error, Session, sandbox};

/// How long a driver may take until it takes sessions.
pub(crate) const START_LIMIT: Duration = Duration::from_secs(30);

/// How long one question to it may take meanwhile.
const QUESTION_LIMIT: Duration = Duration::from_secs(2);

/// What a driver writes its output to.
const LOG: &str = "driver.log";

/// Why there is no driver. Each message says what happened and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// No folder for temporary files, or no port.
    #[error(
        "There is no room for a browser's files on this machine: {0}. Check the folder for temporary files."
    )]
    NoRoom(#[from] io::Error),
    /// The driver is not installed, or cannot be started.
    #[error(
        "{driver} could not be started: {source}. Install the browser with its driver ({install}), name the driver's program \
         in the variable {variable}, choose another browser with --browser, or use a running WebDriver with --webdriver URL."
    )]
    NotStarted {
        /// Its program.
        driver: &'static str,
        /// The variable that names another program.
        variable: &'static str,
        /// What the system said.
        source: io::Error,
        /// How to install it.
        install: &'static str,
    },
    /// The driver ended at once.
    #[error("{driver} ended before it was ready ({status}). It said: {said}. Start it by hand to see more.")]
    Ended {
        /// Its program.
        driver: &'static str,
        /// How it ended.
        status: ExitStatus,
        /// Its last lines.
        said: String,
    },
    /// The driver does not answer.
    #[error("{driver} did not become ready within 30 s. It said: {said}. Start it by hand to see more.")]
    Silent {
        /// Its program.
        driver: &'static str,
        /// Its last lines.
        said: String,
    },
    /// No display for a browser that needs one.
    #[error(
        "This browser needs a display, there is none, and Xvfb could not be started: {detail}. Install it (Debian, Ubuntu: \
         apt-get install xvfb), or set DISPLAY."
    )]
    NoDisplay {
        /// Why.
        detail: String,
    },
}

/// A running driver.
#[derive(Debug)]
pub struct Driver {
    endpoint: Endpoint,
    process: Child,
    /// The browser's process, while it is open: it may have left the driver's group.
    browser: Option<u32>,
    // After the process: what is written to goes last, and what is drawn on.
    home: TempDir,
    _display: Option<Display>,
}

impl Driver {
    /// Starts the driver of a browser and waits until it takes sessions.
    ///
    /// # Errors
    /// [`DriverError`] if it is not installed, ends at once or does not answer.
    pub async fn start(browser: Browser) -> Result<Self, DriverError> {
        // Profiles and sockets of driver and browser go there: they leave nothing behind, however they end.
        let home = tempfile::Builder::new().prefix("fetchmark-").tempdir()?;
        let log = File::create(home.path().join(LOG))?;
        let errors = log.try_clone()?;
        let display = if browser.needs_display() { Display::start_if_none().await? } else { None };
        // A port that is free now may be taken by another program before the driver has it. WebKit's cannot choose one itself.
        let port = if browser == Browser::Webkit { free_port()? } else { 0 };
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
        let process = command.spawn().map_err(|source| DriverError::NotStarted {
            driver: browser.driver(),
            variable: browser.variable(),
            source,
            install: browser.how_to_install(),
        })?;
        let mut driver =
            Self { endpoint: Endpoint::local(port), process, browser: None, home, _display: display };
        driver.become_ready(browser, port).await?;
        Ok(driver)
    }

    /// Where it answers.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Opens a browser, which ends with this driver.
    ///
    /// # Errors
    /// [`Error`] if the browser does not start.
    pub async fn open(&mut self, capabilities: Capabilities) -> Result<Session, Error> {
        let arguments = capabilities.get("goog:chromeOptions").and_then(|options| options["args"].as_array());
        let has_sandbox =
            arguments.is_some_and(|arguments| arguments.iter().all(|argument| argument != "--no-sandbox"));
        let session = Session::open(self.endpoint.clone(), capabilities).await.map_err(|error| {
            let said = error.to_string();
            match sandbox::why_it_failed(&said, &self.log(), sandbox::restriction()).filter(|_| has_sandbox) {
                Some(why) => Error::NoSandbox { said, why },
                None => error,
            }
        })?;
        self.browser = session.process();
        Ok(session)
    }

    /// Ends whatever of it still runs, and waits until it is gone. `closed`: the browser was closed before.
    pub async fn end(mut self, closed: bool) {
        if closed {
            // Its number may be another process's by now.
            self.browser = None;
        }
        self.kill();
        // Fails only if it was waited for already.
        let _ = self.process.wait().await;
    }

    async fn become_ready(&mut self, browser: Browser, port: u16) -> Result<(), DriverError> {
        let deadline = Instant::now() + START_LIMIT;
        let driver = browser.driver();
        loop {
            if let Ok(Some(status)) = self.process.try_wait() {
                return Err(DriverError::Ended { driver, status, said: self.last_lines() });
            }
            if let Some(port) = if port == 0 { chosen_port(&self.log()) } else { Some(port) } {
                self.endpoint = Endpoint::local(port);
                if is_ready(&self.endpoint).await {
                    return Ok(());
                }
            }
            if Instant::now() > deadline {
                return Err(DriverError::Silent { driver, said: self.last_lines() });
            }
            // Another program's start gives no sign but its answer.
            sleep(Duration::from_millis(20)).await;
        }
    }

    fn log(&self) -> String {
        read(&self.home.path().join(LOG))
    }

    /// The last lines of its output, in one line.
    fn last_lines(&self) -> String {
        const LINES: usize = 3;
        let log = self.log();
        let lines: Vec<&str> = log.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let last = lines[lines.len().saturating_sub(LINES)..].join(" ");
        if last.is_empty() { "nothing".to_owned() } else { last }
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

/// A port of this machine that nobody listens on just now.
///
/// # Errors
/// If the system has none.
pub fn free_port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

async fn is_ready(endpoint: &Endpoint) -> bool {
    let Ok(client) = HttpClient::new(endpoint.clone()) else { return false };
    let status = timeout(QUESTION_LIMIT, client.send(Method::GET, "status", None)).await;
    matches!(status, Ok(Ok(status)) if status["ready"] == true)
}

/// The port that a driver says it listens on: chromedriver "… was started successfully on port 40331.", geckodriver
/// "… Listening on 127.0.0.1:40331".
fn chosen_port(log: &str) -> Option<u16> {
    let said = log.lines().find_map(|line| {
        line.split_once("successfully on port ").or_else(|| line.split_once("Listening on 127.0.0.1:"))
    })?;
    said.1.trim_end().trim_end_matches('.').parse().ok()
}

fn read(log: &Path) -> String {
    String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drivers_say_which_port_they_chose() {
        let chrome =
            "Starting ChromeDriver 156 on port 0\nChromeDriver was started successfully on port 38181.\n";
        assert_eq!(chosen_port(chrome), Some(38181));
        assert_eq!(chosen_port("1732 geckodriver INFO Listening on 127.0.0.1:4444\n"), Some(4444));
        assert_eq!(chosen_port("Starting ChromeDriver 156 on port 0\n"), None);
    }
}
