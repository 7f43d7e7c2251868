//! A whole visit: from an empty page to an exported report with nothing but a keyboard; then a reload, what was kept, and a link.

use anyhow::bail;
use fetchmark_core::report::Report;
use fetchmark_e2e::prelude::*;

/// The most presses of Tab that one control may be away from the one before.
const MOST_TABS: usize = 120;

/// Keys that are no characters, as WebDriver names them (W3C WebDriver, keyboard actions).
mod keys {
    pub(super) const TAB: &str = "\u{E004}";
    pub(super) const ENTER: &str = "\u{E006}";
    pub(super) const CONTROL: &str = "\u{E009}";
    pub(super) const RIGHT: &str = "\u{E014}";
}

/// Which control has the focus.
const FOCUSED: &str =
    "return document.activeElement?.dataset.testid ?? document.activeElement?.className ?? null";

/// Notes what is saved.
const LISTEN: &str = "
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        blob.text().then((text) => (document.documentElement.dataset.saved = text));
        return make.call(URL, blob);
    };
";

async fn press(browser: &Browser, keys: &str) -> Test {
    Ok(browser.client.active_element().await?.send_keys(keys).await?)
}

/// Presses Tab until this control has the focus.
async fn tab_to(browser: &Browser, page: &Page<'_>, test_id: &str) -> Test {
    let mut passed = Vec::new();
    for _ in 0..MOST_TABS {
        press(browser, keys::TAB).await?;
        let focused = page.evaluate(FOCUSED).await?;
        if focused == test_id {
            return Ok(());
        }
        passed.push(focused);
    }
    bail!("{test_id} is not reached; passed: {passed:?}")
}

in_chromium!(from_the_form_to_a_link_with_the_result);
async fn from_the_form_to_a_link_with_the_result(browser: &Browser) -> Test {
    let site = Site::start_with_script(LISTEN).await?;
    let origin = site.lab.http_url();
    let page = Page::open(browser, &format!("{origin}/?lang=en")).await?;
    // The first stop skips what is the same on every visit.
    press(browser, keys::TAB).await?;
    assert_eq!(page.evaluate(FOCUSED).await?, "skip");
    tab_to(browser, &page, "url").await?;
    press(browser, "/lab/ping").await?;
    tab_to(browser, &page, "preset-floor").await?;
    tab_to(browser, &page, "n").await?;
    let all = format!("{}a", keys::CONTROL);
    press(browser, &all).await?;
    press(browser, "15").await?;
    tab_to(browser, &page, "rounds").await?;
    press(browser, &all).await?;
    press(browser, "3").await?;
    press(browser, keys::ENTER).await?;
    let measured = page.done().await?;
    assert_eq!((measured.scenario.n, measured.scenario.rounds), (15, 3));
    // A picture's figures are read with the arrow keys.
    tab_to(browser, &page, "plot-rounds").await?;
    press(browser, keys::RIGHT).await?;
    let told = page.property_once("plot-tip", "textContent", "block 1").await?;
    assert!(told.ends_with("ms"), "{told}");
    tab_to(browser, &page, "download-json").await?;
    press(browser, keys::ENTER).await?;
    page.once("document.documentElement.dataset.saved !== undefined").await?;
    let saved = page.evaluate("return document.documentElement.dataset.saved").await?;
    let saved: Report = schema::report(serde_json::from_str(saved.as_str().context("nothing was saved")?)?)?;
    assert!(saved == measured, "what is saved is not what is shown");

    // It is kept, and opens after a reload.
    page.count_once("open-kept", 1).await?;
    let page = Page::open(browser, &format!("{origin}/?lang=en")).await?;
    page.count_once("open-kept", 1).await?;
    page.click("open-kept").await?;
    page.count_once("opened", 1).await?;
    assert!(page.report().await? == measured, "another report was opened");
    // The link holds it where nothing is kept. A clipboard takes nothing without a person, so that the field shows the link.
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })").await?;
    page.click("copy-report-link").await?;
    let link = page.property_once("link", "value", "#report=").await?;
    page.click("clear-history").await?;
    page.click("clear-history").await?;
    page.count_once("open-kept", 0).await?;
    let elsewhere = Site::start().await?;
    let link = link.strip_prefix(&origin).context("the link leads elsewhere")?.replace("lang=en", "lang=ko");
    let page = Page::open(browser, &format!("{}{link}", elsewhere.lab.http_url())).await?;
    page.count_once("opened", 1).await?;
    assert_eq!(page.report().await?.started_at, measured.started_at);
    // It speaks the language that it asks for.
    page.property_once("answer", "textContent", "요청 15개").await?;
    Ok(())
}
