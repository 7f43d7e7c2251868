use crate::support::{FakeEngine, Page};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_check_is_shown_until_the_target_changes() {
    let page = Page::open("?url=/x", FakeEngine::default()).await;
    assert!(page.find("check-found").is_none());
    page.click("check").await;
    page.get_once("check-found").await;
    assert_eq!(page.get("check-cors").get_attribute("data-code").as_deref(), Some("cors-refused"));
    assert_eq!(page.get("check-redirects").get_attribute("data-mark").as_deref(), Some("note"));
    assert_eq!(page.text("check-status"), "Problems: 1. Notes: 1.");
    // What comes from outside stays text.
    assert!(page.text("check-redirects").contains("<img src=x>") && page.all("img[src=x]").is_empty());
    page.click("check-close").await;
    assert!(page.find("check-found").is_none());
    page.focused_once("check").await;
    page.click("check").await;
    page.get_once("check-found").await;
    page.type_into("url", "/y").await;
    assert!(page.find("check-found").is_none());
    assert_eq!(page.text("check-status"), "");
}

#[wasm_bindgen_test]
async fn lines_are_for_the_server_chosen() {
    let page = Page::open("?url=/x", FakeEngine::default()).await;
    page.click("check").await;
    page.get_once("check-found").await;
    assert!(page.text("lines-cors").starts_with("add_header Access-Control-Allow-Origin \"http"));
    page.type_into("check-server", "Caddy").await;
    assert!(page.text("lines-cors").starts_with("header {"), "{}", page.text("lines-cors"));
    // The choice outlives the check.
    page.click("check-close").await;
    page.click("check").await;
    page.get_once("check-found").await;
    assert!(page.text("lines-cors").starts_with("header {"), "{}", page.text("lines-cors"));
}

#[wasm_bindgen_test]
async fn a_target_that_refuses_can_be_measured_from_its_own_origin() {
    let query = "?url=https://a.example/it%27s&header=Authorization:+s3cret&n=7&lang=en&keep_going=true";
    let page = Page::open(query, FakeEngine::default()).await;
    page.click("check").await;
    page.get_once("own-origin").await;
    let command = page.text("lines-command");
    let expected = r"fetchmark run --origin=target 'https://a.example/it'\''s' --n='7'";
    assert!(command.starts_with(expected) && command.contains("--keep-going='true'"), "{command}");
    let snippet = page.text("lines-snippet");
    assert!(
        !snippet.contains("s/fetchmark.html")
            && snippet.contains("/fetchmark.html\")")
            && snippet.contains("url=https://a.example"),
        "{snippet}"
    );
    assert!(!command.contains("s3cret") && !snippet.contains("s3cret"), "{command} {snippet}");
    assert!(page.text("lines-bookmarklet").starts_with("javascript:(async"));
}

#[wasm_bindgen_test]
async fn a_check_ends_where_a_run_begins_and_none_begins_meanwhile() {
    let engine = FakeEngine::holding();
    let page = Page::open("?url=/x", engine.clone()).await;
    page.click("check").await;
    page.text_once("check-status", "Checking the target…").await;
    page.click("run").await;
    page.until("a run", || engine.runs() == 1).await;
    page.until("no check", || page.text("check-status").is_empty()).await;
    page.click("edit-form").await;
    page.click("check").await;
    assert_eq!(page.text("check-status"), "");
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
    assert!(page.find("check-found").is_none());
    page.click("check").await;
    page.get_once("check-found").await;
}
