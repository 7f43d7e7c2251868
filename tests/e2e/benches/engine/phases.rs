//! How late a browser notices what the lab keeps: each phase that the lab makes a request wait in, beside what was seen.

use crate::stage::Stage;
use anyhow::Result;
use fetchmark_core::{report::Report, samples::timing::Phase};
use fetchmark_e2e::bench::table::Table;
use serde_json::json;

/// Address, phase, and how long the lab keeps it, in ms.
const KEPT: [(&str, Phase, f64); 3] = [
    ("/lab/delay/40", Phase::FirstByte, 40.0),
    ("/lab/delay/10?body_ms=30&bytes=1000", Phase::FirstByte, 10.0),
    ("/lab/delay/10?body_ms=30&bytes=1000", Phase::Download, 30.0),
];

pub(crate) async fn table(stage: &Stage) -> Result<String> {
    let n = stage.options.count(100, 5);
    let mut table = Table::new(["phase, p50, ms", "kept by the lab", "seen"]);
    for (url, phase, kept_ms) in KEPT {
        let scenario = json!({
            "target": { "url": url }, "clients": ["gloo-net:reused"], "pacing": ["sequential"], "n": n, "rounds": 1,
        });
        let report: Report = stage.call("run", scenario).await?;
        let times = report.variants.first().and_then(|row| row.phases_ms.get(&phase));
        let seen = times.map_or_else(|| "–".to_owned(), |times| format!("{:.2}", times.p50));
        table.push([format!("{} of `{url}`", phase.word()), format!("{kept_ms:.0}"), seen]);
    }
    Ok(format!("Phases that the lab keeps, {n} requests one after another:\n\n{table}"))
}
