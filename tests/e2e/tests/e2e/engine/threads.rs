//! Rows on the page's own thread beside rows in a worker, in one run.

use fetchmark_core::{
    report::{Report, VariantReport, validity::FindingCode},
    scenario::factors::{Pacing, Thread},
};
use fetchmark_e2e::prelude::*;

/// Holds the page's thread for 120 ms of each 150.
const BUSY: &str = "setInterval(() => {
    const until = performance.now() + 120;
    while (performance.now() < until);
}, 150);";

/// How often this was found of a row.
fn count(report: &Report, row: &str, code: FindingCode) -> u64 {
    let mut findings = report.validity.iter();
    let found = findings.find(|finding| finding.code == code && finding.variant.as_deref() == Some(row));
    found.map_or(0, |finding| finding.count)
}

in_chromium_and_firefox!(every_client_is_measured_on_either_thread_it_can_be_on);
async fn every_client_is_measured_on_either_thread_it_can_be_on(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let scenario = json!({
        "target": { "url": "/lab/ping" }, "clients": all_clients(), "thread": ["worker", "main"],
        "n": 15, "rounds": 2, "concurrency": [3],
    });
    let (report, rounds) = site.measure(browser, scenario).await?;
    let step_ms = 2.0 * report.environment.timer_step_ms;
    // xhr-sync, reused and fresh, holds its thread: no page lets it.
    assert_eq!(report.variants.len(), 2 * (2 * all_clients().len() - 1));
    assert_ok(&report, 30);
    for (index, row) in report.variants.iter().enumerate() {
        assert_eq!(row.rounds.len(), 2, "{}", row.id);
        let first = rounds.iter().find(|round| round.variant == index);
        assert_eq!((row.unjoined, row.warmup.connections.unknown), (0, 0), "{}: {first:#?}", row.id);
        assert_eq!(row.thread == Some(Thread::Main), row.id.ends_with(":main"), "{}", row.id);
        // Each thread has a clock of its own: a round's times are all of one.
        for round in rounds.iter().filter(|round| round.variant == index) {
            let first = round.samples.first().map(|sample| sample.called_ms).context("no request")?;
            let within = first - step_ms..=first + round.wall_ms + step_ms;
            for sample in &round.samples {
                assert!(within.contains(&sample.ended_ms), "{}: {sample:?}", row.id);
                let started = sample.started_ms.context("no entry")?;
                assert!(within.contains(&started), "{}: {sample:?}", row.id);
            }
        }
    }
    Ok(())
}

in_chromium_and_firefox!(what_a_busy_page_holds_up_is_found);
async fn what_a_busy_page_holds_up_is_found(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    browser.client.execute(BUSY, vec![]).await?;
    // How much slower the page's own rows are is the machine's affair.
    let scenario = json!({
        "target": { "url": "/lab/ping" }, "clients": ["js-fetch:reused"], "thread": ["worker", "main"], "n": 60,
        "rounds": 3, "concurrency": [6], "pacing": ["concurrent", "rate"], "rate": 100,
    });
    let (report, _) = library.measure(scenario).await?;
    for (pacing, code) in
        [(Pacing::Concurrent, FindingCode::LongTasks), (Pacing::Rate, FindingCode::LateSends)]
    {
        let is_it = |row: &&VariantReport| row.pacing == pacing && row.thread == Some(Thread::Main);
        let on_page = report.variants.iter().find(is_it).context("no row on the page's thread")?;
        assert!(count(&report, &on_page.id, code) > 0, "{:?}", report.validity);
    }
    let long_tasks = |thread| -> u64 {
        let rows = report.variants.iter().filter(|row| row.thread == Some(thread));
        rows.map(|row| count(&report, &row.id, FindingCode::LongTasks)).sum()
    };
    // A worker is held up only by what else the machine does.
    let (on_page, in_worker) = (long_tasks(Thread::Main), long_tasks(Thread::Worker));
    assert!(on_page > in_worker, "{on_page} on the page, {in_worker} in the worker: {:?}", report.validity);
    Ok(())
}
