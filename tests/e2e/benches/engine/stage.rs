//! Where a benchmark runs: a lab that serves the built page with the benchmark's own files beside it, and a browser.

use crate::error::Error;
use fetchmark_e2e::{browser::Browser, dist, folder::TemporaryFolder};
use fetchmark_lab::{Lab, LabConfig};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{path::Path, time::Duration};

/// The longest a call into the page may take: a round of 100,000 requests on a slow machine.
const CALL_LIMIT: Duration = Duration::from_secs(1_800);

/// Calls a function of the page's `bench`: `{ value }` or `{ error }`.
const CALL: &str = "
    const [name, argument, done] = arguments;
    Promise.resolve()
        .then(() => globalThis.bench[name](argument))
        .then(
            (value) => done({ value: value ?? null }),
            (error) => done({ error: String(error?.message ?? error) }),
        );
";

/// A lab and a browser in which one of the benchmark's pages is open.
pub(crate) struct Stage {
    /// The lab.
    pub(crate) lab: Lab,
    /// The browser.
    pub(crate) browser: Browser,
    _folder: TemporaryFolder,
}

impl Stage {
    /// Opens `page`, one of the files in `tests/e2e/bench`.
    pub(crate) async fn open(browser: Browser, page: &str) -> Result<Self, Error> {
        Self::open_with(browser, page, &[]).await
    }

    /// The same with files (name, content) in place of those that are built.
    pub(crate) async fn open_with(
        browser: Browser,
        page: &str,
        files: &[(&str, &[u8])],
    ) -> Result<Self, Error> {
        let folder = folder(files)?;
        let lab =
            Lab::start(LabConfig { page: Some(folder.path().to_owned().into()), ..LabConfig::default() })
                .await?;
        browser.client.set_timeouts(CALL_LIMIT, CALL_LIMIT).await?;
        browser.client.goto(&format!("{}/bench/{page}", lab.http_url())).await?;
        Ok(Self { lab, browser, _folder: folder })
    }

    /// Calls one of the page's functions.
    pub(crate) async fn call<Answer: DeserializeOwned>(
        &self,
        function: &'static str,
        argument: Value,
    ) -> Result<Answer, Error> {
        let mut answer = self.browser.client.execute_async(CALL, vec![json!(function), argument]).await?;
        match answer.get("error").and_then(Value::as_str) {
            Some(message) => Err(Error::Page { function, message: message.to_owned() }),
            None => Ok(serde_json::from_value(answer["value"].take())?),
        }
    }

    /// Ends browser and lab.
    pub(crate) async fn close(self) -> Result<(), Error> {
        self.browser.end().await?;
        self.lab.stop().await;
        Ok(())
    }
}

fn folder(files: &[(&str, &[u8])]) -> Result<TemporaryFolder, Error> {
    let failed = |source| Error::Files { what: "copying the page".to_owned(), source };
    let folder = TemporaryFolder::new("bench").map_err(failed)?;
    folder.link(&dist()?, "").map_err(failed)?;
    folder.link(&Path::new(env!("CARGO_MANIFEST_DIR")).join("bench"), "bench").map_err(failed)?;
    for (name, content) in files {
        folder.put(name, content).map_err(failed)?;
    }
    Ok(folder)
}
