use crate::support::{FakeEngine, Page, browser, measured};
use fetchmark_core::{
    fleet::merge,
    report::{CommonTime, Ending, Report, link},
};
use wasm_bindgen_test::wasm_bindgen_test;

/// Merged from three sessions, each half as slow again as the one before. The last was lost.
fn merged() -> Report {
    let session = |by: f64, ending: Ending| {
        let mut report = measured("url=/x&clients=xhr,ky&lifecycle=reused&n=10&rounds=6");
        "2026-01-02T12:00:00.000Z".clone_into(&mut report.started_at);
        report.ending = ending;
        report.environment.user_agent = "Mozilla/5.0 Gecko/20100101 Firefox/153.0".to_owned();
        for row in &mut report.variants {
            row.round_median_ms = row.round_median_ms.map(|ms| by * ms);
            row.rounds.iter_mut().for_each(|round| round.wall_ms *= by);
        }
        report
    };
    let sessions = [(1.0, Ending::Complete), (1.5, Ending::Complete), (2.25, Ending::Failed)]
        .map(|(by, end)| session(by, end));
    let mut report = merge(&sessions).unwrap();
    report.common_time = Some(CommonTime { ms: 2_000.0, requests: 300, requests_per_second: 150.0 });
    report
}

/// How far the dots of a row of the ranking stand from the left, in %.
fn dots(page: &Page, row: usize) -> Vec<f64> {
    let row = &page.elements("[data-testid=ranking] tbody tr")[row];
    let dots = row.query_selector_all(".ranking-dot").unwrap();
    let left = |at: u32| {
        let style = wasm_bindgen::JsCast::unchecked_into::<web_sys::Element>(dots.get(at).unwrap());
        let style = style.get_attribute("style").unwrap();
        style.split("left:").nth(1).unwrap().split('%').next().unwrap().trim().parse().unwrap()
    };
    (0..dots.length()).map(left).collect()
}

#[wasm_bindgen_test]
async fn a_merged_report_shows_a_dot_and_a_row_for_each_session() {
    let report = merged();
    let page = Page::showing(&report).await;
    for row in [0, 1] {
        let dots = dots(&page, row);
        assert_eq!(dots.len(), 3, "{dots:?}");
        // Rounded to a tenth of a percent.
        assert!(
            (dots[1] / dots[0] - 1.5).abs() < 0.01 && (dots[2] / dots[0] - 2.25).abs() < 0.01,
            "{dots:?}"
        );
    }
    assert!(page.text("ranking").contains("A dot is the median of one session."));
    assert!(page.text("common-time").contains("300 requests succeeded: 150 per second"));
    let heads = page.all("[data-testid=session-medians] thead th");
    assert_eq!(heads[1..], ["session-1", "session-2", "session-3"]);
    let list = page.all("[data-testid=session-list] tbody tr");
    assert_eq!(list.len(), 3);
    assert!(list[2].contains("Firefox 153") && list[2].ends_with("lost"), "{list:?}");
    assert!(page.text("validity").contains("session-3"), "{}", page.text("validity"));
    page.get_once("plot-rounds").await;
    page.unfold().await;
    let blocks = || page.all("section[aria-labelledby=rounds-title] tbody th");
    page.until("a table of rounds", || !blocks().is_empty()).await;
    assert_eq!((blocks().len(), blocks()[6].as_str()), (18, "1 (session-2)"));
    page.click("ko").await;
    page.text_once("sessions", "세션 3개를 합쳤습니다.").await;
    assert!(page.all("[data-testid=session-list] tbody tr")[2].ends_with("끊김"));
}

#[wasm_bindgen_test]
async fn links_and_history_keep_the_sessions() {
    let report = merged();
    let page = Page::showing(&report).await;
    page.count_once("open-kept", 1).await;
    // One of its sessions is another report, though it began and ended with it.
    let single = measured("url=/x&clients=xhr,ky&lifecycle=reused&n=10&rounds=6");
    let single = Report { started_at: report.started_at.clone(), duration_ms: report.duration_ms, ..single };
    browser::drop_files(&[("single.json", &crate::support::json(&single))]);
    page.count_once("open-kept", 2).await;
    assert!(page.find("sessions").is_none());
    drop(page);
    let address = format!("/#report={}", link::pack(&report).unwrap());
    let page = Page::reopen(&address, FakeEngine::default()).await;
    page.get_once("sessions").await;
    page.count_once("open-kept", 2).await;
    assert_eq!(page.report().sessions.len(), 3);
    page.click("keep-baseline").await;
    page.until("a baseline", || page.is_pressed("keep-baseline")).await;
    browser::drop_files(&[("single.json", &crate::support::json(&single))]);
    page.text_once("differences", "Different numbers of sessions: 3 → 1").await;
}
