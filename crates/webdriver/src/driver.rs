//! A driver program of this machine: started on a port of its own, and gone with everything it started when it is dropped.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{anyhow, bail};
use http::Method;
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

use crate::browser::{Browser, Capabilities};
use crate::display::Display;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::http_client::HttpClient;
use crate::sandbox;
use crate::session::Session;

const START_LIMIT: Duration = Duration::from_secs(30);

const STATUS_LIMIT: Duration = Duration::from_secs(2);

/// How often a driver is started that finds no port. chromedriver takes one that is free for IPv6 and needs the same one for IPv4,
/// where another program may have it.
const STARTS: u32 = 5;

const LOG: &str = "driver.log";

#[derive(Debug)]
pub struct Driver {
    endpoint: Endpoint,
    process: Child,
    /// The browser's process, while it is open: it may have left the driver's group.
    browser: Option<u32>,
    // Dropped after the process, which writes into one and draws on the other.
    home: TempDir,
    _display: Option<Display>,
}

impl Driver {
    /// Starts the driver of a browser and waits until it accepts sessions.
    ///
    /// # Errors
    /// If it is not installed, exits at once or does not answer.
    pub async fn start(browser: Browser) -> anyhow::Result<Self> {
        let mut starts = 1;
        loop {
            let (mut driver, port) = Self::spawn(browser).await?;
            match driver.wait_until_ready(browser, port).await {
                Ok(()) => return Ok(driver),
                Err(_) if starts < STARTS && found_no_port(&driver.log()) => starts += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Starts it, on this port or, where that is 0, on one that it chooses.
    async fn spawn(browser: Browser) -> anyhow::Result<(Self, u16)> {
        // Profiles and sockets of driver and browser go there: they leave nothing behind, however they end.
        let home = tempfile::Builder::new().prefix("fetchmark-").tempdir().map_err(no_room)?;
        let log = File::create(home.path().join(LOG)).map_err(no_room)?;
        let errors = log.try_clone().map_err(no_room)?;
        let display = if browser.needs_display() { Display::start_if_none(START_LIMIT).await? } else { None };
        // A port that is free now may be taken by another program before the driver has it. WebKit's cannot choose one itself.
        let port = if browser == Browser::Webkit { free_port().map_err(no_room)? } else { 0 };
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
        let process = command.spawn().map_err(|error| {
            anyhow!(
                "{} could not be started: {error}. Install the browser with its driver ({}), name the driver's program in the \
                 variable {}, choose another browser with --browser, or use a running WebDriver with --webdriver URL.",
                browser.driver(),
                browser.install_hint(),
                browser.variable()
            )
        })?;
        let driver =
            Self { endpoint: Endpoint::local(port), process, browser: None, home, _display: display };
        Ok((driver, port))
    }

    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Opens a browser, which ends with this driver.
    pub async fn open(&mut self, capabilities: Capabilities) -> Result<Session, Error> {
        let arguments = capabilities.get("goog:chromeOptions").and_then(|options| options["args"].as_array());
        let has_sandbox =
            arguments.is_some_and(|arguments| arguments.iter().all(|argument| argument != "--no-sandbox"));
        let session = Session::open(self.endpoint.clone(), capabilities).await.map_err(|error| {
            let message = error.to_string();
            match sandbox::failure(&message, &self.log(), sandbox::restriction()).filter(|_| has_sandbox) {
                Some(reason) => Error::NoSandbox { message, reason },
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

    async fn wait_until_ready(&mut self, browser: Browser, port: u16) -> anyhow::Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        let driver = browser.driver();
        loop {
            if let Ok(Some(status)) = self.process.try_wait() {
                let output = self.last_lines();
                bail!(
                    "{driver} ended before it was ready ({status}). Its last output: {output}. Start it by hand to see more."
                );
            }
            if let Some(port) = if port == 0 { chosen_port(&self.log()) } else { Some(port) } {
                self.endpoint = Endpoint::local(port);
                if is_ready(&self.endpoint).await {
                    return Ok(());
                }
            }
            if Instant::now() > deadline {
                let (limit, output) = (START_LIMIT.as_secs(), self.last_lines());
                bail!(
                    "{driver} did not become ready within {limit} s. Its last output: {output}. Start it by hand to see more."
                );
            }
            // Another program's start gives no sign but its answer.
            sleep(Duration::from_millis(20)).await;
        }
    }

    fn log(&self) -> String {
        read(&self.home.path().join(LOG))
    }

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

fn no_room(error: io::Error) -> anyhow::Error {
    anyhow!(
        "There is no room for a browser's files on this machine: {error}. Check the folder for temporary files."
    )
}

/// A port of this machine that nobody listens on just now.
pub fn free_port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

async fn is_ready(endpoint: &Endpoint) -> bool {
    let Ok(client) = HttpClient::new(endpoint.clone()) else { return false };
    let status = timeout(STATUS_LIMIT, client.send(Method::GET, "status", None)).await;
    matches!(status, Ok(Ok(status)) if status["ready"] == true)
}

/// The port that a driver reports: chromedriver "… was started successfully on port 40331.", geckodriver
/// "… Listening on 127.0.0.1:40331".
fn chosen_port(log: &str) -> Option<u16> {
    let (_, port) = log.lines().find_map(|line| {
        line.split_once("successfully on port ").or_else(|| line.split_once("Listening on 127.0.0.1:"))
    })?;
    port.trim_end().trim_end_matches('.').parse().ok()
}

/// Whether a driver ended because another program had its port.
fn found_no_port(log: &str) -> bool {
    log.contains("port not available") || log.contains("Address already in use")
}

fn read(log: &Path) -> String {
    String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_port_is_read_from_the_output() {
        let chrome =
            "Starting ChromeDriver 156 on port 0\nChromeDriver was started successfully on port 38181.\n";
        assert_eq!(chosen_port(chrome), Some(38181));
        assert_eq!(chosen_port("1732 geckodriver INFO Listening on 127.0.0.1:4444\n"), Some(4444));
        assert_eq!(chosen_port("Starting ChromeDriver 156 on port 0\n"), None);
    }
}
