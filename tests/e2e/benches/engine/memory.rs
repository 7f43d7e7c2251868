//! Whether memory stays flat over a long run.

use crate::stage::Stage;
use anyhow::Result;
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Verdict},
        progress::Progress,
        table::Table,
        times::growth,
    },
    command::below,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{fs, iter, process};

const LOOKS: u32 = 10;
const ROUNDS: u32 = 20;

/// The most that late memory may be of early memory.
const FLAT: f64 = 1.05;

/// Without it the browser answers when it next collects garbage by itself, up to half a minute later.
pub(crate) const SWITCHES: &[&str] = &["--enable-blink-features=ForceEagerMeasureMemory"];

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

type Figure = fn(&Look) -> Option<f64>;

const FIGURES: [(&str, Figure); 4] = [
    ("engine's wasm memory", |look| Some(look.wasm_bytes)),
    ("worker, by the browser's count", |look| Some(look.worker_bytes)),
    ("page and worker, by the browser's count", |look| Some(look.page_bytes)),
    ("renderer processes (PSS)", |look| look.process_bytes),
];

pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let n = stage.options.count(1_000, 100);
    let scenario = json!({
        "target": { "url": "/lab/ping" }, "clients": ["gloo-net:reused"], "n": n, "concurrency": [6],
        "rounds": LOOKS * ROUNDS, "warmup": 0,
    });
    let () = stage.call("start", json!({ "scenario": scenario, "every": n * ROUNDS })).await?;
    let mut progress = Progress::begin();
    let mut looks: Vec<Look> = Vec::new();
    for look in 1..=LOOKS {
        let seen: Look = stage.call("next", json!(null)).await?;
        looks.push(Look { process_bytes: renderer_bytes(), ..seen });
        progress
            .say(format_args!("memory: look {look} of {LOOKS}, about {} left", progress.left(look, LOOKS)));
        stage.write(json!({ "scenario": scenario, "looks": looks }))?;
    }
    let names = FIGURES.iter().map(|(name, _)| format!("{name}, MB"));
    let mut table = Table::new(iter::once("requests".to_owned()).chain(names));
    for look in &looks {
        let megabytes = |bytes: Option<f64>| {
            bytes.map_or_else(|| "not measured".to_owned(), |bytes| format!("{:.2}", bytes / 1e6))
        };
        let sizes = FIGURES.iter().map(|(_, figure)| megabytes(figure(look)));
        table.push(iter::once(look.requests.to_string()).chain(sizes));
    }
    let mut goals = Goals::default();
    for (name, figure) in FIGURES {
        let sizes: Option<Vec<f64>> = looks.iter().map(figure).collect();
        let (seen, verdict) = match sizes.and_then(|sizes| growth(&sizes)) {
            Some(grown) => (format!("{grown:.3}"), Verdict::of(grown <= FLAT)),
            None => ("not measured".to_owned(), Verdict::Unresolved),
        };
        goals.push(name, &format!("≤ {FLAT:.2}"), &seen, verdict);
    }
    Ok(format!(
        "Goals: the median of the last three looks ÷ the median of the third to the fifth.\n\n{goals}\n{table}"
    ))
}

/// What the renderers started by this program hold, in bytes, shared pages by share (PSS). `None` where that cannot be read.
fn renderer_bytes() -> Option<f64> {
    let sizes: Vec<f64> = below(process::id()).into_iter().filter_map(pss_of_renderer).collect();
    (!sizes.is_empty()).then(|| sizes.iter().sum())
}

fn pss_of_renderer(id: u32) -> Option<f64> {
    let line = fs::read(format!("/proc/{id}/cmdline")).ok()?;
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix("kB"))?;
    let is_renderer = String::from_utf8_lossy(&line).contains("--type=renderer");
    is_renderer.then_some(pss.trim().parse::<f64>().ok()? * 1_024.0)
}
