//! A headless Chromium behind its own chromedriver.

use crate::{SetupError, free_port};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::{process::Stdio, time::Duration};
use tokio::{
    net::TcpStream,
    process::{Child, Command},
    time::{Instant, sleep},
};

/// How long a driver may take to listen.
const START_LIMIT: Duration = Duration::from_secs(30);

/// A browser session; the driver and its browser end when it is dropped.
#[derive(Debug)]
pub struct Browser {
    /// The WebDriver session.
    pub client: Client,
    _driver: Child,
}

impl Browser {
    /// Starts chromedriver (`CHROMEDRIVER`, or the one on the path) and a browser with an empty profile.
    ///
    /// # Errors
    /// [`SetupError`] if either does not start.
    pub async fn start() -> Result<Self, SetupError> {
        let port = free_port()?;
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let driver = Command::new(program)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| SetupError::NotStarted { program: "chromedriver", source })?;
        listening(port, "chromedriver").await?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        Ok(Self { client, _driver: driver })
    }

    /// Ends the session and waits for the browser to be gone.
    ///
    /// # Errors
    /// [`SetupError::Command`] if the driver refuses.
    pub async fn end(self) -> Result<(), SetupError> {
        Ok(self.client.close().await?)
    }
}

/// Waits until something listens on a port of this machine.
///
/// # Errors
/// [`SetupError::NoAnswer`] after 30 s.
pub async fn listening(port: u16, program: &'static str) -> Result<(), SetupError> {
    let deadline = Instant::now() + START_LIMIT;
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if Instant::now() > deadline {
            return Err(SetupError::NoAnswer(program));
        }
        // Another program's start gives no sign but its open port.
        sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

fn capabilities() -> serde_json::Map<String, serde_json::Value> {
    let options = json!({
        "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
            "--disable-component-update", "--disable-sync", "--window-size=1280,1000",
        ],
    });
    // The lab's certificate is made at its start and known to nobody.
    [("goog:chromeOptions".to_owned(), options), ("acceptInsecureCerts".to_owned(), json!(true))]
        .into_iter()
        .collect()
}
