//! The page as a test sees it: its address, its state, its report, its text.

use crate::{SetupError, browser::Browser, schema};
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

/// A page opened in a browser.
#[derive(Debug)]
pub struct Page<'a> {
    browser: &'a Browser,
}

/// What a run through the page's API came to.
#[derive(Debug)]
pub enum Ran {
    /// A report.
    Report(Box<Report>),
    /// A sentence.
    Error(String),
}

impl<'a> Page<'a> {
    /// Opens an address and waits until the page has a state.
    ///
    /// # Errors
    /// [`SetupError::Command`] if the page does not come up.
    pub async fn open(browser: &'a Browser, url: &str) -> Result<Self, SetupError> {
        browser.client.goto(url).await?;
        let page = Self { browser };
        page.await_state(&["idle", "running", "done", "failed"]).await?;
        Ok(page)
    }

    /// Waits for one of these states, and says which.
    ///
    /// # Errors
    /// [`SetupError::Command`] if it does not come.
    pub async fn await_state(&self, words: &[&str]) -> Result<String, SetupError> {
        let state = self.browser.client.execute_async(AWAIT_STATE, vec![json!(words)]).await?;
        Ok(serde_json::from_value(state)?)
    }

    /// The report of the last run.
    ///
    /// # Errors
    /// [`SetupError::Answer`] or [`SetupError::Schema`] if there is none, or it is none.
    pub async fn report(&self) -> Result<Report, SetupError> {
        // As text: a driver that reads numbers and writes them anew may change their last digit.
        let script = "return JSON.stringify(globalThis.fetchmark.report)";
        let report = self.browser.client.execute(script, vec![]).await?;
        schema::report(serde_json::from_str(report.as_str().unwrap_or("null"))?)
    }

    /// Runs a scenario through `globalThis.fetchmark.run`.
    ///
    /// # Errors
    /// [`SetupError`] if the browser fails; a run that fails is a [`Ran::Error`].
    pub async fn run(&self, scenario: Value) -> Result<Ran, SetupError> {
        let mut answer = self.browser.client.execute_async(RUN, vec![scenario]).await?;
        match answer.get("error").and_then(Value::as_str) {
            Some(sentence) => Ok(Ran::Error(sentence.to_owned())),
            None => Ok(Ran::Report(Box::new(schema::report(answer["report"].take())?))),
        }
    }

    /// Evaluates a script body and returns what it returns.
    ///
    /// # Errors
    /// [`SetupError::Command`] if it throws.
    pub async fn evaluate(&self, script: &str) -> Result<Value, SetupError> {
        Ok(self.browser.client.execute(script, vec![]).await?)
    }

    /// The visible text of the element with this test id.
    ///
    /// # Errors
    /// [`SetupError::Command`] if there is none.
    pub async fn text(&self, test_id: &str) -> Result<String, SetupError> {
        Ok(self.element(test_id).await?.text().await?)
    }

    /// Clicks the element with this test id.
    ///
    /// # Errors
    /// [`SetupError::Command`] if it cannot be clicked.
    pub async fn click(&self, test_id: &str) -> Result<(), SetupError> {
        Ok(self.element(test_id).await?.click().await?)
    }

    /// Replaces the text of the field with this test id.
    ///
    /// # Errors
    /// [`SetupError::Command`] if it cannot be typed into.
    pub async fn type_into(&self, test_id: &str, text: &str) -> Result<(), SetupError> {
        let element = self.element(test_id).await?;
        element.clear().await?;
        Ok(element.send_keys(text).await?)
    }

    /// A property of the element with this test id, once it contains this text.
    ///
    /// # Errors
    /// [`SetupError::Command`] if it never does.
    pub async fn property_once(&self, test_id: &str, name: &str, part: &str) -> Result<String, SetupError> {
        self.once(&format!("({})?.{name}?.includes({})", of(test_id), json!(part))).await?;
        let value = self.evaluate(&format!("return {}.{name}", of(test_id))).await?;
        Ok(serde_json::from_value(value)?)
    }

    /// Chooses a file in the file field with this test id.
    ///
    /// # Errors
    /// [`SetupError::Command`] if there is no such field.
    pub async fn choose_file(&self, test_id: &str, path: &std::path::Path) -> Result<(), SetupError> {
        Ok(self.element(test_id).await?.choose_file(path).await?)
    }

    /// Waits until there are so many elements with this test id.
    ///
    /// # Errors
    /// [`SetupError::Command`] if there never are.
    pub async fn count_once(&self, test_id: &str, count: usize) -> Result<(), SetupError> {
        self.once(&format!("document.querySelectorAll('[data-testid={test_id}]').length === {count}")).await
    }

    /// Waits until an attribute of the element with this test id has this value.
    ///
    /// # Errors
    /// [`SetupError::Command`] if it never has.
    pub async fn attribute_once(&self, test_id: &str, name: &str, value: &str) -> Result<(), SetupError> {
        self.once(&format!("({})?.getAttribute('{name}') === '{value}'", of(test_id))).await
    }

    /// Waits until a JavaScript expression is true.
    ///
    /// # Errors
    /// [`SetupError::Command`] if it never is.
    pub async fn once(&self, expression: &str) -> Result<(), SetupError> {
        let script = format!(
            "const [done] = arguments;
             const look = () => {{ if ({expression}) done(); else requestAnimationFrame(look); }};
             look();"
        );
        self.browser.client.execute_async(&script, vec![]).await?;
        Ok(())
    }

    /// Waits until what was done is drawn.
    ///
    /// # Errors
    /// [`SetupError::Command`] if the browser fails.
    pub async fn settled(&self) -> Result<(), SetupError> {
        self.browser.client.execute_async(AWAIT_FRAMES, vec![]).await?;
        Ok(())
    }

    async fn element(&self, test_id: &str) -> Result<fetchmark_webdriver::Element<'_>, SetupError> {
        self.once(&of(test_id)).await?;
        Ok(self.browser.client.find(&format!("[data-testid={test_id}]")).await?)
    }
}

impl Ran {
    /// The report; a sentence is what the test did not expect.
    ///
    /// # Errors
    /// The sentence.
    pub fn report(self) -> Result<Report, String> {
        match self {
            Self::Report(report) => Ok(*report),
            Self::Error(sentence) => Err(sentence),
        }
    }
}
