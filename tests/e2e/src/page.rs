//! The page as a test sees it: its address, its state, its report, its text.

use crate::{browser::Browser, schema};
use anyhow::{Result, bail, ensure};
use fetchmark_core::report::Report;
use serde_json::{Value, json};

/// Ends when `<html data-run-state>` is one of the words given, with that word.
const AWAIT_STATE: &str = "
    const [words, done] = arguments;
    const root = document.documentElement;
    const look = () => words.includes(root.dataset.runState) && done(root.dataset.runState);
    new MutationObserver(look).observe(root, { attributes: true });
    look();
";

/// Ends after two frames: what was changed before is drawn by then.
const AWAIT_FRAMES: &str = "
    const [done] = arguments;
    requestAnimationFrame(() => requestAnimationFrame(() => done()));
";

/// Runs a scenario through the page's own API: `{ report }` or `{ error }`.
const RUN: &str = "
    const [scenario, done] = arguments;
    globalThis.fetchmark.run(scenario).then(
        (report) => done({ report }),
        (error) => done({ error: error.message, code: error.code, report: error.report }),
    );
";

/// The JavaScript expression for the element with a test id.
fn of(test_id: &str) -> String {
    format!("document.querySelector('[data-testid={test_id}]')")
}

#[derive(Debug)]
pub struct Page<'a> {
    browser: &'a Browser,
}

impl<'a> Page<'a> {
    pub async fn open(browser: &'a Browser, url: &str) -> Result<Self> {
        browser.client.goto(url).await?;
        let page = Self { browser };
        page.await_state(&["idle", "running", "done", "failed"]).await?;
        Ok(page)
    }

    /// Waits for one of these states, and says which.
    pub async fn await_state(&self, words: &[&str]) -> Result<String> {
        let state = self.browser.client.execute_async(AWAIT_STATE, vec![json!(words)]).await?;
        Ok(serde_json::from_value(state)?)
    }

    pub async fn report(&self) -> Result<Report> {
        // As text: a driver that reads numbers and writes them anew may change their last digit.
        let script = "return JSON.stringify(globalThis.fetchmark.report)";
        let report = self.browser.client.execute(script, vec![]).await?;
        schema::report(serde_json::from_str(report.as_str().unwrap_or("null"))?)
    }

    /// The report of a run that is under way, once it is done.
    pub async fn done(&self) -> Result<Report> {
        let state = self.await_state(&["done", "failed"]).await?;
        ensure!(state == "done", "the page is {state}: {}", self.evaluate("return location.href").await?);
        self.report().await
    }

    pub async fn run(&self, scenario: Value) -> Result<Report> {
        let mut answer = self.browser.client.execute_async(RUN, vec![scenario]).await?;
        match answer["error"].as_str() {
            Some(sentence) => bail!("`fetchmark.run` failed: {sentence}"),
            None => schema::report(answer["report"].take()),
        }
    }

    pub async fn evaluate(&self, script: &str) -> Result<Value> {
        Ok(self.browser.client.execute(script, vec![]).await?)
    }

    /// The visible text of the element with this test id.
    pub async fn text(&self, test_id: &str) -> Result<String> {
        Ok(self.element(test_id).await?.text().await?)
    }

    pub async fn click(&self, test_id: &str) -> Result<()> {
        Ok(self.element(test_id).await?.click().await?)
    }

    /// Replaces the text of the field with this test id.
    pub async fn type_into(&self, test_id: &str, text: &str) -> Result<()> {
        let element = self.element(test_id).await?;
        element.clear().await?;
        Ok(element.send_keys(text).await?)
    }

    /// A property of the element with this test id, once it contains this text.
    pub async fn property_once(&self, test_id: &str, name: &str, part: &str) -> Result<String> {
        self.once(&format!("({})?.{name}?.includes({})", of(test_id), json!(part))).await?;
        let value = self.evaluate(&format!("return {}.{name}", of(test_id))).await?;
        Ok(serde_json::from_value(value)?)
    }

    pub async fn choose_file(&self, test_id: &str, path: &std::path::Path) -> Result<()> {
        Ok(self.element(test_id).await?.choose_file(path).await?)
    }

    pub async fn count_once(&self, test_id: &str, count: usize) -> Result<()> {
        self.once(&format!("document.querySelectorAll('[data-testid={test_id}]').length === {count}")).await
    }

    pub async fn attribute_once(&self, test_id: &str, name: &str, value: &str) -> Result<()> {
        self.once(&format!("({})?.getAttribute('{name}') === '{value}'", of(test_id))).await
    }

    pub async fn once(&self, expression: &str) -> Result<()> {
        let script = format!(
            "const [done] = arguments;
             const look = () => {{ if ({expression}) done(); else requestAnimationFrame(look); }};
             look();"
        );
        self.browser.client.execute_async(&script, vec![]).await?;
        Ok(())
    }

    /// Waits until what was done is drawn.
    pub async fn settled(&self) -> Result<()> {
        self.browser.client.execute_async(AWAIT_FRAMES, vec![]).await?;
        Ok(())
    }

    async fn element(&self, test_id: &str) -> Result<fetchmark_webdriver::Element<'_>> {
        self.once(&of(test_id)).await?;
        Ok(self.browser.client.find(&format!("[data-testid={test_id}]")).await?)
    }
}
