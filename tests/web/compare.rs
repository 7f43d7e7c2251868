use crate::support::{FakeEngine, Page, browser};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_slower_target_is_found_slower_than_the_baseline() {
    let query = |ms: u32| {
        format!("url=/lab/delay/{ms}&clients=js-fetch&lifecycle=reused&pacing=sequential&n=4&rounds=6")
    };
    let page = Page::open(&format!("?{}&autorun", query(5)), FakeEngine::measuring()).await;
    assert_eq!(page.settled_state().await, "done");
    page.click("keep-baseline").await;
    page.until("a baseline", || page.is_pressed("keep-baseline")).await;
    assert!(page.find("compared").is_none());
    drop(page);
    // The baseline is there after a reload, and what is measured then is compared with it.
    let page = Page::reopen(&format!("/?{}&autorun", query(150)), FakeEngine::measuring()).await;
    page.get_once("compared").await;
    assert_eq!(
        page.all("[data-testid=compared] td:nth-of-type(4)"),
        ["slower"],
        "{}",
        page.text("compared-sentences")
    );
    let differences = page.text("differences");
    assert!(differences.contains("/lab/delay/5") && differences.contains("/lab/delay/150"), "{differences}");
    assert!(!differences.contains("rowser"), "the browser is the same: {differences}");
}

/// Whether each report kept can be compared with the one shown.
fn can_be_compared(page: &Page) -> Vec<bool> {
    let is_enabled = |button: &web_sys::HtmlElement| !button.has_attribute("disabled");
    page.elements("[data-testid=compare-kept]").iter().map(is_enabled).collect()
}

#[wasm_bindgen_test]
async fn what_is_kept_is_compared_with_what_is_shown() {
    browser::fresh().await;
    for n in [7, 9] {
        let query = format!("/?url=/x&clients=js-fetch&n={n}&concurrency=5&rounds=2&autorun");
        let page = Page::reopen(&query, FakeEngine::measuring()).await;
        assert_eq!(page.settled_state().await, "done");
    }
    let page = Page::reopen("/", FakeEngine::default()).await;
    page.count_once("open-kept", 2).await;
    // With nothing shown there is nothing to compare with.
    assert_eq!(can_be_compared(&page), [false, false]);
    page.click("open-kept").await;
    page.get_once("opened").await;
    // The newest stands first, and is not compared with itself.
    page.until("a report to compare", || can_be_compared(&page) == [false, true]).await;
    page.click_nth("[data-testid=compare-kept]", 1).await;
    page.get_once("compared").await;
    assert_eq!(page.all("[data-testid=compared] tbody tr").len(), 2);
    let differences = page.text("differences");
    assert!(differences.contains('7') && differences.contains('9'), "{differences}");
}
