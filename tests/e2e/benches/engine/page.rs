//! Whether the page disturbs what it shows: rounds with the page visible against rounds of the engine alone.

use crate::stage::Stage;
use anyhow::Result;
use fetchmark_core::report::Report;
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Limit},
        progress::Progress,
        ratio::Ratio,
        table::Table,
        times::median,
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

fn scenario() -> Value {
    json!({
        "target": { "url": "/lab/ping" }, "clients": ["js-fetch:reused"], "n": 100, "concurrency": [6],
        "rounds": ROUNDS,
    })
}

pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let alone = format!("{}/bench/verdicts.html", stage.lab.http_url());
    let pairs = stage.options.count(PAIRS, 2);
    let mut times: Vec<[f64; 2]> = Vec::new();
    let mut progress = Progress::begin();
    for pair in 0..pairs {
        let mut pair_of = [0.0; 2];
        // The order turns, so that neither has the warmer browser.
        for half in [pair % 2, 1 - pair % 2] {
            let page = if half == 0 {
                Some(Page::open(&stage.browser, &stage.lab.http_url()).await?)
            } else {
                stage.browser.client.goto(&alone).await?;
                None
            };
            // The browser compiles a page on other threads for a while after it is shown.
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            let report: Report = match page {
                Some(page) => page.run(scenario()).await?,
                None => stage.call("run", scenario()).await?,
            };
            let walls = report.variants.iter().flat_map(|row| &row.rounds).map(|round| round.wall_ms);
            pair_of[half as usize] = median(walls).unwrap_or(f64::NAN);
        }
        times.push(pair_of);
        stage.write(json!({ "pairs_page_and_alone_ms": times }))?;
        progress.say(format!("{} of {pairs} pairs", pair + 1));
    }
    let seen = Ratio::of(times.iter().map(|pair| (pair[0], pair[1])));
    let [page, alone] =
        [0, 1].map(|half| format!("{:.2}", median(times.iter().map(|pair| pair[half])).unwrap_or(f64::NAN)));
    let mut table = Table::new(["", "page visible (ms)", "engine alone (ms)"]);
    table.push(["a round of 100".to_owned(), page, alone]);
    let mut goals = Goals::default();
    goals.push_ratio("page visible ÷ engine alone", Limit::of(LIMIT), seen);
    Ok(format!("{pairs} pairs of runs.\n\n{table}\n{goals}"))
}
