//! The hosted page asks for nothing but its own, breaks none of its own rules, and lets no text become markup.

use fetchmark_e2e::{
    policy::{WATCH, assert_kept},
    prelude::*,
};

/// What comes of writing text as markup: the name of what is thrown, or nothing.
const MARKUP: &str = "
    try {
        document.createElement('p').innerHTML = '<b>bold</b>';
    } catch (error) {
        return error.name;
    }
    return null;
";

in_chromium_and_firefox!(a_whole_visit_keeps_to_the_page_s_own_rules);
async fn a_whole_visit_keeps_to_the_page_s_own_rules(browser: &Browser) -> Test {
    let site = Site::start_with_script(WATCH).await?;
    let origin = site.lab.http_url();
    let query = "url=/lab/ping&n=20&rounds=6&clients=js-fetch,gloo-net&thread=worker,main";
    let page = Page::open(browser, &format!("{origin}/?{query}")).await?;
    page.click("check").await?;
    page.text("check-found").await?;
    page.click("run").await?;
    page.done().await?;
    page.count_once("open-kept", 1).await?;
    page.click("download-csv").await?;
    page.click("rounds-png").await?;
    page.click("open-kept").await?;
    page.count_once("opened", 1).await?;
    page.settled().await?;
    assert_kept(browser, &page, &origin).await?;
    // Trusted Types: text is no markup.
    let thrown = page.evaluate(MARKUP).await?;
    assert_eq!(thrown, "TypeError");
    Ok(())
}
