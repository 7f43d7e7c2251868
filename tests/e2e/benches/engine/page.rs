//! Whether the page disturbs what it shows: rounds with the page visible against rounds of the engine alone, and the longest task
//! on the page's own thread during a long run.

use crate::stage::Stage;
use anyhow::Result;
use fetchmark_core::report::Report;
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Limit, Verdict},
        progress::Progress,
        ratio::Ratio,
        table::Table,
        times::{median, worst},
    },
    page::Page,
};
use serde_json::{Value, json};

/// Pairs of runs: one with the page, one without.
const PAIRS: u32 = 40;

/// Rounds of 100 requests in each run.
const ROUNDS: u32 = 12;

/// The most that the page may add to a round.
const LIMIT: f64 = 1.02;

/// The longest a task on the page's thread may be, in ms.
const LONGEST_TASK_MS: f64 = 50.0;

/// Gathers tasks of over 50 ms, the shortest that browsers tell of, on the page's thread.
const WATCH: &str = "
    globalThis.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ type: 'longtask' });
";

fn scenario(n: u32, rounds: u32) -> Value {
    json!({
        "target": { "url": "/lab/ping" }, "clients": ["js-fetch:reused"], "n": n, "concurrency": [6], "rounds": rounds,
    })
}

/// Measures and gives the tables.
pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let alone = format!("{}/bench/verdicts.html", stage.lab.http_url());
    let pairs = stage.options.count(PAIRS, 2);
    let mut times: Vec<[f64; 2]> = Vec::new();
    let mut progress = Progress::begin();
    for pair in 0..pairs {
        let mut pair_of = [0.0; 2];
        // The order turns, so that neither has the warmer browser.
        for half in [pair % 2, 1 - pair % 2] {
            let report: Report = if half == 0 {
                Page::open(&stage.browser, &stage.lab.http_url()).await?.run(scenario(100, ROUNDS)).await?
            } else {
                stage.browser.client.goto(&alone).await?;
                stage.call("run", scenario(100, ROUNDS)).await?
            };
            let walls = report.variants.iter().flat_map(|row| &row.rounds).map(|round| round.wall_ms);
            pair_of[half as usize] = median(walls).unwrap_or(f64::NAN);
        }
        times.push(pair_of);
        stage.write(json!({ "pairs_page_and_alone_ms": times }))?;
        progress.say(format!("{} of {pairs} pairs", pair + 1));
    }
    let tasks = long_run(stage).await?;
    stage.write(json!({ "pairs_page_and_alone_ms": times, "tasks_over_50_ms": tasks }))?;
    let seen = Ratio::of(times.iter().map(|pair| (pair[0], pair[1])));
    let [page, alone] =
        [0, 1].map(|half| format!("{:.2}", median(times.iter().map(|pair| pair[half])).unwrap_or(f64::NAN)));
    let ratio = seen.map_or_else(|| "fewer than two pairs".to_owned(), |ratio| ratio.to_string());
    let mut table = Table::new(["", "page visible (ms)", "engine alone (ms)", "ratio"]);
    table.push(["a round of 100".to_owned(), page, alone, ratio]);
    let mut goals = Goals::default();
    goals.push_ratio("page visible ÷ engine alone", Limit::of(LIMIT), seen);
    let longest = worst(tasks.iter().copied());
    let told = longest.map_or_else(
        || "none".to_owned(),
        |longest| format!("{} tasks, longest {longest:.0} ms", tasks.len()),
    );
    let what = "tasks of over 50 ms on the page's thread, 100,000 requests";
    goals.push(what, "none", &told, Verdict::of(longest <= Some(LONGEST_TASK_MS)));
    Ok(format!("{pairs} pairs of runs.\n\n{table}\n{goals}"))
}

/// The tasks of over 50 ms during a run of 100,000 requests, from its start by the page's own API to the shown report.
async fn long_run(stage: &Stage) -> Result<Vec<f64>> {
    let page = Page::open(&stage.browser, &stage.lab.http_url()).await?;
    page.settled().await?;
    page.evaluate(WATCH).await?;
    page.run(scenario(1_000, stage.options.count(100, 2))).await?;
    page.settled().await?;
    Ok(serde_json::from_value(page.evaluate("return tasks").await?)?)
}
