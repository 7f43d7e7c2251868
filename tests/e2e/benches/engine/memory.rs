//! Whether memory stays flat over a long run.

use crate::{error::Error, machine, options::Options, processes, stage::Stage};
use fetchmark_e2e::{
    bench::{
        budget::Left,
        goal::{Goals, Verdict},
        steady::growth,
        table::Table,
    },
    browser::Browser,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Instant;

/// Looks on the way.
const LOOKS: u32 = 10;
/// Rounds between two looks.
const ROUNDS: u32 = 20;
/// Requests per round.
const N: u32 = 1_000;
const N_IF_QUICK: u32 = 100;

/// The most that late memory may be of early memory.
const FLAT: f64 = 1.05;

/// Without it the browser answers when it next collects garbage by itself, up to half a minute later.
const MEASURE_NOW: &str = "--enable-blink-features=ForceEagerMeasureMemory";

/// What the page saw.
#[derive(Debug, Deserialize, Serialize)]
struct Look {
    requests: u64,
    /// The engine's own linear memory.
    wasm_bytes: f64,
    /// The browser's count of the worker, garbage collected.
    worker_bytes: f64,
    /// Page and worker.
    page_bytes: f64,
    /// The renderer processes, garbage and all; `None` where the system does not tell.
    #[serde(default)]
    process_bytes: Option<f64>,
}

/// Measures and gives the tables.
pub(crate) async fn run(options: &Options) -> Result<String, Error> {
    let stage = Stage::open(Browser::start_with(&[MEASURE_NOW]).await?, "memory.html").await?;
    let machine = machine::line(&stage).await?;
    let n = if options.quick { N_IF_QUICK } else { N };
    let scenario = json!({
        "target": { "url": "/lab/ping" },
        "clients": ["gloo-net"],
        "lifecycle": ["reused"],
        "n": n,
        "concurrency": [6],
        "rounds": LOOKS * ROUNDS,
        "warmup": 0,
    });
    let () = stage.call("start", json!({ "scenario": scenario, "every": n * ROUNDS })).await?;
    let started = Instant::now();
    let mut looks: Vec<Look> = Vec::new();
    for look in 1..=LOOKS {
        let mut seen: Look = stage.call("next", json!(null)).await?;
        seen.process_bytes = processes::renderer_bytes();
        let left = Left::expected(started, look, LOOKS);
        eprintln!("memory: look {look} of {LOOKS}, after {} requests, about {left} left", seen.requests);
        looks.push(seen);
        options.write(&json!({ "machine": machine, "scenario": scenario, "looks": looks }))?;
    }
    stage.close().await?;
    Ok(tables(&machine, &looks))
}

fn tables(machine: &str, looks: &[Look]) -> String {
    type Figure = fn(&Look) -> Option<f64>;
    let figures: [(&str, Figure); 4] = [
        ("engine's wasm memory", |look| Some(look.wasm_bytes)),
        ("worker, by the browser's count", |look| Some(look.worker_bytes)),
        ("page and worker, by the browser's count", |look| Some(look.page_bytes)),
        ("renderer processes (PSS)", |look| look.process_bytes),
    ];
    let names = figures.iter().map(|(name, _)| format!("{name}, MB"));
    let mut table = Table::new(&std::iter::once("requests".to_owned()).chain(names).collect::<Vec<_>>());
    for look in looks {
        let sizes = figures.iter().map(|(_, figure)| {
            figure(look).map_or_else(|| "not measured".to_owned(), |bytes| format!("{:.2}", bytes / 1e6))
        });
        table.push(std::iter::once(look.requests.to_string()).chain(sizes).collect());
    }
    let mut goals = Goals::default();
    for (name, figure) in figures {
        let sizes: Vec<Option<f64>> = looks.iter().map(figure).collect();
        let wanted = format!("≤ {FLAT:.2}");
        match growth(&sizes) {
            Some(grown) => {
                goals.push(name.to_owned(), &wanted, &format!("{grown:.3}"), Verdict::of(grown <= FLAT));
            }
            None => goals.push(name.to_owned(), &wanted, &"not measured", Verdict::Unresolved),
        }
    }
    format!(
        "{machine}\n\nGoals: the median of the last three looks ÷ the median of the third to the fifth.\n\n{goals}\n{table}"
    )
}
