use std::fmt::Display;
use std::time::Duration;

use anyhow::{anyhow, bail};
use fetchmark_core::report::RuntimeReport;
use fetchmark_core::request::secrets;
use fetchmark_core::request::target::{Target, numbered};
use fetchmark_core::scenario::Scenario;
use fetchmark_webdriver::{BiDi, Browser, Capabilities, Document, Driver, Endpoint, Error, cdp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::timeout;
use url::Url;

use super::clock::{LocalClock, Offset};
use super::error::BrowserError;
use super::updates::{Answer, Updates};

const START: &str = include_str!("js/start.js");
const NEXT_UPDATES: &str = include_str!("js/next_updates.js");
const READY: &str = include_str!("js/ready.js");
const PROBE_TARGET: &str = include_str!("js/probe_target.js");
/// Whether the page in one file is there: its own policy names it.
const IS_OURS: &str = "return document.querySelector('meta[http-equiv][content*=fetchmark]') !== null";
/// Puts the page in one file over the document that is there.
const WRITE: &str = "document.open(); document.write(arguments[0]); document.close();";
/// Added where that failed.
const WRITTEN: &str = " Where the driver has no WebDriver BiDi, or a service worker of the site answers, the page is written over the \
    site's own document, and a strict Content-Security-Policy forbids that (Trusted Types, script-src). Use chromedriver or geckodriver \
    with a fresh profile, or --origin page.";
const NOW: &str = "return performance.timeOrigin + performance.now()";
/// How often the page is asked for its time: the quickest answer counts.
const CLOCK_LOOKS: usize = 10;
const STOP: &str = "globalThis.fetchmark?.stop()";

/// How long the page may take to load, and then to become ready.
const LOAD_LIMIT: Duration = Duration::from_secs(60);
/// How long the answer to the first question to a target may take.
pub(super) const PROBE_LIMIT: Duration = Duration::from_secs(10);
/// How long a call into the page may take: much longer than it waits for updates there.
const CALL_LIMIT: Duration = Duration::from_secs(60);
/// How long closing the browser may take before it is ended by force.
const CLOSE_LIMIT: Duration = Duration::from_secs(10);

/// A browser session; its driver, if it was started here, ends with it.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) client: fetchmark_webdriver::Session,
    driver: Option<Driver>,
    /// How long a call waits in the page for updates. Ctrl-C takes effect between two calls; each of them costs the browser time, but
    /// Python's rounds none.
    pub(super) patience: Duration,
}

#[derive(Debug, Clone)]
pub(crate) struct Opening {
    pub(crate) browser: Browser,
    pub(crate) capabilities: Capabilities,
    /// The WebDriver; `None`: a driver of its own.
    pub(crate) webdriver: Option<Endpoint>,
    pub(crate) patience: Duration,
}

impl Opening {
    /// Opens it. A busy grid queues sessions, so this may take long.
    pub(crate) async fn open(self) -> anyhow::Result<Session> {
        let Self { browser, capabilities, webdriver, patience } = &self;
        let (opened, driver) = match webdriver.clone() {
            Some(endpoint) => {
                (fetchmark_webdriver::Session::open(endpoint, capabilities.clone()).await, None)
            }
            None => {
                let mut driver = Driver::start(*browser).await?;
                (driver.open(capabilities.clone()).await, Some(driver))
            }
        };
        let name = browser.name();
        let client = opened.map_err(|error| match error {
            Error::NoSandbox { .. } => anyhow!(
                "{name} could not be opened: {error}. Allow user namespaces on this system (sysctl \
                 user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns), or give \
                 --browser-arg=--no-sandbox: then code that escapes a page has the rights of this user, so use it \
                 only for targets that you trust."
            ),
            error => self.failed(&error.to_string()),
        })?;
        Ok(Session { client, driver, patience: *patience })
    }

    pub(crate) fn failed(&self, detail: &str) -> anyhow::Error {
        let browser = self.browser.name();
        let place = match &self.webdriver {
            Some(endpoint) => format!("the WebDriver at {endpoint}"),
            None => format!("{}, its driver", self.browser.driver()),
        };
        anyhow!(
            "{browser} could not be opened through {place}: {detail}. Check that {browser} is installed, matches its driver and \
             starts by hand; --browser-binary names its program, --browser another browser."
        )
    }
}

/// What a target lets a page of another origin see.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Probe {
    /// Its answers.
    pub(crate) reads: bool,
    /// Their times.
    pub(crate) times: bool,
}

/// The headers that isolate the page, which makes its clock finer.
const ISOLATED: [(&str, &str); 2] =
    [("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Embedder-Policy", "credentialless")];

impl Session {
    /// Opens the page and waits until it is ready.
    pub(crate) async fn load(&self, url: &str) -> anyhow::Result<()> {
        let failed = |detail: String| {
            anyhow!(
                "The page at {} did not come up in the browser: {detail}. A browser on another machine needs an address that \
                 it can reach: --bind ADDRESS serves the page on it, --page-url URL names a page that is served already.",
                secrets::address(url)
            )
        };
        self.wait_for_page(self.client.goto(url)).await.map_err(failed)
    }

    /// Puts the page in one file onto an address of another server, and waits until it is ready. With WebDriver BiDi that server is not
    /// asked for it; without, or where its site's service worker answers, the page is written over what comes.
    pub(crate) async fn load_in_place(&self, url: &str, html: &str) -> anyhow::Result<()> {
        let mut is_written = false;
        let loading = async {
            let document = Document { html, headers: &ISOLATED };
            let tab = self.client.window().await?;
            if let Some(debugger) = cdp::debugger_address(&self.client) {
                cdp::open_document(debugger, &tab, url, &document).await?;
            } else if let Some(mut bidi) = self.bidi().await {
                bidi.open_document(&tab, url, &document).await?;
            } else {
                self.client.goto(url).await?;
            }
            is_written = self.client.execute(IS_OURS, vec![]).await? != true;
            if is_written {
                self.client.execute(WRITE, vec![json!(html)]).await?;
            }
            Ok(())
        };
        let loaded = self.wait_for_page(loading).await;
        loaded.map_err(|detail| anyhow!("{detail}.{}", if is_written { WRITTEN } else { "" }))?;
        let origin = self.call(self.client.execute("return location.origin", vec![])).await?;
        let wanted = Url::parse(url).map(|url| url.origin().ascii_serialization());
        if wanted.is_ok_and(|wanted| origin == wanted) {
            return Ok(());
        }
        bail!("the server there redirects to {}.", origin.as_str().unwrap_or_default())
    }

    /// WebDriver BiDi, where the driver has it and its address can be reached from here.
    pub(super) async fn bidi(&self) -> Option<BiDi> {
        timeout(PROBE_LIMIT, BiDi::connect(&self.client)).await.ok()?.ok()
    }

    /// Waits for a page that is being loaded; gives what went wrong.
    async fn wait_for_page(&self, loading: impl Future<Output = Result<(), Error>>) -> Result<(), String> {
        let loaded = async {
            // The driver's own limit comes after ours, so that ours is the one reported.
            self.client.set_timeouts(CALL_LIMIT * 2, LOAD_LIMIT).await?;
            loading.await?;
            let patience = CALL_LIMIT.as_millis() as u64 / 2;
            self.client.execute_async(READY, vec![json!(patience)]).await
        };
        let version = timeout(LOAD_LIMIT + CALL_LIMIT, loaded)
            .await
            .map_err(|_elapsed| "the browser does not answer".to_owned())?
            .map_err(|error| error.to_string())?;
        match version.as_str() {
            Some(fetchmark_core::VERSION) => Ok(()),
            Some(other) => {
                Err(format!("it is of version {other}, this command of {}", fetchmark_core::VERSION))
            }
            None => Err("what is there is not Fetchmark's page, or it does not start".to_owned()),
        }
    }

    /// What the target lets a page of another origin see, asked with a GET; `None` if it does not answer.
    pub(crate) async fn probe(&self, target: &Target) -> anyhow::Result<Option<Probe>> {
        let arguments = vec![
            json!(numbered(&target.url, 0)),
            json!(target.credentials),
            json!(target.headers),
            json!(PROBE_LIMIT.as_millis() as u64),
        ];
        let probe = self.call(self.client.execute_async(PROBE_TARGET, arguments)).await?;
        serde_json::from_value(probe).map_err(invalid_answer)
    }

    /// Starts the run. `tabs` is what the page is told of the tabs beside it.
    pub(crate) async fn start(
        &self,
        scenario: &Scenario,
        runtimes: Option<&[RuntimeReport]>,
        wants_samples: bool,
        tabs: Value,
    ) -> anyhow::Result<()> {
        let (scenario, runtimes) = (text(scenario)?, runtimes.map(text).transpose()?);
        let arguments = vec![json!(scenario), json!(wants_samples), json!(runtimes), tabs];
        self.call(self.client.execute(START, arguments)).await?;
        Ok(())
    }

    /// The updates since the last call: as soon as there are any, or after its patience. `answer`: what the last order came to.
    pub(super) async fn next_updates(&self, answer: Answer) -> anyhow::Result<Updates> {
        let arguments = vec![json!(self.patience.as_millis() as u64), json!(answer)];
        let json = self.call(self.client.execute_async(NEXT_UPDATES, arguments)).await?;
        let Some(json) = json.as_str() else { return Err(self.why_nothing().await.into()) };
        let updates: Option<Updates> = serde_json::from_str(json).map_err(invalid_answer)?;
        updates.ok_or_else(|| BrowserError::Lost("the page was reloaded or left".to_owned()).into())
    }

    /// By how much the page's clock is ahead of another.
    pub(crate) async fn clock_offset(&self, clock: &LocalClock) -> anyhow::Result<Offset> {
        let mut best: Option<Offset> = None;
        for _ in 0..CLOCK_LOOKS {
            let asked = clock.now_ms();
            let time = self.call(self.client.execute(NOW, vec![])).await?;
            let answered = clock.now_ms();
            let Some(time) = time.as_f64() else { continue };
            let offset = Offset::between(asked, time, answered);
            if best.is_none_or(|best| offset.error_ms < best.error_ms) {
                best = Some(offset);
            }
        }
        best.ok_or_else(|| invalid_answer("it has no clock"))
    }

    pub(crate) async fn ping(&self) -> Result<(), BrowserError> {
        self.call(self.client.execute("", vec![])).await.map(drop)
    }

    /// Stops the run; what is finished comes as its report.
    pub(super) async fn stop(&self) -> anyhow::Result<()> {
        self.call(self.client.execute(STOP, vec![])).await?;
        Ok(())
    }

    /// Closes browser and driver, by force if they do not close in time.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        let closed = timeout(CLOSE_LIMIT, self.client.close()).await;
        let error = match &closed {
            Ok(Ok(())) => None,
            // A grid that heard nothing of it for long has closed it.
            Ok(Err(Error::Refused { kind, .. })) if kind == "invalid session id" => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_elapsed) => Some(format!("no answer within {} s", CLOSE_LIMIT.as_secs())),
        };
        match (self.driver, error) {
            (Some(driver), error) => driver.end(error.is_none()).await,
            (None, Some(error)) => {
                let id = self.client.id();
                bail!("The browser session {id} could not be closed ({error}); it may still be open there.")
            }
            (None, None) => {}
        }
        Ok(())
    }

    /// Why a script that waits gave nothing: the window was closed, or a dialog came up.
    pub(super) async fn why_nothing(&self) -> BrowserError {
        self.ping().await.err().unwrap_or(BrowserError::Dialog)
    }

    pub(super) async fn switch_to(&self, window: &str) -> Result<(), BrowserError> {
        self.call(async { self.client.switch_to(window).await.map(|()| Value::Null) }).await.map(drop)
    }

    pub(super) async fn call(
        &self,
        call: impl Future<Output = Result<Value, Error>>,
    ) -> Result<Value, BrowserError> {
        match timeout(CALL_LIMIT, call).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(Error::Refused { kind, .. })) if kind == "unexpected alert open" => {
                Err(BrowserError::Dialog)
            }
            Ok(Err(error)) => Err(BrowserError::Lost(error.to_string())),
            Err(_elapsed) => {
                Err(BrowserError::Hangs(format!("the browser did not answer for {} s", CALL_LIMIT.as_secs())))
            }
        }
    }
}

/// As text: a driver that reads numbers and writes them anew may change their last digit.
pub(super) fn text<T: Serialize + ?Sized>(value: &T) -> anyhow::Result<String> {
    serde_json::to_string(value).map_err(invalid_answer)
}

pub(super) fn invalid_answer(error: impl Display) -> anyhow::Error {
    anyhow!("The page's answer cannot be read: {error}. Is it a page of this version?")
}
