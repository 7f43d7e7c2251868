//! A browser of each kind, behind a driver of its own.

mod chromium;
mod display;
mod firefox;
mod webkit;

use crate::{SetupError, folder::TemporaryFolder, free_port};
use display::Display;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{env, ffi::OsString, process::Stdio, time::Duration};
use tokio::{
    net::TcpStream,
    process::{Child, Command},
    time::{Instant, sleep},
};

/// How long a driver may take to listen.
const START_LIMIT: Duration = Duration::from_secs(30);

/// How often a browser that does not come up is started.
const MOST_STARTS: u32 = 3;

/// The browsers that the page is tested in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox, ESR or not.
    Firefox,
    /// WebKitGTK's own small browser.
    WebKit,
}

/// How a browser is driven.
struct Driver {
    /// The driver's program, looked for on the path.
    program: &'static str,
    /// The variable by which a person names another program.
    variable: &'static str,
    /// The arguments that make it listen on a port.
    arguments: fn(u16) -> Vec<String>,
    /// What it and its browser find in their environment.
    environment: &'static [(&'static str, &'static str)],
    /// Whether its browser cannot do without a display.
    needs_display: bool,
    /// What it is asked for beside [`COMMON`].
    capabilities: fn() -> Vec<(&'static str, Value)>,
}

/// What a driver is asked for.
type Capabilities = serde_json::Map<String, Value>;

/// What every driver is asked for. The lab's certificate is made at its start and known to nobody.
const COMMON: (&str, Value) = ("acceptInsecureCerts", Value::Bool(true));

impl Kind {
    fn driver(self) -> Driver {
        match self {
            Self::Chromium => chromium::DRIVER,
            Self::Firefox => firefox::DRIVER,
            Self::WebKit => webkit::DRIVER,
        }
    }
}

/// A browser session with an empty profile. The driver ends when this is dropped; [`Browser::end`] ends the browser.
#[derive(Debug)]
pub struct Browser {
    /// The WebDriver session.
    pub client: Client,
    kind: Kind,
    _driver: Child,
    // After the driver: what draws on a display goes first, and what writes into a folder.
    _display: Option<Display>,
    _home: TemporaryFolder,
}

impl Browser {
    /// Starts Chromium.
    ///
    /// # Errors
    /// [`SetupError`] if it or its driver does not start.
    pub async fn start() -> Result<Self, SetupError> {
        Self::start_kind(Kind::Chromium).await
    }

    /// Starts a browser of this kind and its driver: the one that `CHROMEDRIVER`, `GECKODRIVER` or `WEBKITDRIVER`
    /// names, else the one on the path.
    ///
    /// # Errors
    /// [`SetupError`] if either does not start.
    pub async fn start_kind(kind: Kind) -> Result<Self, SetupError> {
        Self::open(kind, kind.driver().all_capabilities()).await
    }

    /// Starts Chromium with further switches on its command line.
    ///
    /// # Errors
    /// [`SetupError`] if it or its driver does not start.
    pub async fn start_with(switches: &[&str]) -> Result<Self, SetupError> {
        Self::open_chromium(|options| {
            if let Some(arguments) = options["args"].as_array_mut() {
                arguments.extend(switches.iter().map(|&switch| switch.into()));
            }
        })
        .await
    }

    /// Starts Chromium with a screen so many CSS pixels wide: a window cannot be made as narrow as a phone.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_with_width(width: u32) -> Result<Self, SetupError> {
        Self::open_chromium(|options| {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": width, "height": 900, "pixelRatio": 1, "mobile": width < 500 } });
        })
        .await
    }

    async fn open_chromium(set: impl FnOnce(&mut Value)) -> Result<Self, SetupError> {
        let mut capabilities = Kind::Chromium.driver().all_capabilities();
        if let Some(options) = capabilities.get_mut("goog:chromeOptions") {
            set(options);
        }
        Self::open(Kind::Chromium, capabilities).await
    }

    /// With a new port up to three times: another program may take the one that was free, and a browser that does not start is no
    /// fault of what is tested.
    async fn open(kind: Kind, capabilities: Capabilities) -> Result<Self, SetupError> {
        let mut opened = Self::open_once(kind, capabilities.clone()).await;
        for _ in 1..MOST_STARTS {
            let Err(error) = &opened else { break };
            eprintln!("{kind:?} is started again: {error}");
            opened = Self::open_once(kind, capabilities.clone()).await;
        }
        opened
    }

    async fn open_once(kind: Kind, capabilities: Capabilities) -> Result<Self, SetupError> {
        let driver = kind.driver();
        let display = if driver.needs_display { Display::start_if_none().await? } else { None };
        let port = free_port()?;
        // Profiles go there: a driver that is ended leaves its browser's behind.
        let home = TemporaryFolder::new(&format!("browser-{port}")).map_err(SetupError::Folder)?;
        let mut command = Command::new(driver.path());
        command
            .args((driver.arguments)(port))
            .envs(driver.environment.iter().copied())
            .env("TMPDIR", home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        if let Some(display) = &display {
            command.env("DISPLAY", display.name());
        }
        let process =
            command.spawn().map_err(|source| SetupError::NotStarted { program: driver.program, source })?;
        listening(port, driver.program).await?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        Ok(Self { client, kind, _driver: process, _display: display, _home: home })
    }

    /// Which browser this is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Ends the session and waits for the browser to be gone.
    ///
    /// # Errors
    /// [`SetupError::Command`] if the driver refuses.
    pub async fn end(self) -> Result<(), SetupError> {
        Ok(self.client.close().await?)
    }
}

impl Driver {
    fn path(&self) -> OsString {
        env::var_os(self.variable).filter(|named| !named.is_empty()).unwrap_or_else(|| self.program.into())
    }

    fn all_capabilities(&self) -> Capabilities {
        std::iter::once(COMMON)
            .chain((self.capabilities)())
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
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
