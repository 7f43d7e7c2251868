//! What came of a run, in words and figures.

use crate::support::{FakeEngine, Page, browser, json, measured};
use fetchmark_core::{
    report::{Runtime, RuntimeReport},
    sample::ErrorClass,
};
use wasm_bindgen_test::wasm_bindgen_test;

/// A page that shows what was measured.
async fn done(query: &str) -> Page {
    let page = Page::open(&format!("?url=/x&{query}&autorun"), FakeEngine::measuring()).await;
    assert_eq!(page.settled_state().await, "done");
    page
}

/// The texts of a row's cells.
fn cells(row: &web_sys::HtmlElement) -> Vec<String> {
    let cells = row.query_selector_all("th, td").unwrap();
    (0..cells.length()).map(|place| cells.get(place).unwrap().text_content().unwrap()).collect()
}

/// The client of each row, from above.
fn clients(page: &Page) -> Vec<String> {
    page.all("[data-testid=results] tbody th")
}

#[wasm_bindgen_test]
async fn rows_are_ordered_by_the_column_pressed() {
    // Each takes longer than the one before.
    let page = done("clients=xhr,ky,axios&lifecycle=reused&rounds=2&n=20").await;
    let given = clients(&page);
    assert!(given[0].contains("xhr") && given[2].contains("axios"), "{given:?}");
    let turned: Vec<String> = given.iter().rev().cloned().collect();
    for expected in [&given, &turned, &given] {
        page.click_nth("[data-testid=results] th[aria-sort] button", 0).await;
        assert_eq!(&clients(&page), expected);
    }
    // The third press left them as they were given: the next is a first one.
    let sorted = page.elements("[data-testid=results] th[aria-sort]");
    assert!(sorted.iter().all(|head| head.get_attribute("aria-sort").as_deref() == Some("none")));
}

#[wasm_bindgen_test]
async fn rows_are_ordered_by_the_connections_they_opened() {
    let page = done("clients=xhr,ky,axios&lifecycle=reused&rounds=2&n=20").await;
    let opened = || page.all("[data-testid=results] tbody [data-label='Connections new']");
    let heads = page.all("[data-testid=results] th[aria-sort]");
    let new = heads.iter().position(|head| head.trim() == "new").unwrap();
    for expected in [["1", "2", "3"], ["3", "2", "1"]] {
        page.click_nth("[data-testid=results] th[aria-sort] button", new).await;
        assert_eq!(opened(), expected);
    }
}

#[wasm_bindgen_test]
async fn each_client_is_compared_with_itself() {
    let page = done("clients=gloo-net,js-fetch&n=10&rounds=6").await;
    let compared = page.report().lifecycles;
    let rows = page.elements("[data-testid=lifecycles] tbody tr");
    assert_eq!((compared.len(), rows.len()), (2, 2));
    for ((row, compared), client) in rows.iter().zip(&compared).zip(["gloo-net", "js-fetch"]) {
        let cells = cells(row);
        assert!(cells[0].starts_with(client) && compared.candidate.starts_with(client), "{cells:?}");
        let shown: f64 = cells[3].split(' ').next().unwrap().parse().unwrap();
        // It is written with two decimals at least.
        assert!((shown - compared.ratio.unwrap()).abs() < 0.006, "{cells:?} is not {compared:?}");
    }
}

#[wasm_bindgen_test]
async fn the_parts_of_a_request_add_up() {
    let page = done("clients=js-fetch&n=5&rounds=3&pacing=sequential").await;
    page.unfold().await;
    page.get_once("phases").await;
    let heads = page.all("[data-testid=phases] thead th");
    let cells = cells(&page.elements("[data-testid=phases] tbody tr")[0]);
    let ms = |cell: &String| cell.parse::<f64>().unwrap_or(0.0);
    let first_byte = heads.iter().position(|head| head == "until the first byte").unwrap();
    assert!(ms(&cells[first_byte]) > 9.0, "{heads:?} {cells:?}");
    assert_eq!(cells.last().map(String::as_str), Some("15"));
    let sum: f64 = cells[1..cells.len() - 1].iter().map(ms).sum();
    let mean = page.report().variants[0].latency_ms.as_ref().unwrap().mean;
    // Each is written with one decimal at least.
    assert!((sum - mean).abs() < 0.3, "{sum} of {mean}: {heads:?} {cells:?}");
}

#[wasm_bindgen_test]
async fn where_most_fail_the_answer_says_so() {
    let mut report = measured("url=/x&clients=js-fetch:reused&n=10&rounds=2");
    let row = &mut report.variants[0];
    for round in &mut row.rounds {
        (round.ok, round.failed) = (3, 7);
    }
    (row.requests.ok, row.requests.failed) = (6, 14);
    row.errors = [(ErrorClass::Http4xx, 14)].into();
    let page = Page::open("", FakeEngine::default()).await;
    browser::drop_files(&[("report.json", &json(&report))]);
    page.text_once("answer", "though only 6 of 20 requests succeeded").await;
    page.click("ko").await;
    page.text_once("answer", "요청 20개 중 6개만 성공했습니다").await;
}

#[wasm_bindgen_test]
async fn evidence_and_date_are_told_in_the_reader_s_language() {
    let mut report = measured("url=/x&clients=js-fetch:reused&n=10&rounds=2");
    // At noon it is the same day in all but a few zones.
    report.started_at = "2026-01-02T12:00:00.000Z".to_owned();
    let page = Page::open("", FakeEngine::default()).await;
    browser::drop_files(&[("report.json", &json(&report))]);
    page.get_once("opened").await;
    for (language, day, evidence) in [
        ("en", "Jan 2, 2026, ", "the server's own numbering (20)"),
        ("ko", "2026. 1. 2. ", "서버가 매긴 번호 (20)"),
    ] {
        page.click(language).await;
        let told = page.text_once("environment", day).await;
        assert!(told.contains(evidence), "{told}");
        // The list of what is kept, and the names of its buttons for who cannot see them.
        page.text_once("kept", day).await;
        let name = page.get("open-kept").get_attribute("aria-label").unwrap();
        assert!(name.contains(day), "{name}");
    }
}

#[wasm_bindgen_test]
async fn rows_from_outside_are_marked_even_where_the_client_is_unknown() {
    let mut report = measured("url=/x&clients=js-fetch,xhr&lifecycle=reused&n=10&rounds=2");
    // A report says itself what ran its rows: a later one may have clients that this page has not heard of.
    let row = &mut report.variants[1];
    (row.runtime, row.client, row.thread) = (Runtime::Python, "requests-of-tomorrow".to_owned(), None);
    report.environment.runtimes = vec![RuntimeReport {
        name: Runtime::Python,
        version: "3.99.1".to_owned(),
        libraries: [("requests".to_owned(), "9.8.7".to_owned())].into(),
    }];
    let page = Page::open("", FakeEngine::default()).await;
    browser::drop_files(&[("report.json", &json(&report))]);
    for (language, marked) in
        [("en", "requests-of-tomorrow (Python)"), ("ko", "requests-of-tomorrow (파이썬)")]
    {
        page.click(language).await;
        let environment = page.text_once("environment", "3.99.1").await;
        assert!(environment.contains("requests 9.8.7"), "{environment}");
        page.text_once("results", marked).await;
        let rows = clients(&page);
        assert!(rows[0].contains("js-fetch") && !rows[0].contains('('), "{rows:?}");
    }
}

#[wasm_bindgen_test]
async fn nothing_in_a_report_is_taken_for_anything_but_text() {
    let hostile = "<img src=x onerror=\"globalThis.taken=1\"></svg><script>globalThis.taken=1</script>";
    let mut report = measured("url=/x&n=7&rounds=2");
    report.environment.user_agent = hostile.into();
    report.scenario.target.url = format!("javascript:{hostile}");
    report.started_at = hostile.into();
    for variant in &mut report.variants {
        variant.client = hostile.into();
        variant.errors = [(ErrorClass::Network, 1)].into();
        variant.error_messages = [(ErrorClass::Network, vec![hostile.into()])].into();
    }
    report.environment.protocols = [(hostile.to_owned(), 1)].into();
    let page = Page::open("", FakeEngine::default()).await;
    browser::drop_files(&[("hostile.json", &json(&report))]);
    page.get_once("opened").await;
    page.unfold().await;
    assert!(page.text("answer").contains("<img src=x"), "{}", page.text("answer"));
    assert!(page.elements("img:not(.logo), script").is_empty());
    let taken = fetchmark_page::js::property(&js_sys::global(), "taken");
    assert!(taken.is_none());
}
