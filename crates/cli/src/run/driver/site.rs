//! What is asked of a target's site after a run from its own origin.

use std::time::Duration;

use fetchmark_core::report::Site;
use fetchmark_core::request::target::{Target, numbered};
use fetchmark_webdriver::{Error, WEB_SOCKET_URL, cdp};
use serde_json::json;
use tokio::time::timeout;
use url::Url;

use super::session::{PROBE_LIMIT, Session};

/// How long finding out may take: an answer, and the loading of a document.
const LIMIT: Duration = Duration::from_secs(30);
/// Gives the document the target's address, whose cookies the driver then tells; says whether a service worker controls it.
const TAKE_ADDRESS: &str =
    "history.replaceState(null, '', arguments[0]); return Boolean(navigator.serviceWorker?.controller);";
const ASK_AGAIN: &str = "const [url, options, patience, done] = arguments; \
    fetch(url, { ...options, signal: AbortSignal.timeout(patience) }).then(({ type }) => done(type), () => done(null));";

impl Session {
    /// What the site has stored in the browser, for a page that is on its origin; `None` if the browser does not tell.
    pub(crate) async fn site(&self, target: &Target) -> Option<Site> {
        // WebKit, which has no BiDi, tells the cookies of the address that was loaded, whatever the document's is now.
        let has_bidi = || self.client.capabilities().get(WEB_SOCKET_URL)?.as_str();
        cdp::debugger_address(&self.client).or_else(has_bidi)?;
        let asking = async {
            let controlled = self.client.execute(TAKE_ADDRESS, vec![json!(numbered(&target.url, 0))]).await?;
            let cookies = self.client.cookie_count().await? as u64;
            Ok::<_, Error>(Site { cookies, service_worker: controlled == true })
        };
        timeout(PROBE_LIMIT, asking).await.ok()?.ok()
    }

    /// The first address on another origin to which the answer to the run's request leads, asked once more; `None` if there is none or
    /// the browser does not tell. Without WebDriver BiDi another tab loads it as a document to find out.
    pub(crate) async fn redirect_elsewhere(&self, target: &Target) -> Option<Url> {
        let url = numbered(&target.url, 0);
        let ask = |redirect: &str| {
            let options = json!({
                "method": target.method,
                "headers": target.headers,
                "body": target.body,
                "credentials": target.credentials,
                "cache": "no-store",
                "redirect": redirect,
            });
            self.client
                .execute_async(ASK_AGAIN, vec![json!(url), options, json!(PROBE_LIMIT.as_millis() as u64)])
        };
        let asking = async {
            if let Some(mut bidi) = self.bidi().await {
                return bidi.redirects(ask("follow")).await;
            }
            if ask("manual").await? != "opaqueredirect" {
                return Ok(Vec::new());
            }
            // Further targets of this origin are asked from this page.
            let page = self.client.window().await?;
            self.client.switch_to(&self.client.new_tab().await?).await?;
            self.client.goto(&url).await?;
            let place = self.client.execute("return location.href", vec![]).await?;
            self.client.close_window().await?;
            self.client.switch_to(&page).await?;
            let [from, to] = [Some(&*url), place.as_str()].map(|url| Url::parse(url?).ok());
            Ok(from.zip(to).into_iter().collect())
        };
        let redirects = timeout(LIMIT, asking).await.ok()?.ok()?;
        redirects.into_iter().find(|(from, to)| from.origin() != to.origin()).map(|(_, to)| to)
    }
}
