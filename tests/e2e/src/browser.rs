//! A browser for a test: one that is shared by all tests of its kind, in a fresh tab, or one of the test's own.

use anyhow::Result;
use fetchmark_webdriver::{BrowserOptions, Capabilities, Driver, Endpoint, Session};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{collections::BTreeMap, env, time::Duration};
use url::Url;

pub use fetchmark_webdriver::Browser as Kind;

/// Names the shared browsers, as `cargo run -p fetchmark-e2e --bin browsers` writes it. Without it every test starts its own.
pub const SHARED: &str = "FETCHMARK_SESSIONS";

/// The longest a script or the loading of a page may take.
const LIMIT: Duration = Duration::from_secs(120);

/// Forgets what the page's origin stored: another test's lab may come to have the same port.
const FORGET: &str = "
    const [done] = arguments;
    const forget = async () => {
        localStorage.clear();
        sessionStorage.clear();
        const databases = await indexedDB.databases();
        databases.forEach(({ name }) => indexedDB.deleteDatabase(name));
        const workers = await navigator.serviceWorker?.getRegistrations();
        await Promise.all((workers ?? []).map((worker) => worker.unregister()));
    };
    forget().catch(() => {}).finally(() => done(null));
";

/// Where a shared browser is found.
#[derive(Debug, Serialize, Deserialize)]
pub struct SharedSession {
    pub url: Url,
    pub id: String,
}

/// A browser as a test has it. [`Browser::end`] ends it, or leaves it to the next test.
#[derive(Debug)]
pub struct Browser {
    pub client: Session,
    kind: Kind,
    /// None for a shared browser.
    driver: Option<Driver>,
}

impl Browser {
    /// A fresh tab in the shared browser of this kind; where none is shared, a browser of its own.
    pub async fn start_kind(kind: Kind) -> Result<Self> {
        match shared(kind)? {
            Some(session) => Self::attach(kind, session).await,
            None => Self::start_own(kind, &[]).await,
        }
    }

    /// A browser of its own with an empty profile, for tests whose subject is the connection pool or the profile; with further switches on
    /// its command line. Its driver is the one that `CHROMEDRIVER`, `GECKODRIVER` or `WEBKITDRIVER` names, else the one on the path.
    pub async fn start_own(kind: Kind, switches: &[&str]) -> Result<Self> {
        let mut driver = Driver::start(kind).await?;
        let client = driver.open(capabilities(kind, switches)).await?;
        client.set_timeouts(LIMIT, LIMIT).await?;
        Ok(Self { client, kind, driver: Some(driver) })
    }

    /// The tab is new; what a test that was ended by force left open is closed.
    async fn attach(kind: Kind, session: SharedSession) -> Result<Self> {
        let client = Session::attach(Endpoint::new(&session.url), &session.id)?;
        let old = client.windows().await?;
        let tab = client.new_tab().await?;
        for window in old {
            client.switch_to(&window).await?;
            client.close_window().await?;
        }
        client.switch_to(&tab).await?;
        client.set_timeouts(LIMIT, LIMIT).await?;
        Ok(Self { client, kind, driver: None })
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Ends the session and waits for the browser to be gone; a shared one is left without anything of this test.
    pub async fn end(self) -> Result<()> {
        match self.driver {
            Some(driver) => {
                let closed = self.client.close().await;
                driver.end(closed.is_ok()).await;
                closed?;
            }
            None => {
                self.client.execute_async(FORGET, vec![]).await?;
                // Whatever still measures ends with its page.
                self.client.goto("about:blank").await?;
            }
        }
        Ok(())
    }
}

fn shared(kind: Kind) -> Result<Option<SharedSession>> {
    let Ok(named) = env::var(SHARED) else { return Ok(None) };
    let mut named: BTreeMap<String, SharedSession> = serde_json::from_str(&named)?;
    Ok(named.remove(kind.driver()))
}

pub fn capabilities(kind: Kind, switches: &[&str]) -> Capabilities {
    let mut arguments: Vec<String> = switches.iter().map(|&switch| switch.to_owned()).collect();
    if kind == Kind::Firefox {
        arguments.extend(["-width", "1280", "-height", "1000"].map(str::to_owned));
    }
    // The lab's certificate is made at its start and known to nobody.
    let options = BrowserOptions { arguments, insecure: true, ..BrowserOptions::default() };
    let mut capabilities = kind.capabilities(&options, true);
    if let Some(preferences) =
        capabilities.get_mut("moz:firefoxOptions").and_then(|options| options["prefs"].as_object_mut())
    {
        // 5: names are never looked up over HTTPS, and whether they could be is not tried out.
        preferences.insert("network.trr.mode".to_owned(), json!(5));
        // As people have it: geckodriver would let a page from a file read the files beside it.
        preferences.insert("security.fileuri.strict_origin_policy".to_owned(), json!(true));
    }
    capabilities
}
