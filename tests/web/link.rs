//! The page's own address: each run is a step of the history, and it may hold a whole report.

use crate::support::{FakeEngine, Page, browser, fragment, linked, measured};
use fetchmark_core::{report::link as report_link, scenario::params::Language};
use leptos::prelude::{document, window};
use wasm_bindgen_test::wasm_bindgen_test;

fn address(link: &str) -> String {
    let origin = window().location().origin().unwrap();
    link.strip_prefix(&origin).unwrap().to_owned()
}

#[wasm_bindgen_test]
async fn a_link_holds_the_whole_result_and_opens_elsewhere() {
    let page = Page::measured("url=/x&n=7&rounds=2&clients=js-fetch").await;
    let measured = page.report();
    page.click("copy-report-link").await;
    page.until("a link", || browser::copied().is_some()).await;
    let link = browser::copied().unwrap();
    // Where nothing can be copied the field shows it.
    browser::set_clipboard(false);
    page.click("copy-report-link").await;
    page.value_once("link", &link).await;
    drop(page);
    browser::fresh().await;
    let page = Page::reopen(&address(&link), FakeEngine::default()).await;
    page.get_once("opened").await;
    page.state_once("done").await;
    // A link spares digits that nobody reads.
    let packed = link.split("#report=").nth(1).unwrap();
    assert_eq!(page.report(), report_link::unpack(packed).unwrap());
    assert_eq!(page.report().started_at, measured.started_at);
    assert_eq!(page.value("n"), "7");
    page.click("keep-baseline").await;
    page.until("a baseline", || page.is_pressed("keep-baseline")).await;
}

#[wasm_bindgen_test]
async fn in_another_language_the_link_keeps_its_report() {
    let measured = measured("url=/x&n=7&rounds=2&clients=js-fetch");
    let link = format!("/?n=7&rounds=2&clients=js-fetch#report={}", report_link::pack(&measured).unwrap());
    browser::fresh().await;
    let page = Page::reopen(&link, FakeEngine::default()).await;
    page.get_once("opened").await;
    // Past the head by keyboard: the report stays in the address.
    page.click_nth(".skip", 0).await;
    assert_eq!(document().active_element().unwrap().id(), "main");
    assert!(fragment().starts_with("#report="));
    page.click("ko").await;
    page.until("a Korean link", || linked().lang == Some(Language::Korean)).await;
    let page = page.reload(FakeEngine::default()).await;
    page.get_once("opened").await;
    page.state_once("done").await;
    assert_eq!(page.report().started_at, measured.started_at);
    // What the form asks for is another question: its link is without that answer.
    page.click("edit-form").await;
    page.type_into("n", "9").await;
    page.until("a link without a report", || linked().scenario.n == 9 && fragment().is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_damaged_or_hostile_link_is_refused_in_a_sentence() {
    let page = Page::open("", FakeEngine::default()).await;
    let location = window().location();
    for (text, sentence) in [("2.AAAA", "another version"), ("1.<img src=x onerror=alert(1)>", "damaged")] {
        location.set_hash(&format!("report={text}")).unwrap();
        page.text_once("report-problem", sentence).await;
        assert_eq!(page.state().as_deref(), Some("idle"));
    }
    assert!(page.all("img[src=x]").is_empty());
}

#[wasm_bindgen_test]
async fn going_back_leads_to_the_settings_of_the_run_before() {
    let history = window().history().unwrap();
    let page = Page::open("?url=/x&n=11&rounds=2", FakeEngine::measuring()).await;
    page.run_to_end().await;
    page.click("edit-form").await;
    page.type_into("n", "22").await;
    history.back().unwrap();
    page.value_once("n", "11").await;
    history.forward().unwrap();
    page.value_once("n", "22").await;
    // What was measured is still there.
    assert_eq!(page.report().scenario.n, 11);
    // Run again and again it is one step.
    for _ in 0..2 {
        page.run_to_end().await;
    }
    history.back().unwrap();
    page.value_once("n", "11").await;
}
