//! Whether the page disturbs what it shows: rounds with the page visible against rounds of the engine alone, and the longest task
//! on the page's own thread during a long run.

use crate::{error::Error, machine, options::Options, progress::Progress, stage::Stage};
use fetchmark_core::report::Report;
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Limit, Verdict},
        ratio::Ratio,
        table::Table,
        times::median,
    },
    browser::Browser,
    page::{Page, Ran},
};
use serde_json::{Value, json};
use std::time::Duration;

/// Pairs of runs: one with the page, one without.
const PAIRS: u32 = 40;
const PAIRS_IF_QUICK: u32 = 2;

/// Rounds of 100 requests in each run.
const ROUNDS: u32 = 12;

/// The most that the page may add to a round.
const LIMIT: f64 = 1.02;

/// The longest a task on the page's thread may be, in ms.
const LONGEST_TASK_MS: f64 = 50.0;

/// The longest that a run of 100,000 requests may take on a slow machine.
const LONG_RUN: Duration = Duration::from_secs(1_800);

/// Gathers tasks of over 50 ms, the shortest that browsers tell of, on the page's thread.
const WATCH: &str = "
    globalThis.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ type: 'longtask' });
";

fn scenario(n: u32, rounds: u32) -> Value {
    json!({
        "target": { "url": "/lab/ping" },
        "clients": ["js-fetch"],
        "lifecycle": ["reused"],
        "n": n,
        "concurrency": [6],
        "rounds": rounds,
    })
}

/// Measures and gives the tables.
pub(crate) async fn run(options: &Options) -> Result<String, Error> {
    let stage = Stage::open(Browser::start().await?, "verdicts.html").await?;
    let machine = machine::line(&stage).await?;
    let alone = format!("{}/bench/verdicts.html", stage.lab.http_url());
    let pairs = if options.quick { PAIRS_IF_QUICK } else { PAIRS };
    let mut times: Vec<(f64, f64)> = Vec::new();
    let mut progress = Progress::default();
    for pair in 0..pairs {
        let mut pair_of = [0.0; 2];
        // The order turns, so that neither has the warmer browser.
        for half in [pair % 2, 1 - pair % 2] {
            let report = if half == 0 {
                with_page(&stage).await?
            } else {
                stage.browser.client.goto(&alone).await?;
                stage.call::<Report>("run", scenario(100, ROUNDS)).await?
            };
            let walls = report.variants.iter().flat_map(|row| &row.rounds).map(|round| round.wall_ms);
            pair_of[half as usize] = median(walls).unwrap_or(f64::NAN);
        }
        times.push((pair_of[0], pair_of[1]));
        options.write(&json!({ "pairs_page_and_alone_ms": times }))?;
        progress.say(format!("{} of {pairs} pairs", pair + 1));
    }
    let tasks = long_run(&stage, options.quick).await?;
    options.write(&json!({ "pairs_page_and_alone_ms": times, "tasks_over_50_ms": tasks }))?;
    let seen = Ratio::of(times.iter().copied());
    let mut table = Table::new(&["", "page visible (ms)", "engine alone (ms)", "ratio"]);
    let middle = |of: fn(&(f64, f64)) -> f64| {
        median(times.iter().map(of)).map_or_else(String::new, |ms| format!("{ms:.2}"))
    };
    let ratio = seen.map_or_else(|| "fewer than two pairs".to_owned(), |ratio| ratio.to_string());
    table.push(vec!["a round of 100".to_owned(), middle(|pair| pair.0), middle(|pair| pair.1), ratio]);
    let mut goals = Goals::default();
    goals.push_ratio("page visible ÷ engine alone".to_owned(), Limit::of(LIMIT), seen);
    let longest = tasks.iter().copied().fold(0.0, f64::max);
    let told = if tasks.is_empty() {
        "none".to_owned()
    } else {
        format!("{} tasks, longest {longest:.0} ms", tasks.len())
    };
    goals.push(
        "tasks of over 50 ms on the page's thread, 100,000 requests".to_owned(),
        &"none",
        &told,
        Verdict::of(longest <= LONGEST_TASK_MS),
    );
    Ok(format!("{machine}; {pairs} pairs of runs.\n\n{table}\n{goals}"))
}

async fn with_page(stage: &Stage) -> Result<Report, Error> {
    let page = Page::open(&stage.browser, &stage.lab.http_url()).await?;
    run_in(&page, scenario(100, ROUNDS)).await
}

async fn run_in(page: &Page<'_>, scenario: Value) -> Result<Report, Error> {
    match page.run(scenario).await? {
        Ran::Report(report) => Ok(*report),
        Ran::Error(message) => Err(Error::Page { function: "fetchmark.run", message }),
    }
}

/// The tasks of over 50 ms during a run of 100,000 requests, from its start by the page's own API to the shown report.
async fn long_run(stage: &Stage, is_quick: bool) -> Result<Vec<f64>, Error> {
    let page = Page::open(&stage.browser, &stage.lab.http_url()).await?;
    stage.browser.client.set_timeouts(LONG_RUN, LONG_RUN).await?;
    page.settled().await?;
    page.evaluate(WATCH).await?;
    let rounds = if is_quick { 2 } else { 100 };
    run_in(&page, scenario(1_000, rounds)).await?;
    page.settled().await?;
    Ok(serde_json::from_value(page.evaluate("return tasks").await?)?)
}
