//! Rows that no browser runs, in the same blocks and the same report as the browser's.

use fetchmark_core::{factors::Thread, report::Runtime};
use fetchmark_e2e::prelude::*;

in_each_browser!(rounds_outside_are_counted_as_the_lab_counts_them);
async fn rounds_outside_are_counted_as_the_lab_counts_them(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    for thread in [Thread::Worker, Thread::Main] {
        site.lab.reset();
        let scenario = json!({
            "target": { "url": "/lab/ping?{n}" }, "clients": ["js-fetch:reused", "requests:reused"], "n": 8,
            "rounds": 6, "warmup": 1, "thread": thread.word(),
        });
        let measured = library.measure_beside(scenario, None).await?;
        let orders = measured.orders.clone();
        let (report, _) = measured.whole()?;
        assert_eq!(report.variants.len(), 2);
        let (page, python) = (&report.variants[0], &report.variants[1]);
        assert_eq!((page.runtime, python.runtime), (Runtime::Browser, Runtime::Python));
        assert_eq!((page.requests.ok, python.requests.ok, python.warmup.requests.ok), (48, 48, 8));
        assert_eq!(site.lab.sockets().requests, 2 * (48 + 8));
        let labelled = python.connections.reused + python.connections.new;
        assert_eq!((labelled, python.unjoined, python.phases_ms.len()), (48, 0, 0));
        assert_eq!(report.comparisons[0].blocks, 6);
        assert_eq!(report.environment.runtimes[0].version, "3.11.7");
        // Asked for in the order of the schedule, with the address as Python needs it.
        assert_eq!(orders.len(), 7);
        for order in &orders {
            assert_eq!((order.row.as_str(), order.n, order.concurrency), ("requests:reused", 8, 1));
            assert_eq!(order.url, format!("{}/lab/ping?{{n}}", site.lab.http_url()));
            assert_eq!(order.first_serial % 8, 0);
        }
    }
    Ok(())
}

in_chromium!(an_outside_that_dies_ends_the_run_and_loses_no_finished_round);
async fn an_outside_that_dies_ends_the_run_and_loses_no_finished_round(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    let scenario = json!({ "clients": ["js-fetch:reused", "requests:reused"], "n": 4, "rounds": 9, "target": { "url": "/lab/ping" } });
    let measured = library.measure_beside(scenario.clone(), Some(5)).await?;
    assert_eq!(measured.code.as_deref(), Some("outside-failed"));
    let sentence = measured.error.unwrap_or_default();
    let parts = ["requests", "The Python clients were ended."];
    assert!(parts.iter().all(|part| sentence.contains(part)), "{sentence}");
    let report = measured.report.context("the finished rounds are lost")?;
    assert_eq!(report.variants[1].rounds.len(), 4, "five rounds, one of them to warm up");
    // Without anybody outside there is nothing to begin.
    let refused = library.try_to_measure(scenario).await?;
    assert_eq!((refused.code.as_deref(), refused.rounds.len()), (Some("bad-scenario"), 0));
    Ok(())
}
