use crate::support::{FakeEngine, Page, linked};
use fetchmark_core::scenario::params::Language;
use leptos::prelude::document;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn in_korean_everything_is_korean_and_the_report_stays() {
    let page = Page::measured("url=/x&rounds=3&n=20").await;
    let report = page.report();
    assert!(page.text("answer").contains("20 requests in"), "{}", page.text("answer"));
    page.click("ko").await;
    page.text_once("answer", "요청 20개").await;
    assert!(page.is_pressed("ko") && !page.is_pressed("en"));
    let html = document().document_element().unwrap();
    assert_eq!(html.get_attribute("lang").as_deref(), Some("ko"));
    assert_eq!(linked().lang, Some(Language::Korean));
    assert_eq!(page.report(), report);
}

#[wasm_bindgen_test]
async fn errors_of_a_link_are_shown_in_korean() {
    let page = Page::open("?n=0", FakeEngine::default()).await;
    page.text_once("param-errors", "n cannot be").await;
    page.click("ko").await;
    page.text_once("param-errors", "매개변수 n").await;
}
