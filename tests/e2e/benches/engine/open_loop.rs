//! A target that stands still now and then, as a sender at a fixed rate sees it, as one that waits for answers does, and as
//! theory has it.

use crate::stage::Stage;
use anyhow::Result;
use fetchmark_core::{report::Report, stats::summary::Latency};
use fetchmark_e2e::bench::{table::Table, times::wait_ms};
use serde_json::json;

/// The target stands still for so long out of every so long, in ms.
const PAUSE_MS: f64 = 200.0;
const EVERY_MS: f64 = 1_000.0;

/// Shares no factor with the period, so that requests come due at a thousand different moments of it, and not at a hundred.
const PER_SECOND: u32 = 97;
/// Whole periods, so that it does not matter where in one a round begins.
const SECONDS: u32 = 30;

pub(crate) async fn table(stage: &Stage) -> Result<String> {
    let seconds = stage.options.count(SECONDS, 2);
    eprintln!("verdicts: a target that stalls, about {} s left", 2 * seconds);
    let scenario = |pacing: &str, n: u32| {
        json!({
            "target": { "url": format!("/lab/delay/1?pause_every={EVERY_MS}&pause_ms={PAUSE_MS}") }, "clients": ["gloo-net:reused"], "pacing": [pacing], "rate": PER_SECOND,
            "n": n, "rounds": 1, "warmup": 0,
        })
    };
    let latency = async |scenario| -> Result<Option<Latency>> {
        let report: Report = stage.call("run", scenario).await?;
        Ok(report.variants.first().and_then(|row| row.latency_ms.clone()))
    };
    let at_rate = latency(scenario("rate", seconds * PER_SECOND)).await?;
    // Alone in flight, a request takes about 2 ms.
    let in_turn = latency(scenario("sequential", seconds * 500)).await?;

    type Figure = fn(&Latency) -> f64;
    let figures: [(&str, f64, Figure); 5] = [
        ("p50", 0.50, |times| times.p50),
        ("p90", 0.90, |times| times.p90),
        ("p95", 0.95, |times| times.p95),
        ("p99", 0.99, |times| times.p99),
        ("max", 1.00, |times| times.max),
    ];
    let mut table =
        Table::new(["latency, ms", "theory: wait for the pause's end", "at a rate", "one after another"]);
    for (name, share, figure) in figures {
        let seen = |times: &Option<Latency>| {
            times.as_ref().map_or_else(|| "–".to_owned(), |times| format!("{:.1}", figure(times)))
        };
        let theory = format!("{:.1}", wait_ms(share, PAUSE_MS, EVERY_MS));
        table.push([name.to_owned(), theory, seen(&at_rate), seen(&in_turn)]);
    }
    Ok(format!(
        "A target that stands still for {PAUSE_MS} of every {EVERY_MS} ms and answers after 1 ms otherwise, {seconds} s of {PER_SECOND} requests \
         per second, and the same target asked by one lane:\n\n{table}"
    ))
}
