//! A browser session, and the page in it.

use std::time::Duration;

use fantoccini::error::{CmdError, NewSessionError};
use fantoccini::wd::{Capabilities, TimeoutConfiguration};
use fantoccini::{Client, ClientBuilder};
use fetchmark_core::outside::RoundAnswer;
use fetchmark_core::progress::Progress;
use fetchmark_core::report::RuntimeReport;
use fetchmark_core::sample_record::RoundSamples;
use fetchmark_core::scenario::Scenario;
use hyper_util::client::legacy::connect::HttpConnector;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::timeout;
use url::Url;

use super::driver::{Browser, Driver, Wishes};
use super::error::RunError;

const START: &str = include_str!("js/start.js");
const HEAR: &str = include_str!("js/hear.js");
const UP: &str = include_str!("js/up.js");
const ANSWER: &str = "window.fetchmarkCommand?.answer(arguments[0], arguments[1])";
const STOP: &str = "globalThis.fetchmark?.stop()";

/// How long opening a browser may take.
const OPEN_LIMIT: Duration = Duration::from_secs(60);
/// How long the page may take to load, and then to come up.
const LOAD_LIMIT: Duration = Duration::from_secs(60);
/// The longest a call into the page may take: much longer than it waits for news there.
const CALL_LIMIT: Duration = Duration::from_secs(60);
/// How long closing the browser may take before it is ended by force.
const CLOSE_LIMIT: Duration = Duration::from_secs(10);
/// How long a call waits in the page for something to happen. Ctrl-C is heard between two calls; each of them takes the browser's
/// time, which Python's rounds do not lose.
const PATIENCE: Duration = Duration::from_secs(2);

/// What happened in the page.
#[derive(Debug, Deserialize)]
pub(super) struct News {
    /// In order.
    pub(super) told: Vec<Told>,
    /// How far the run is; `None` before it began.
    pub(super) progress: Option<Progress>,
}

/// One thing that happened.
#[derive(Debug, Deserialize)]
pub(super) struct Told {
    pub(super) kind: Kind,
    /// A report, as JSON: so far after a block, the whole when it is done.
    #[serde(default)]
    pub(super) report: Option<String>,
    /// Why it failed, for programs.
    #[serde(default)]
    pub(super) code: Option<String>,
    /// Why it failed.
    #[serde(default)]
    pub(super) message: Option<String>,
    /// A round to be run outside the browser, as JSON.
    #[serde(default)]
    pub(super) order: Option<String>,
    /// Every request of the rounds since, where they are wanted.
    pub(super) rounds: Vec<RoundSamples>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// A block is finished; the next waits until this is heard.
    Block,
    /// A round is to be run outside the browser; the engine waits for its answer.
    Order,
    /// The run is over.
    Done,
    /// The run failed.
    Failed,
}

/// A browser session; its driver, if it was started here, ends with it.
#[derive(Debug)]
pub(super) struct Session {
    client: Client,
    driver: Option<Driver>,
}

impl Session {
    /// Opens a browser: through the WebDriver at this address, or through a driver of its own.
    ///
    /// # Errors
    /// [`RunError`] if there is no driver, or it opens no browser.
    pub(super) async fn open(
        browser: Browser,
        wishes: &Wishes,
        webdriver: Option<&Url>,
    ) -> Result<Self, RunError> {
        let mut driver = match webdriver {
            Some(_) => None,
            None => Some(Driver::start(browser).await?),
        };
        let url = match (webdriver, &driver) {
            (Some(url), _) => url.to_string(),
            (None, Some(driver)) => driver.url(),
            (None, None) => String::new(),
        };
        let capabilities = browser.capabilities(wishes, driver.is_some());
        let failed =
            |detail: String| RunError::NoSession { browser: browser.name(), url: url.clone(), detail };
        let client = timeout(OPEN_LIMIT, connect(&url, capabilities))
            .await
            .map_err(|_elapsed| failed(format!("no answer within {} s", OPEN_LIMIT.as_secs())))?
            .map_err(failed)?;
        if let Some(driver) = &mut driver {
            driver.know_browser(process_of(&client).await);
        }
        Ok(Self { client, driver })
    }

    /// Opens the page and waits until it is up.
    ///
    /// # Errors
    /// [`RunError::PageNotUp`].
    pub(super) async fn load(&self, url: &str) -> Result<(), RunError> {
        let not_up = |detail: String| RunError::PageNotUp { url: url.to_owned(), detail };
        let loading = async {
            // The driver's own limit comes after ours: whose comes first says what is told.
            let limits = TimeoutConfiguration::new(Some(CALL_LIMIT * 2), Some(LOAD_LIMIT), None);
            self.client.update_timeouts(limits).await?;
            self.client.goto(url).await?;
            let patience = CALL_LIMIT.as_millis() as u64 / 2;
            self.client.execute_async(UP, vec![json!(patience)]).await
        };
        let version = timeout(LOAD_LIMIT + CALL_LIMIT, loading)
            .await
            .map_err(|_elapsed| not_up("the browser does not answer".to_owned()))?
            .map_err(|error| not_up(words(&error)))?;
        match version.as_str() {
            Some(fetchmark_core::VERSION) => Ok(()),
            Some(other) => {
                Err(not_up(format!("it is of version {other}, this command of {}", fetchmark_core::VERSION)))
            }
            None => Err(not_up("what is there is not Fetchmark's page, or it does not start".to_owned())),
        }
    }

    /// Starts the run.
    ///
    /// # Errors
    /// [`RunError`] if the browser does not obey.
    pub(super) async fn start(
        &self,
        scenario: &Scenario,
        runtimes: Option<&[RuntimeReport]>,
        wants_samples: bool,
    ) -> Result<(), RunError> {
        let (scenario, runtimes) = (text(scenario)?, runtimes.map(text).transpose()?);
        let arguments = vec![json!(scenario), json!(wants_samples), json!(runtimes)];
        self.called(self.client.execute(START, arguments)).await?;
        Ok(())
    }

    /// Answers an order: what its round came to, or why there was none.
    ///
    /// # Errors
    /// [`RunError`] if the browser does not obey.
    pub(super) async fn answer(&self, answer: Result<RoundAnswer, String>) -> Result<(), RunError> {
        let arguments = match answer {
            Ok(answer) => vec![json!(text(&answer)?), Value::Null],
            Err(why) => vec![Value::Null, json!(why)],
        };
        self.called(self.client.execute(ANSWER, arguments)).await?;
        Ok(())
    }

    /// What happened since this was last called: as soon as something does, or after half a second.
    ///
    /// # Errors
    /// [`RunError`] if the browser does not obey, or another page is in it.
    pub(super) async fn hear(&self) -> Result<News, RunError> {
        let patience = json!(PATIENCE.as_millis() as u64);
        let news = self.called(self.client.execute_async(HEAR, vec![patience])).await?;
        let news: Option<News> = serde_json::from_str(news.as_str().unwrap_or("null"))
            .map_err(|error| RunError::Answer(error.to_string()))?;
        news.ok_or_else(|| RunError::Lost { detail: "the page was reloaded or left".to_owned() })
    }

    /// Stops the run; what is finished comes as its report.
    ///
    /// # Errors
    /// [`RunError`] if the browser does not obey.
    pub(super) async fn stop(&self) -> Result<(), RunError> {
        self.called(self.client.execute(STOP, vec![])).await?;
        Ok(())
    }

    /// Closes browser and driver. What does not close in time is ended by force.
    pub(super) async fn end(self) {
        let closed = timeout(CLOSE_LIMIT, self.client.close()).await;
        if let Some(mut driver) = self.driver {
            if matches!(closed, Ok(Ok(()))) {
                driver.know_browser(None);
            }
            driver.end().await;
        }
    }

    async fn called(&self, call: impl Future<Output = Result<Value, CmdError>>) -> Result<Value, RunError> {
        match timeout(CALL_LIMIT, call).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(RunError::Lost { detail: words(&error) }),
            Err(_elapsed) => Err(RunError::Hangs {
                detail: format!("the browser did not answer for {} s", CALL_LIMIT.as_secs()),
            }),
        }
    }
}

/// As text: a driver that reads numbers and writes them anew may change their last digit.
fn text<T: Serialize + ?Sized>(value: &T) -> Result<String, RunError> {
    serde_json::to_string(value).map_err(|error| RunError::Answer(error.to_string()))
}

async fn connect(url: &str, capabilities: Capabilities) -> Result<Client, String> {
    let connected = if url.starts_with("https:") {
        let connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(|error| format!("the certificates of this machine cannot be read ({error})"))?
            .https_only()
            .enable_http1()
            .build();
        ClientBuilder::new(connector).capabilities(capabilities).connect(url).await
    } else {
        ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(url).await
    };
    connected.map_err(|error| match error {
        NewSessionError::SessionNotCreated(error) => one_line(&error.message),
        NewSessionError::Failed(error) => format!("nobody answers there ({error})"),
        // Some drivers fail in a form of their own.
        NewSessionError::NotW3C(answer) => one_line(
            answer.get("message").and_then(Value::as_str).unwrap_or("its answer is none of WebDriver's"),
        ),
        NewSessionError::Lost(error) => format!("the connection broke off ({error})"),
        other => one_line(&other.to_string()),
    })
}

/// The browser's process, where the driver tells it.
async fn process_of(client: &Client) -> Option<u32> {
    let capabilities = client.capabilities()?;
    let process = ["goog:processID", "moz:processID"].iter().find_map(|name| capabilities.get(*name))?;
    u32::try_from(process.as_u64()?).ok()
}

/// What the driver says, without its stack trace.
fn words(error: &CmdError) -> String {
    match error {
        CmdError::Standard(error) => {
            let (kind, message) = (error.error.to_string(), one_line(&error.message));
            // Some begin with the kind, some do not.
            if message.starts_with(&kind) { message } else { format!("{kind}: {message}") }
        }
        other => format!("its driver no longer answers ({})", one_line(&other.to_string())),
    }
}

/// The first line: drivers add stack traces and versions below it.
fn one_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().trim_end_matches('.').to_owned()
}
