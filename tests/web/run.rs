//! A run: started, watched, stopped, failed.

use crate::support::{FakeEngine, Page, browser, engine::all_failed, events};
use leptos::{prelude::window, task::tick};
use wasm_bindgen_test::wasm_bindgen_test;

async fn running(query: &str) -> (Page, FakeEngine) {
    let engine = FakeEngine::holding();
    let page = Page::open(query, engine.clone()).await;
    page.click("run").await;
    page.get_once("progress").await;
    page.until("a run", || engine.runs() == 1).await;
    (page, engine)
}

/// Whether the upper edge of the element with this test id is in view.
fn is_in_view(page: &Page, test_id: &str) -> bool {
    let height = window().inner_height().unwrap().as_f64().unwrap();
    page.find(test_id).is_some_and(|element| {
        let top = element.get_bounding_client_rect().top();
        (0.0..height).contains(&top)
    })
}

#[wasm_bindgen_test]
async fn a_run_shows_progress_and_then_answer_and_table() {
    let (page, engine) = running("?url=/x").await;
    page.text_once("stop", "Stop").await;
    assert_eq!(page.state().as_deref(), Some("running"));
    assert_eq!(page.get("progress").get_attribute("max").as_deref(), Some("1000"));
    page.until("the block", || page.body().contains("Block 1 of 10: gloo-net, fresh")).await;
    // With it goes how fast that is.
    assert!(page.text("pace").contains(char::is_numeric), "{}", page.text("pace"));
    assert_eq!(events::progress(&["rounds_done", "rounds_total", "left_ms"]), [4.0, 33.0, 2_900.0]);
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
    assert!(page.find("progress").is_none());

    let rows = page.all("[data-testid=results] tbody tr");
    assert_eq!(rows.len(), 3);
    for figure in ["152", "655", "78.2", "1,000", "baseline"] {
        assert!(rows[0].contains(figure), "{figure} in {}", rows[0]);
    }
    assert!(rows[1].contains("1.03") && rows[1].contains("0.99–1.08"), "{}", rows[1]);
    assert!(
        page.text("headline").starts_with("js-fetch is faster than gloo-net"),
        "{}",
        page.text("headline")
    );
    let answer = page.text("answer");
    for figures in ["js-fetch, reused 0.90×", "gloo-net, fresh 1.03× (0.99–1.08)"] {
        assert!(answer.contains(figures), "{figures} in {answer}");
    }
    assert!(page.text("validity").contains("The tab was hidden during 2 rounds"));
    assert!(page.text("environment").contains("http/1.1 (3,000)"));
    assert!(page.find("copy-link").is_some() && page.find("download-json").is_some());
    assert_eq!(page.text("run"), "Run again");
}

#[wasm_bindgen_test]
async fn the_rows_are_ranked_while_the_run_is_under_way() {
    let (page, engine) = running("?url=/x").await;
    page.text_once("live-ranking", "152").await;
    let rows = page.all("[data-testid=live-ranking] tbody tr");
    // Fastest first; what fails is no faster for being quick to fail.
    for (row, figures) in rows.iter().zip([&["js-fetch", "140"][..], &["152"], &["90.5", "50", "100"]]) {
        assert!(figures.iter().all(|figure| row.contains(figure)), "{figures:?} in {row}");
    }
    // How rows compare is not said before it is known, and nobody is interrupted by what changes.
    assert!(page.elements(".run-panel .verdict-chip, .run-panel [aria-live]").is_empty());
    for (language, title) in [
        ("en", "Ranking so far Total time for 100 requests: median of 1 round, 95% interval."),
        ("ko", "중간 순위 요청 100개의 전체 시간: 라운드 1개의 중앙값과 95% 신뢰 구간."),
    ] {
        page.click(language).await;
        assert_eq!(page.all("[data-testid=live-ranking] caption"), [title]);
    }
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
    assert!(page.find("live-ranking").is_none() && page.find("ranking").is_some());
}

#[wasm_bindgen_test]
async fn at_a_rate_there_is_nothing_to_rank() {
    let (page, _) = running("?url=/x&pacing=rate&rate=50").await;
    page.text_once("pace", "requests").await;
    assert!(page.find("live-ranking").is_none());
}

#[wasm_bindgen_test]
async fn the_number_of_blocks_is_shown_where_it_is_known() {
    let (page, engine) = running("?url=/x&rounds=auto").await;
    page.until("the block", || page.body().contains("Block 1: gloo-net, fresh")).await;
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
}

#[wasm_bindgen_test]
async fn stop_keeps_what_was_finished() {
    let (page, _) = running("?url=/x").await;
    page.click("stop").await;
    assert_eq!(page.settled_state().await, "done");
    assert!(page.text("answer").contains("The run was stopped after 3 finished rounds."));
}

#[wasm_bindgen_test]
async fn escape_stops_unless_it_ends_composing() {
    let (page, _) = running("?url=/x").await;
    // What the person waits for is in view, below a form that is longer than the screen.
    page.until("progress in view", || is_in_view(&page, "progress")).await;
    browser::press_composing(&page.get("stop"), "Escape");
    tick().await;
    assert_eq!(page.text("stop"), "Stop");
    browser::press(&page.get("stop"), "Escape");
    assert_eq!(page.settled_state().await, "done");
    assert_eq!(page.report().ending.word(), "stopped");
    page.until("an answer in view", || is_in_view(&page, "answer")).await;
}

#[wasm_bindgen_test]
async fn a_failure_is_a_sentence() {
    let page = Page::open("?url=/x&autorun", FakeEngine::failing("The worker ended.")).await;
    assert_eq!(page.settled_state().await, "failed");
    assert!(page.text("run-error").contains("The worker ended."));
    assert!(page.find("results").is_none());
}

#[wasm_bindgen_test]
async fn failed_requests_are_explained_with_the_browser_s_own_words() {
    let page = Page::open("?url=/x&autorun", FakeEngine::reporting(all_failed())).await;
    assert_eq!(page.settled_state().await, "done");
    let answer = page.text("answer");
    let expected = "3,000 of 3,000 requests failed: “Failed to fetch”: no readable response";
    assert!(answer.contains(expected), "{answer}");
    assert!(answer.contains("gloo-net, fresh. One of them has no successful request"), "{answer}");
}

#[wasm_bindgen_test]
async fn nothing_from_outside_becomes_markup() {
    let engine = FakeEngine::failing("<img src=x onerror=alert(1)>");
    let page = Page::open("?url=/x&<b>bold</b>=1", engine).await;
    page.type_into("url", "<i>x</i>").await;
    page.type_into("url", "/x").await;
    page.click("run").await;
    assert_eq!(page.settled_state().await, "failed");
    assert!(page.text_once("run-error", "<img src=x").await.contains("onerror"));
    assert_eq!(page.all("b, i, img[src=x]").len(), 0);
}
