//! How long a million samples take in WebAssembly, as the page has it: optimised for size.

use crate::stage::Stage;
use anyhow::{Context, Result};
use fetchmark_e2e::bench::{goal::Goals, table::Table, times::median};
use serde_json::json;
use std::{env, fs};

/// Where the compiled module of `tests/summary` is.
const MODULE: &str = "FETCHMARK_SUMMARY";

const GOAL_MS: f64 = 300.0;

const PARTS: [&str; 3] = [
    "summarised: histogram, percentiles, base64",
    "joined, labelled, cut into phases, summarised",
    "the report of them",
];

pub(crate) fn module() -> Result<Vec<u8>> {
    let file = env::var_os(MODULE);
    let file =
        file.with_context(|| format!("{MODULE} names no module: `cargo xtask bench summary` builds it"))?;
    fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))
}

pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let mut measured: Vec<[f64; PARTS.len()]> = Vec::new();
    for _ in 0..stage.options.count(7, 1) {
        measured.push(stage.call("measure", json!(null)).await?);
    }
    stage.write(json!({ "parts": PARTS, "ms": measured }))?;

    let of = |part: usize| median(measured.iter().map(|times| times[part]));
    let mut table = Table::new(["1,000,000 samples, in WebAssembly", "ms"]);
    for (part, name) in PARTS.into_iter().enumerate() {
        table.push([name, &format!("{:.1}", of(part).unwrap_or(f64::NAN))]);
    }
    let mut goals = Goals::default();
    goals.push_ms(PARTS[0], GOAL_MS, of(0));
    Ok(format!("The median of {}.\n\n{goals}\n{table}", measured.len()))
}
