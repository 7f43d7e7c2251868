//! From an empty page to an exported report with nothing but a keyboard.

use fetchmark_core::report::Report;
use fetchmark_e2e::{
    browser::Browser, in_chromium_and_firefox, keys, library::Site, matrix::Test, page::Page, schema,
};

/// The most presses of Tab that one control may be away from the one before.
const MOST_TABS: usize = 120;

/// Which control has the focus.
const FOCUSED: &str =
    "return document.activeElement?.dataset.testid ?? document.activeElement?.className ?? null";

/// Notes which control is activated, and what is saved.
const LISTEN: &str = "
    document.addEventListener('click', ({ target }) => (document.documentElement.dataset.clicked = target.dataset.testid));
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
    Err(format!("{test_id} is not reached; passed: {passed:?}").into())
}

in_chromium_and_firefox!(a_keyboard_is_enough_from_the_empty_page_to_the_exported_report);
async fn a_keyboard_is_enough_from_the_empty_page_to_the_exported_report(browser: &Browser) -> Test {
    let site = Site::start_with_script(LISTEN).await?;
    let page = Page::open(browser, &format!("{}/?lang=en", site.lab.http_url())).await?;
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
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    page.settled().await?;
    // A picture's figures are read with the arrow keys.
    tab_to(browser, &page, "plot-rounds").await?;
    press(browser, keys::RIGHT).await?;
    page.settled().await?;
    let told = page.evaluate("return document.querySelector('[data-testid=plot-tip]').textContent").await?;
    let told = told.as_str().ok_or("no figure")?;
    assert!(told.contains("block 1") && told.ends_with("ms"), "{told}");
    tab_to(browser, &page, "download-json").await?;
    press(browser, keys::ENTER).await?;
    page.settled().await?;
    let clicked = page.evaluate("return document.documentElement.dataset.clicked").await?;
    assert_eq!(clicked, "download-json");
    page.once("document.documentElement.dataset.saved !== undefined").await?;
    let saved = page.evaluate("return document.documentElement.dataset.saved").await?;
    let saved: Report = schema::report(serde_json::from_str(saved.as_str().ok_or("nothing was saved")?)?)?;
    assert!(saved == page.report().await?, "what is saved is not what is shown");
    assert_eq!((saved.scenario.n, saved.scenario.rounds), (15, 3));
    site.lab.stop().await;
    Ok(())
}
