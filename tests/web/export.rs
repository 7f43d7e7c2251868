use crate::support::{FakeEngine, Page, browser, json};
use fetchmark_core::{export::Format, report::Report, scenario::params::Language};
use fetchmark_text::export::export;
use wasm_bindgen_test::wasm_bindgen_test;

async fn saved(page: &Page, name: &str) -> String {
    loop {
        if let Some(text) = browser::saved(name).await {
            return text;
        }
        page.drawn().await;
    }
}

async fn copied(page: &Page, test_id: &str) -> String {
    let before = browser::copied();
    page.click(test_id).await;
    page.until("a copy", || browser::copied() != before).await;
    browser::copied().unwrap()
}

#[wasm_bindgen_test]
async fn the_figures_can_be_taken_along_in_every_form() {
    let page = Page::measured("url=/x&rounds=3&n=20").await;
    let report = page.report();
    page.click("download-json").await;
    let whole = saved(&page, "fetchmark-report.json").await;
    assert_eq!(Report::from_json(&whole).unwrap(), report);
    for (button, format) in [("download-csv", Format::Csv), ("download-hdr", Format::Hdr)] {
        page.click(button).await;
        let saved = saved(&page, &format!("fetchmark-report.{}", format.extension())).await;
        assert_eq!(saved, export(&report, format, &[], Language::English).unwrap(), "{format}");
    }
    assert_eq!(
        copied(&page, "copy-markdown").await,
        export(&report, Format::Markdown, &[], Language::English).unwrap()
    );
    let table = copied(&page, "copy-table").await;
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), report.variants.len() + 1);
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{lines:?}");
    let column = |name: &str| lines[0].iter().position(|head| *head == name).unwrap();
    for (line, row) in lines[1..].iter().zip(&report.variants) {
        assert_eq!((line[column("id")], line[column("thread")]), (row.id.as_str(), "worker"));
        assert_eq!(line[column("ok")], row.requests.ok.to_string());
        let reason = report.comparison_of(&row.id).map(|compared| compared.reason_code.to_string());
        assert_eq!(line[column("reason")], reason.unwrap_or_default());
    }
}

#[wasm_bindgen_test]
async fn what_exports_may_not_load_at_once() {
    let page = Page::measured("url=/x&rounds=3&n=20").await;
    page.tools.set_missing(true);
    for button in ["download-csv", "copy-markdown", "copy-report-link"] {
        page.click(button).await;
        page.until("a sentence", || page.body().contains("could not be used (offline)")).await;
        page.click("copy-link").await;
        page.until("another sentence", || !page.body().contains("could not be used")).await;
    }
    page.tools.set_missing(false);
    assert!(copied(&page, "copy-markdown").await.starts_with("**"));
}

#[wasm_bindgen_test]
async fn without_a_clipboard_the_page_says_what_to_do() {
    let page = Page::measured("url=/x&rounds=2&n=10").await;
    browser::set_clipboard(false);
    for (button, advice) in [("copy-link", "The link is selected"), ("copy-markdown", "Download the file")] {
        page.click(button).await;
        page.until(advice, || page.body().contains(advice)).await;
    }
    assert_eq!(browser::copied(), None);
}

#[wasm_bindgen_test]
async fn all_that_is_kept_is_saved_newest_first() {
    let page = Page::measured("url=/x&n=7&rounds=2").await;
    let older = page.report();
    page.run_to_end().await;
    let newer = page.report();
    page.click("export-history").await;
    let history = saved(&page, "fetchmark-history.json").await;
    assert_eq!(serde_json::from_str::<Vec<Report>>(&history).unwrap(), [newer.clone(), older.clone()]);
    // It opens as its newest report, whichever way round it is.
    for list in [[&newer, &older], [&older, &newer]] {
        let page = Page::open("", FakeEngine::default()).await;
        let file = format!("[{},{}]", json(list[0]), json(list[1]));
        browser::choose(&page.get("report-file"), &[("history.json", &file)]);
        page.get_once("opened").await;
        page.state_once("done").await;
        assert_eq!(page.report(), newer);
        page.count_once("open-kept", 2).await;
    }
}
