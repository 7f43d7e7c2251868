//! What the page shows where only a real engine, or a real origin, can tell.

use anyhow::anyhow;
use fetchmark_core::scenario::{params, preset::Preset};
use fetchmark_e2e::prelude::*;

in_chromium!(each_preset_runs_on_the_lab);
async fn each_preset_runs_on_the_lab(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let origin = site.lab.http_url();
    for preset in Preset::ALL {
        let cold = if *preset == Preset::WarmVsCold { "&cold_url=/lab/close" } else { "" };
        let query = format!("preset={preset}&rounds=2&n=20{cold}&autorun");
        let page = Page::open(browser, &format!("{origin}/?{query}")).await?;
        let report = page.done().await?;
        let asked = params::parse(&query).map_err(|errors| anyhow!("{errors:?}"))?.scenario;
        assert_eq!(report.variants.len(), asked.variants().len(), "{preset}");
        assert_ok(&report, 40);
    }
    Ok(())
}

/// What the form warns of.
const HINTS: &str =
    "return [...document.querySelectorAll('.hint-warning')].map((hint) => hint.textContent).join()";

in_chromium!(an_http_address_on_an_https_page_is_pointed_out);
async fn an_http_address_on_an_https_page_is_pointed_out(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let origin = site.https_url()?;
    let at_home = format!("{}/lab/ping", site.lab.http_url());
    // Not so an https address, or one of one's own computer.
    for (url, is_said) in
        [("http://api.example/a", true), ("https://api.example/a", false), (at_home.as_str(), false)]
    {
        let query = format!("lang=en&clients=js-fetch&n=10&rounds=2&url={url}");
        let page = Page::open(browser, &format!("{origin}/?{query}")).await?;
        page.await_state(&["idle"]).await?;
        let said = page.evaluate(HINTS).await?;
        let words = "the browser blocks requests to http URLs";
        assert_eq!(said.as_str().map(|said| said.contains(words)), Some(is_said), "{url}: {said}");
    }
    Ok(())
}
