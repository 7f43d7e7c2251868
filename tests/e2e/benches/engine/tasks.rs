//! Whether the page stays smooth: the longest tasks on its own thread while it shows a long run of several rows.

use crate::stage::Stage;
use anyhow::Result;
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Verdict},
        times::worst,
    },
    page::Page,
};
use serde_json::json;

/// Requests in each round.
const N: u32 = 500;

/// Blocks: with eight rows and [`N`] they come to 100,000 requests, warm-up aside.
const BLOCKS: u32 = 25;

/// Gathers tasks of over 50 ms, the shortest that browsers report, on the page's thread.
const WATCH: &str = "
    globalThis.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ type: 'longtask' });
";

/// Measures from the start of the run, by the page's own API, until the report is shown, and gives the table.
pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let page = Page::open(&stage.browser, &stage.lab.http_url()).await?;
    page.settled().await?;
    page.evaluate(WATCH).await?;
    let report = page
        .run(json!({
            "target": { "url": "/lab/ping" }, "clients": ["gloo-net", "js-fetch", "xhr", "ky"],
            "lifecycle": ["reused", "fresh"], "n": N, "concurrency": [6],
            "rounds": stage.options.count(BLOCKS, 2),
        }))
        .await?;
    page.settled().await?;
    let tasks: Vec<f64> = serde_json::from_value(page.evaluate("return tasks").await?)?;
    stage.write(json!({ "tasks_over_50_ms": tasks }))?;
    let requests: u64 = report.variants.iter().map(|row| row.requests.issued).sum();
    let longest = worst(tasks.iter().copied());
    let some = |longest| format!("{}, the longest {longest:.0} ms", tasks.len());
    let seen = longest.map_or_else(|| "none".to_owned(), some);
    let mut goals = Goals::default();
    goals.push("tasks of over 50 ms on the page's thread", "none", &seen, Verdict::of(longest.is_none()));
    let (rows, seconds) = (report.variants.len(), report.duration_ms / 1_000.0);
    Ok(format!("{requests} requests in {rows} rows and {seconds:.0} s.\n\n{goals}"))
}
