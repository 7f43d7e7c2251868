//! How long a million samples take in WebAssembly, as the page has it: optimised for size.

use crate::{error::Error, machine, options::Options, stage::Stage};
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Verdict},
        table::Table,
        times::median,
    },
    browser::Browser,
};
use serde_json::json;
use std::{env, fs};

/// Where the compiled module of `tests/summary` is.
const MODULE: &str = "FETCHMARK_SUMMARY";

const REPETITIONS: u32 = 7;
const REPETITIONS_IF_QUICK: u32 = 1;

/// The most that summarising may take, in ms.
const GOAL_MS: f64 = 300.0;

const PARTS: [&str; 3] = [
    "summarised: histogram, percentiles, base64",
    "joined, labelled, cut into phases, summarised",
    "the report of them",
];

/// Measures and gives the table.
pub(crate) async fn run(options: &Options) -> Result<String, Error> {
    let module = env::var_os(MODULE).ok_or(Error::NoModule(MODULE))?;
    let wasm = fs::read(&module)
        .map_err(|source| Error::Files { what: format!("reading {}", module.to_string_lossy()), source })?;
    let files = [("bench/summary.wasm", wasm.as_slice())];
    let stage = Stage::open_with(Browser::start().await?, "summary.html", &files).await?;
    let machine = machine::line(&stage).await?;
    let mut measured: Vec<[f64; PARTS.len()]> = Vec::new();
    for _ in 0..if options.quick { REPETITIONS_IF_QUICK } else { REPETITIONS } {
        measured.push(stage.call("measure", json!(null)).await?);
    }
    stage.close().await?;
    options.write(&json!({ "machine": machine, "parts": PARTS, "ms": measured }))?;

    let of = |part: usize| median(measured.iter().map(|times| times[part])).unwrap_or(f64::NAN);
    let mut table = Table::new(&["1,000,000 samples, in WebAssembly", "ms"]);
    for (part, name) in PARTS.iter().enumerate() {
        table.push(vec![(*name).to_owned(), format!("{:.1}", of(part))]);
    }
    let mut goals = Goals::default();
    let wanted = format!("≤ {GOAL_MS:.0} ms");
    goals.push(PARTS[0].to_owned(), &wanted, &format!("{:.0} ms", of(0)), Verdict::of(of(0) <= GOAL_MS));
    let times = measured.len();
    Ok(format!("{machine}; the median of {times}.\n\n{goals}\n{table}"))
}
