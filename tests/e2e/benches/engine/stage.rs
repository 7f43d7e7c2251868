//! Where a benchmark runs: a lab that serves the built page with the benchmark's own files beside it, and a browser.

use crate::options::Options;
use anyhow::{Result, bail};
use fetchmark_e2e::{
    browser::{Browser, Kind},
    dist, site,
};
use fetchmark_lab::{Lab, LabConfig};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{fs, path::Path, thread, time::Duration};
use tempfile::TempDir;

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

/// The full version, where the browser tells it; else its name for itself.
const BROWSER: &str = "
    const [done] = arguments;
    const full = navigator.userAgentData?.getHighEntropyValues(['fullVersionList']);
    Promise.resolve(full).then((values) => {
        const brand = values?.fullVersionList?.find(({ brand }) => /Chrom/.test(brand));
        done(brand ? `${brand.brand} ${brand.version}` : navigator.userAgent);
    });
";

pub(crate) struct Stage {
    pub(crate) options: Options,
    pub(crate) lab: Lab,
    pub(crate) browser: Browser,
    /// On what the figures were measured, as in `Chromium 156.0.8078.79, 2 cores, Debian GNU/Linux 12 (bookworm)`: no name of a machine,
    /// nothing of its owner.
    pub(crate) machine: String,
    _folder: TempDir,
}

impl Stage {
    /// Opens `page`, one of the files in `tests/e2e/bench`, with files (name, content) in place of those that are built, in a browser
    /// with these switches.
    pub(crate) async fn open(
        options: Options,
        page: &str,
        files: &[(&str, &[u8])],
        switches: &[&str],
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        site::link(&dist()?, folder.path())?;
        site::link(&Path::new(env!("CARGO_MANIFEST_DIR")).join("bench"), &folder.path().join("bench"))?;
        for (name, content) in files {
            site::put(&folder.path().join(name), content)?;
        }
        let served = Some(folder.path().to_owned().into());
        let lab = Lab::start(LabConfig { page: served, ..LabConfig::default() }).await?;
        let browser = Browser::start_own(Kind::Chrome, switches).await?;
        browser.client.set_timeouts(CALL_LIMIT, CALL_LIMIT).await?;
        browser.client.goto(&format!("{}/bench/{page}", lab.http_url())).await?;
        let named = browser.client.execute_async(BROWSER, vec![]).await?;
        let cores =
            thread::available_parallelism().map_or_else(|_| "?".to_owned(), |cores| cores.to_string());
        let machine = format!("{}, {cores} cores, {}", named.as_str().unwrap_or("?"), system());
        Ok(Self { options, lab, browser, machine, _folder: folder })
    }

    pub(crate) async fn call<Answer: DeserializeOwned>(
        &self,
        function: &str,
        argument: Value,
    ) -> Result<Answer> {
        let mut answer = self.browser.client.execute_async(CALL, vec![json!(function), argument]).await?;
        match answer["error"].as_str() {
            Some(message) => bail!("`{function}` failed in the browser: {message}"),
            None => Ok(serde_json::from_value(answer["value"].take())?),
        }
    }

    /// Writes what was measured so far, so that a late failure loses nothing.
    pub(crate) fn write(&self, mut measured: Value) -> Result<()> {
        let Some(path) = &self.options.json else { return Ok(()) };
        measured["machine"] = json!(self.machine);
        Ok(fs::write(path, format!("{measured:#}\n"))?)
    }

    pub(crate) async fn close(self) -> Result<()> {
        self.browser.end().await?;
        self.lab.stop().await;
        Ok(())
    }
}

fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.unwrap_or(std::env::consts::OS).trim_matches('"').to_owned()
}
