//! Tabs beside the page that makes the run: each measures the targets of another origin, when that page orders it.

use std::cell::Cell;

use anyhow::anyhow;
use fetchmark_core::scenario::Scenario;
use fetchmark_webdriver::Error;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::BrowserError;
use super::session::{Session, invalid_answer, text};
use super::updates::Answer;

const SERVE: &str = include_str!("js/serve.js");
const NEXT: &str =
    "const [order, patience, done] = arguments; window.fetchmarkTab.next(order, patience).then(done);";
const STOP: &str = "window.fetchmarkTab?.stop()";

/// The tabs of a run. Commands go to the one that makes it, except within a call of these.
#[derive(Debug, Default)]
pub(crate) struct Tabs {
    /// The window of the page that makes the run.
    main: String,
    others: Vec<Tab>,
    /// Whether a service worker controls any of the others.
    controlled: bool,
}

#[derive(Debug)]
struct Tab {
    window: String,
    targets: Vec<usize>,
    /// Of its first target.
    label: String,
}

#[derive(Debug, Deserialize)]
struct Standing {
    /// Requests that have ended.
    #[serde(default)]
    ended: u32,
    #[serde(flatten)]
    answer: Answer,
}

impl Tabs {
    /// No tabs yet beside the one that commands go to.
    pub(crate) async fn beside(session: &Session) -> anyhow::Result<Self> {
        let main = session.client.window().await.map_err(lost)?;
        Ok(Self { main, ..Self::default() })
    }

    /// Opens another, to which commands go then. It has a window of its own: a tab that is not in front is slowed down.
    pub(crate) async fn open(&self, session: &Session) -> anyhow::Result<()> {
        let window = session.client.new_window().await.map_err(lost)?;
        Ok(session.switch_to(&window).await?)
    }

    /// Has the page in the tab that was opened measure these targets. Commands go to the main one again.
    pub(crate) async fn serve(
        &mut self,
        session: &Session,
        scenario: &Scenario,
        targets: Vec<usize>,
    ) -> anyhow::Result<()> {
        let window = session.client.window().await.map_err(lost)?;
        let started = session.call(session.client.execute_async(SERVE, vec![json!(text(scenario)?)])).await?;
        if let Some(why) = started["why"].as_str() {
            return Err(anyhow!("{why}"));
        }
        self.controlled |= started["controlled"] == true;
        let first = targets.first().and_then(|first| scenario.targets.get(*first));
        let label = first.map(|target| target.label.clone()).unwrap_or_default();
        self.others.push(Tab { window, targets, label });
        Ok(session.switch_to(&self.main).await?)
    }

    pub(crate) async fn close(self, session: &Session) -> anyhow::Result<()> {
        for window in session.client.windows().await.map_err(lost)? {
            if window != self.main {
                session.switch_to(&window).await?;
                session.client.close_window().await.map_err(lost)?;
            }
        }
        Ok(session.switch_to(&self.main).await?)
    }

    pub(crate) async fn switch_to(&self, session: &Session, target: usize) -> anyhow::Result<()> {
        let tab = self.others.iter().find(|tab| tab.targets.contains(&target));
        Ok(session.switch_to(tab.map_or(&self.main, |tab| &tab.window)).await?)
    }

    /// What the page that makes the run is told of them; null if there are none.
    pub(crate) fn hooks(&self) -> Value {
        let targets: Vec<usize> = self.others.iter().flat_map(|tab| tab.targets.clone()).collect();
        if targets.is_empty() {
            Value::Null
        } else {
            json!({ "targets": targets, "controlled": self.controlled })
        }
    }

    /// Has an order carried out in a target's tab; `tick` is given the number of requests that have ended. Once `is_stopped`, the tab
    /// is stopped and its answer is of no use.
    ///
    /// # Errors
    /// If the tab is lost, or does nothing any more.
    pub(super) async fn measure(
        &self,
        session: &Session,
        target: usize,
        order: String,
        is_stopped: &Cell<bool>,
        mut tick: impl FnMut(u32) -> Result<(), BrowserError>,
    ) -> Result<Answer, BrowserError> {
        let tab = self.others.iter().find(|tab| tab.targets.contains(&target));
        let Some(Tab { window, label, .. }) = tab else {
            return Ok(Answer::none("No tab measures this target."));
        };
        let mut order = Some(order);
        let carrying_out = async {
            session.switch_to(window).await?;
            loop {
                let arguments = vec![json!(order.take()), json!(session.patience.as_millis() as u64)];
                let standing = session.call(session.client.execute_async(NEXT, arguments)).await?;
                let Some(standing) = standing.as_str() else { return Err(session.why_nothing().await) };
                let standing: Standing = serde_json::from_str(standing)
                    .map_err(|error| BrowserError::Lost(invalid_answer(error).to_string()))?;
                let Standing { ended, answer } = standing;
                tick(ended)?;
                if answer.json.is_some() || answer.why.is_some() {
                    return Ok(answer);
                }
                if is_stopped.get() {
                    session.call(session.client.execute(STOP, vec![])).await?;
                    return Ok(Answer::none("The run was stopped."));
                }
            }
        };
        let measured = match carrying_out.await {
            Err(BrowserError::Lost(detail)) => Err(BrowserError::LostTab { label: label.clone(), detail }),
            other => other,
        };
        // Where the browser is gone as well, the next call says so.
        let _ = session.switch_to(&self.main).await;
        measured
    }
}

fn lost(error: Error) -> BrowserError {
    BrowserError::Lost(error.to_string())
}
