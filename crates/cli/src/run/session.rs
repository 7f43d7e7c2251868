//! A browser session, and the page in it.

use std::pin::pin;
use std::time::Duration;

use fetchmark_core::outside::RoundAnswer;
use fetchmark_core::progress::Progress;
use fetchmark_core::report::RuntimeReport;
use fetchmark_core::sample_record::RoundSamples;
use fetchmark_core::scenario::Scenario;
use fetchmark_core::secrets;
use fetchmark_webdriver::{Driver, Endpoint, Error};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::error::RunError;
use super::plan::Plan;
use super::show::Show;

const START: &str = include_str!("js/start.js");
const HEAR: &str = include_str!("js/hear.js");
const UP: &str = include_str!("js/up.js");
const ANSWER: &str = "window.fetchmarkCommand?.answer(arguments[0], arguments[1])";
const STOP: &str = "globalThis.fetchmark?.stop()";

/// When a browser elsewhere that is not open yet is waited for with a word.
const QUEUED_AFTER: Duration = Duration::from_secs(5);
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

/// A session that could not be released.
#[derive(Debug, thiserror::Error)]
#[error("The browser session {id} could not be closed ({why}); it may still be open there.")]
pub(super) struct StillOpen {
    id: String,
    why: String,
}

/// A browser session; its driver, if it was started here, ends with it.
#[derive(Debug)]
pub(super) struct Session {
    client: fetchmark_webdriver::Session,
    driver: Option<Driver>,
}

impl Session {
    /// Opens a browser: through the WebDriver at this address, or through a driver of its own.
    ///
    /// # Errors
    /// [`RunError`] if there is no driver, or it opens no browser.
    pub(super) async fn open(plan: &Plan, show: &Show) -> Result<Self, RunError> {
        let (mut driver, endpoint) = match &plan.webdriver {
            Some(url) => (None, Endpoint::new(url)),
            None => {
                let driver = Driver::start(plan.browser).await?;
                let endpoint = driver.endpoint().clone();
                (Some(driver), endpoint)
            }
        };
        let limit = plan.start_within.as_secs();
        let failed = |detail: String| RunError::NoSession {
            browser: plan.browser.name(),
            url: endpoint.to_string(),
            detail,
        };
        let capabilities = plan.capabilities.clone();
        let opening = async {
            match &mut driver {
                Some(driver) => driver.open(capabilities).await,
                None => {
                    let opening = fetchmark_webdriver::Session::open(endpoint.clone(), capabilities);
                    let mut opening = pin!(opening);
                    if let Ok(opened) = timeout(QUEUED_AFTER, &mut opening).await {
                        return opened;
                    }
                    show.say(&format!(
                        "The session may be queued: a grid whose browsers are busy opens it when one is free. It is waited for, \
                         {limit} s in all (--start-within)."
                    ));
                    opening.await
                }
            }
        };
        let client = timeout(plan.start_within, opening)
            .await
            .map_err(|_elapsed| {
                failed(format!(
                    "no answer within {limit} s; --start-within lets it take longer, as where a grid is busy"
                ))
            })?
            .map_err(|error| match error {
                Error::NoSandbox { .. } => {
                    RunError::NoSandbox { browser: plan.browser.name(), detail: error.to_string() }
                }
                error => failed(error.to_string()),
            })?;
        Ok(Self { client, driver })
    }

    /// Opens the page and waits until it is up.
    ///
    /// # Errors
    /// [`RunError::PageNotUp`].
    pub(super) async fn load(&self, url: &str) -> Result<(), RunError> {
        let not_up = |detail: String| RunError::PageNotUp { url: secrets::address(url), detail };
        let loading = async {
            // The driver's own limit comes after ours: whose comes first says what is told.
            self.client.set_timeouts(CALL_LIMIT * 2, LOAD_LIMIT).await?;
            self.client.goto(url).await?;
            let patience = CALL_LIMIT.as_millis() as u64 / 2;
            self.client.execute_async(UP, vec![json!(patience)]).await
        };
        let version = timeout(LOAD_LIMIT + CALL_LIMIT, loading)
            .await
            .map_err(|_elapsed| not_up("the browser does not answer".to_owned()))?
            .map_err(|error| not_up(error.to_string()))?;
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

    /// Closes browser and driver. What does not close in time is ended by force; a browser elsewhere that could not be closed is
    /// named, for it may still be open.
    pub(super) async fn end(self) -> Result<(), StillOpen> {
        let closed = timeout(CLOSE_LIMIT, self.client.close()).await;
        let why = match &closed {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_elapsed) => Some(format!("no answer within {} s", CLOSE_LIMIT.as_secs())),
        };
        match (self.driver, why) {
            (Some(driver), why) => driver.end(why.is_none()).await,
            (None, Some(why)) => return Err(StillOpen { id: self.client.id().to_owned(), why }),
            (None, None) => {}
        }
        Ok(())
    }

    async fn called(&self, call: impl Future<Output = Result<Value, Error>>) -> Result<Value, RunError> {
        match timeout(CALL_LIMIT, call).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(RunError::Lost { detail: error.to_string() }),
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
