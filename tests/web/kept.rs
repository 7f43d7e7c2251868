use crate::support::{FakeEngine, Page, browser};
use wasm_bindgen_test::wasm_bindgen_test;

/// Runs what this query asks for, in a browser that keeps what was measured before.
async fn measure(query: &str) -> Page {
    let page = Page::reopen(&format!("/?url=/x&{query}&autorun"), FakeEngine::measuring()).await;
    assert_eq!(page.settled_state().await, "done");
    page
}

#[wasm_bindgen_test]
async fn what_was_measured_survives_a_reload_until_it_is_forgotten() {
    browser::fresh().await;
    let first = measure("n=7&rounds=2").await.report();
    drop(measure("n=9&rounds=2").await);
    let page = Page::reopen("/", FakeEngine::default()).await;
    page.count_once("open-kept", 2).await;
    // The newest stands first; the other is opened, and the form shows what it was asked for.
    page.click_nth("[data-testid=open-kept]", 1).await;
    page.get_once("opened").await;
    page.state_once("done").await;
    assert_eq!(page.report(), first);
    assert_eq!(page.value("n"), "7");
    page.click("forget-kept").await;
    page.count_once("open-kept", 1).await;
    // What follows the forgotten one gets the focus.
    page.focused_once("forget-kept").await;
    page.click("clear-history").await;
    // Once is not enough, for there is no way back.
    page.text_once("clear-history", "Press again").await;
    page.count_once("open-kept", 1).await;
    page.click("clear-history").await;
    page.count_once("open-kept", 0).await;
    let page = page.reload(FakeEngine::default()).await;
    // What is kept is read by the time a new report is.
    page.run_to_end().await;
    page.count_once("open-kept", 1).await;
}

#[wasm_bindgen_test]
async fn without_room_a_report_is_shown_but_not_kept() {
    browser::fresh().await;
    browser::set_room(false);
    let page = Page::reopen("/?url=/x&n=10&rounds=2&autorun", FakeEngine::measuring()).await;
    page.state_once("done").await;
    page.text_once("kept", "no room for more reports").await;
    page.count_once("open-kept", 0).await;
    assert_eq!(page.report().variants[0].requests.ok, 20);
    // Once there is room, the next is kept, and the sentence goes.
    browser::set_room(true);
    page.click("run").await;
    page.count_once("open-kept", 1).await;
    page.until("a hint again", || !page.text("kept").contains("no room")).await;
}

fn pressed(page: &Page) -> Vec<bool> {
    let is_pressed =
        |button: &web_sys::HtmlElement| button.get_attribute("aria-pressed").as_deref() == Some("true");
    page.elements("[data-testid=baseline-kept]").iter().map(is_pressed).collect()
}

#[wasm_bindgen_test]
async fn one_baseline_at_a_time_and_none_when_pressed_again() {
    browser::fresh().await;
    drop(measure("n=7&rounds=2").await);
    let page = measure("n=9&rounds=2").await;
    for (place, expected) in [(0, [true, false]), (1, [false, true]), (1, [false, false])] {
        page.click_nth("[data-testid=baseline-kept]", place).await;
        page.until("another baseline", || pressed(&page) == expected).await;
    }
}
