use crate::support::{FakeEngine, Page, browser, json, measured};
use wasm_bindgen_test::wasm_bindgen_test;

async fn shown() -> (Page, fetchmark_core::report::Report) {
    let page = Page::measured("url=/x&n=9&rounds=2").await;
    let report = page.report();
    (page, report)
}

#[wasm_bindgen_test]
async fn a_file_that_is_no_report_is_refused_and_what_was_shown_stays() {
    let (page, shown) = shown().await;
    let report = measured("url=/y&n=7&rounds=2");
    let good = json(&report);
    for (name, content, said) in [
        ("page.html", "<!doctype html><p>".to_owned(), "Not valid JSON"),
        ("word.json", good.replacen("\"ending\":\"complete\"", "\"ending\":\"well\"", 1), "“ending”"),
    ] {
        browser::choose(&page.get("report-file"), &[(name, &content)]);
        let told = page.text_once("report-problem", name).await;
        assert!(told.contains(said), "{told}");
        assert_eq!(page.report(), shown, "{name}");
    }
    browser::choose(&page.get("report-file"), &[("good.json", &good)]);
    page.get_once("opened").await;
    assert!(page.find("report-problem").is_none());
    assert_eq!(page.report(), report);
}

#[wasm_bindgen_test]
async fn reports_that_are_dropped_are_opened_and_kept() {
    let (page, shown) = shown().await;
    let report = measured("url=/y&n=7&rounds=2");
    // Otherwise the browser would open the file in the page's place.
    let page_file = [("page.html", "<p>no report</p>")];
    assert_eq!([browser::drag("dragover", &page_file), browser::drag("drop", &page_file)], [false, false]);
    page.text_once("report-problem", "page.html").await;
    assert_eq!(page.report(), shown, "what was shown stays");
    // One that cannot be read does not take the others along, and is named.
    browser::drop_files(&[("bad.json", "["), ("good.json", &json(&report))]);
    page.text_once("report-problem", "bad.json").await;
    assert_eq!(page.report(), report);
    page.get_once("opened").await;
    page.count_once("open-kept", 2).await;
}

#[wasm_bindgen_test]
async fn a_file_held_over_the_page_shows_the_drop_sign() {
    let file = [("bad.json", "[")];
    let page = Page::open("", FakeEngine::default()).await;
    browser::drag("dragover", &file);
    page.text_once("drop-sign", "Drop the file to open its report.").await;
    // It is carried away: nothing tells of it any more.
    page.count_once("drop-sign", 0).await;
    browser::drag("dragover", &file);
    page.get_once("drop-sign").await;
    browser::drag("drop", &file);
    page.get_once("report-problem").await;
    assert!(page.find("drop-sign").is_none());
}

#[wasm_bindgen_test]
async fn a_file_does_not_disturb_a_run() {
    let engine = FakeEngine::holding();
    let page = Page::open("?url=/x&autorun", engine.clone()).await;
    page.state_once("running").await;
    let file = json(&measured("url=/y&n=7&rounds=2"));
    browser::drag("dragover", &[("good.json", &file)]);
    page.text_once("drop-sign", "A run is in progress.").await;
    browser::drag("drop", &[("good.json", &file)]);
    page.text_once("report-problem", "A run is in progress.").await;
    assert_eq!(page.state().as_deref(), Some("running"));
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
    assert!(page.find("opened").is_none());
}

#[wasm_bindgen_test]
async fn the_browser_handles_what_is_dragged_and_is_no_file() {
    let _page = Page::open("", FakeEngine::default()).await;
    let left = ["dragover", "drop"].map(|kind| browser::drag_text(kind, "https://example.com/"));
    assert_eq!(left, [true, true]);
}
