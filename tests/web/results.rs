//! What came of a run, in words and figures.

use crate::support::{Page, browser, measured};
use fetchmark_core::{
    compare::{self, Reason},
    report::RuntimeReport,
    samples::sample::ErrorClass,
    scenario::factors::Runtime,
};
use wasm_bindgen_test::wasm_bindgen_test;

async fn done(query: &str) -> Page {
    Page::measured(&format!("url=/x&{query}")).await
}

fn cells(row: &web_sys::HtmlElement) -> Vec<String> {
    let cells = row.query_selector_all("th, td").unwrap();
    (0..cells.length()).map(|place| cells.get(place).unwrap().text_content().unwrap()).collect()
}

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

/// The rows of the ranking: client, time, ratio and verdict.
fn ranking(page: &Page) -> Vec<Vec<String>> {
    page.elements("[data-testid=ranking] tbody tr").iter().map(cells).collect()
}

#[wasm_bindgen_test]
async fn rows_are_ranked_and_compared_with_the_row_chosen() {
    // Each takes longer than the one before.
    let page = done("clients=xhr,ky,axios&lifecycle=reused&rounds=6&n=20").await;
    let rows = ranking(&page);
    let clients = |rows: &[Vec<String>]| rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>();
    assert_eq!(clients(&rows), ["xhr", "ky", "axios"]);
    assert_eq!((rows[0][2].as_str(), rows[0][3].as_str()), ("", "baseline"));
    assert!(page.text("answer").contains("Compared with “xhr”:"), "{}", page.text("answer"));
    assert!(!page.body().contains("chosen after the run"));
    let report = page.report();
    let axios = &report.variants[2].id;
    page.type_into("ranking-baseline", "2").await;
    page.text_once("ranking", "Compared with “axios”:").await;
    assert!(page.body().contains("chosen after the run"));
    let rows = ranking(&page);
    assert_eq!(clients(&rows), ["xhr", "ky", "axios"]);
    assert_eq!(rows[2][3], "baseline");
    for (row, compared) in rows.iter().zip(compare::compare_with(&report, axios).unwrap()) {
        let shown: f64 = row[2].split('×').next().unwrap().parse().unwrap();
        assert!((shown - compared.ratio.unwrap()).abs() < 0.006, "{row:?} is not {compared:?}");
    }
}

#[wasm_bindgen_test]
async fn the_ranking_has_groups_and_explains_missing_times() {
    let query = "url=/x&clients=xhr,ky&lifecycle=reused&pacing=sequential,concurrent&n=10&rounds=6";
    let mut report = measured(query);
    let row = report.variants.last_mut().unwrap();
    (row.requests.failed, row.requests.ok) = (row.requests.ok, 0);
    (row.round_median_ms, row.round_interval_ms) = (None, None);
    let page = Page::showing(&report).await;
    let rows = ranking(&page);
    assert_eq!([rows[0].len(), rows[3].len()], [1, 1], "{rows:?}");
    // What the group has in common is in no row.
    assert_eq!(["xhr", "ky"].map(|client| rows.iter().filter(|row| row[0] == client).count()), [2, 2]);
    let without =
        rows.iter().find(|row| row.get(1).is_some_and(|time| time.contains("no request succeeded")));
    assert!(without.is_some(), "{rows:?}");
}

#[wasm_bindgen_test]
async fn a_row_that_fails_often_is_last_and_says_so() {
    let mut report = measured("url=/x&clients=xhr,ky,axios&lifecycle=reused&n=10&rounds=6");
    let row = &mut report.variants[1];
    for round in &mut row.rounds {
        (round.ok, round.failed) = (3, 7);
    }
    (row.requests.ok, row.requests.failed) = (18, 42);
    row.errors = [(ErrorClass::Http4xx, 42)].into();
    report.comparisons = compare::compare(&report.variants, compare::Criteria::of(&report));
    let page = Page::showing(&report).await;
    for order in ["0", "1", "2"] {
        page.type_into("ranking-order", order).await;
        page.drawn().await;
        let rows = ranking(&page);
        assert_eq!([&rows[0][0], &rows[1][0], &rows[2][0]], ["xhr", "axios", "ky"], "{order}: {rows:?}");
        assert!(rows[2][1].contains("42 of 60 failed"), "{rows:?}");
        assert!(rows[2][2].contains(Reason::FailuresDiffer.sentence()), "{rows:?}");
    }
}

#[wasm_bindgen_test]
async fn rows_that_are_paced_at_a_rate_are_not_ranked() {
    let query = "url=/x&clients=xhr,ky&lifecycle=reused&pacing=rate&rate=100&n=10&rounds=6";
    let mut report = measured(query);
    for latency in report.variants.iter_mut().filter_map(|row| row.latency_ms.as_mut()) {
        latency.quantiles.clear();
    }
    let page = Page::showing(&report).await;
    assert!(page.find("ranking").is_none());
    let said = page.all("section[aria-labelledby=ranking-title] p");
    assert_eq!(said, [Reason::PacedAtRate.sentence()]);
    // Nor is a chart drawn of what the report does not have.
    assert!(page.elements("#percentiles-title").is_empty());
}

#[wasm_bindgen_test]
async fn each_row_of_the_ranking_has_a_name() {
    let page = done("clients=xhr&lifecycle=reused&connection=warm,cold&aa=true&n=10&rounds=4").await;
    let rows: Vec<_> = ranking(&page).into_iter().filter(|row| row.len() > 1).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row[0].starts_with("xhr")), "{rows:?}");
}

#[wasm_bindgen_test]
async fn links_lead_to_each_section() {
    let page = done("clients=xhr,ky&lifecycle=reused&rounds=2&n=20").await;
    let links = page.elements("[data-testid=sections] a");
    assert!(links.len() >= 6, "{}", page.text("sections"));
    for link in links {
        let heading = link.get_attribute("href").unwrap();
        let heading = page.elements(&heading).pop().unwrap();
        link.click();
        page.drawn().await;
        let focused = heading.owner_document().unwrap().active_element().unwrap();
        assert_eq!(focused.id(), heading.id());
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
    page.get_once("phases-figures").await;
    let heads = page.all("[data-testid=phases-figures] thead th");
    let cells = cells(&page.elements("[data-testid=phases-figures] tbody tr")[0]);
    let ms = |cell: &String| cell.parse::<f64>().unwrap_or(0.0);
    let first_byte = heads.iter().position(|head| head == "first byte").unwrap();
    assert!(ms(&cells[first_byte]) > 9.0, "{heads:?} {cells:?}");
    assert_eq!(cells.last().map(String::as_str), Some("15"));
    let sum: f64 = cells[1..cells.len() - 1].iter().map(ms).sum();
    let mean = page.report().variants[0].latency_ms.as_ref().unwrap().mean;
    // Each is written with one decimal at least.
    assert!((sum - mean).abs() < 0.3, "{sum} of {mean}: {heads:?} {cells:?}");
}

#[wasm_bindgen_test]
async fn evidence_and_date_are_in_the_reader_s_language() {
    let mut report = measured("url=/x&clients=js-fetch:reused&n=10&rounds=2");
    // At noon it is the same day in all but a few zones.
    report.started_at = "2026-01-02T12:00:00.000Z".to_owned();
    let page = Page::showing(&report).await;
    for (language, day, evidence) in [
        ("en", "Jan 2, 2026, ", "connection ids from the server (20)"),
        ("ko", "2026. 1. 2. ", "서버의 연결 id (20)"),
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
async fn rows_from_outside_are_marked_even_for_unknown_clients() {
    let mut report = measured("url=/x&clients=js-fetch,xhr&lifecycle=reused&n=10&rounds=2");
    // A report says itself what ran its rows: a later one may have clients that this page has not heard of.
    let row = &mut report.variants[1];
    (row.runtime, row.client, row.thread) = (Runtime::Python, "requests-of-tomorrow".to_owned(), None);
    report.environment.runtimes = vec![RuntimeReport {
        name: Runtime::Python,
        version: "3.99.1".to_owned(),
        libraries: [("requests".to_owned(), "9.8.7".to_owned())].into(),
        blocking: None,
    }];
    let page = Page::showing(&report).await;
    for (language, marked) in
        [("en", "requests-of-tomorrow (Python)"), ("ko", "requests-of-tomorrow (Python)")]
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
    let page = Page::showing(&report).await;
    page.unfold().await;
    assert!(page.text("answer").contains("<img src=x"), "{}", page.text("answer"));
    assert!(page.elements("img:not(.logo), script").is_empty());
    let taken = fetchmark_page::js::property(&js_sys::global(), "taken");
    assert!(taken.is_none());
}

#[wasm_bindgen_test]
async fn every_chart_is_readable_by_keyboard_and_as_a_table() {
    let page = Page::measured("url=/x&preset=concurrency&n=20&rounds=6").await;
    let pictures = page.elements(".plot-canvas");
    assert!(pictures.len() >= 5, "a picture of each kind: {}", pictures.len());
    for canvas in pictures {
        let name = canvas.get_attribute("data-testid").unwrap();
        let figure = canvas.closest("figure").unwrap().unwrap();
        let told = || figure.query_selector(".plot-tip").unwrap().unwrap().text_content().unwrap();
        assert_eq!(told(), "", "{name}");
        browser::press(&canvas, "ArrowRight");
        page.until(&format!("a figure of {name}"), || !told().is_empty()).await;
        let fold = canvas.closest(".card").unwrap().unwrap().query_selector("details.fold").unwrap().unwrap();
        let has_rows = || fold.query_selector("table tbody tr").unwrap().is_some();
        assert!(!has_rows(), "{name}");
        fold.set_attribute("open", "").unwrap();
        page.until(&format!("a table of {name}"), has_rows).await;
    }
}
