//! What Lighthouse says of the built page, as tables for `docs/benchmarks.md`: `cargo xtask bench lighthouse` runs this.
#![allow(clippy::print_stdout, reason = "tables are what this program is for")]

use anyhow::{Context, Result, ensure};
use clap::Parser;
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Verdict},
        table::Table,
        times::median,
    },
    dist, site,
};
use fetchmark_lab::{Lab, LabConfig};
use serde_json::Value;
use std::{collections::BTreeSet, fs, iter, path::PathBuf, process::Stdio, thread};
use tokio::process::Command;

/// The last that runs on Node 18 and 20.
const LIGHTHOUSE: &str = "lighthouse@12.8.2";

/// A host that is not this machine by its name: on this machine the page would look for a lab.
const HOST: &str = "fetchmark.test";

/// The sub-path, as a project has it on GitHub Pages.
const BELOW: &str = "fetchmark";

/// Lighthouse advises several looks, since each differs.
const LOOKS: u32 = 5;

/// A slow phone on a slow line, which is what Lighthouse simulates unless told otherwise, and a computer on a cable.
const PRESETS: [(&str, &[&str]); 2] = [("mobile", &[]), ("desktop", &["--preset=desktop"])];

/// The categories, as Lighthouse and people call them.
const CATEGORIES: [(&str, &str); 4] = [
    ("performance", "performance"),
    ("accessibility", "accessibility"),
    ("best-practices", "best practices"),
    ("seo", "SEO"),
];

/// What performance is made of, and with how many decimals it is shown.
const METRICS: [(&str, &str, usize); 5] = [
    ("first-contentful-paint", "first contentful paint, ms", 0),
    ("largest-contentful-paint", "largest contentful paint, ms", 0),
    ("speed-index", "speed index, ms", 0),
    ("total-blocking-time", "total blocking time, ms", 0),
    ("cumulative-layout-shift", "cumulative layout shift", 3),
];

/// What to do.
#[derive(Parser)]
struct Options {
    /// Look once.
    #[arg(long)]
    quick: bool,
    /// Where every report goes.
    #[arg(long)]
    json: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let folder = tempfile::tempdir()?;
    site::link(&dist()?, &folder.path().join(BELOW))?;
    // GitHub Pages sends gzip at best.
    let found = Command::new("find").arg(folder.path()).args(["-name", "*.br", "-delete"]).status().await?;
    ensure!(found.success(), "what is compressed with brotli could not be removed");
    let page = Some(folder.path().to_owned().into());
    let lab = Lab::start(LabConfig { page, ..LabConfig::default() }).await?;
    let port = lab.https_port().context("the lab has no TLS port")?;
    let url = format!("https://{HOST}:{port}/{BELOW}/");
    let looks = if options.quick { 1 } else { LOOKS };
    let mut all: Vec<Vec<Value>> = Vec::new();
    for (_, arguments) in PRESETS {
        let mut reports = Vec::new();
        for _ in 0..looks {
            reports.push(look(&url, arguments).await?);
        }
        all.push(reports);
    }
    if let Some(path) = &options.json {
        fs::write(path, serde_json::to_string_pretty(&all)?)?;
    }
    println!("{}", tables(&all));
    Ok(())
}

async fn look(url: &str, arguments: &[&str]) -> Result<Value> {
    // It ends before its standard output has taken all of a report.
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("report.json");
    let flags = format!(
        "--headless=new --no-sandbox --ignore-certificate-errors --host-resolver-rules=\"MAP {HOST} 127.0.0.1\""
    );
    let mut command = Command::new("npx");
    command.args(["--yes", "--ignore-scripts", LIGHTHOUSE, url, "--output=json", "--quiet"]).args(arguments);
    command.arg(format!("--chrome-flags={flags}")).arg("--output-path").arg(&file);
    command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
    command.status().await.context("npx, which fetches Lighthouse the first time, could not be started")?;
    Ok(serde_json::from_slice(&fs::read(&file)?)?)
}

/// Out of 100.
fn score(report: &Value, category: &str) -> Option<f64> {
    Some(report["categories"][category]["score"].as_f64()? * 100.0)
}

/// The audits that count and are short of a full score.
fn costs(report: &Value) -> impl Iterator<Item = &str> {
    let counted =
        CATEGORIES.iter().filter_map(|(id, _)| report["categories"][*id]["auditRefs"].as_array()).flatten();
    counted
        .filter(|audit| audit["weight"].as_f64().is_some_and(|weight| weight > 0.0))
        .filter_map(|audit| audit["id"].as_str())
        .filter(|id| report["audits"][*id]["score"].as_f64().is_some_and(|score| score < 1.0))
}

/// The scores against the goal, what performance is made of, and what cost points.
fn tables(all: &[Vec<Value>]) -> String {
    let presets = PRESETS.map(|(preset, _)| preset);
    let mut goals = Goals::default();
    for (preset, reports) in presets.iter().zip(all) {
        for (id, name) in CATEGORIES {
            let score = median(reports.iter().filter_map(|report| score(report, id))).map(f64::round);
            let seen = score.map_or_else(|| "none".to_owned(), |score| score.to_string());
            let goal = if (*preset, id) == ("mobile", "performance") { 90.0 } else { 100.0 };
            let is_met = Verdict::of(score.is_some_and(|score| score >= goal));
            goals.push(&format!("{preset}, {name}"), &goal.to_string(), &seen, is_met);
        }
    }
    let mut metrics = Table::new(iter::once("median of looks").chain(presets));
    for (id, name, decimals) in METRICS {
        let figures = all.iter().map(|reports| {
            let figures = reports.iter().filter_map(|report| report["audits"][id]["numericValue"].as_f64());
            median(figures).map_or_else(|| "none".to_owned(), |figure| format!("{figure:.decimals$}"))
        });
        metrics.push(iter::once(name.to_owned()).chain(figures));
    }
    let mut text = format!("{}\n\nGoals:\n\n{goals}\n{metrics}", machine(&all[0][0]));
    for (preset, reports) in presets.iter().zip(all) {
        let costs: BTreeSet<_> = reports.iter().flat_map(costs).map(|id| format!("`{id}`")).collect();
        let costs = costs.into_iter().collect::<Vec<_>>().join(", ");
        let costs = if costs.is_empty() { "nothing" } else { &costs };
        text += &format!("\nCost points on {preset} in at least one of {} looks: {costs}.\n", reports.len());
    }
    text
}

fn machine(report: &Value) -> String {
    let agent = report["environment"]["hostUserAgent"].as_str().unwrap_or_default();
    let browser = agent.split_once("Chrome/").and_then(|(_, rest)| rest.split_whitespace().next());
    let cores = thread::available_parallelism().map_or_else(|_| "?".to_owned(), |cores| cores.to_string());
    let version = report["lighthouseVersion"].as_str().unwrap_or("?");
    format!("Lighthouse {version}, Chromium {}, {cores} cores", browser.unwrap_or("?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(performance: f64, paint: f64) -> Value {
        let full = json!({ "score": 1, "auditRefs": [] });
        let audits = json!([
            { "id": "largest-contentful-paint", "weight": 25 }, { "id": "uses-long-cache-ttl", "weight": 0 },
        ]);
        json!({
            "lighthouseVersion": "1.2.3",
            "environment": { "hostUserAgent": "Mozilla/5.0 HeadlessChrome/150.0.0.0 Safari/537.36" },
            "categories": {
                "performance": { "score": performance, "auditRefs": audits },
                "accessibility": full, "best-practices": full, "seo": full,
            },
            "audits": {
                "largest-contentful-paint": { "score": performance, "numericValue": paint },
                "uses-long-cache-ttl": { "score": 0 },
            },
        })
    }

    #[test]
    fn the_middle_look_counts_and_only_what_counts_costs() {
        let looks = vec![report(0.88, 2_000.0), report(0.8, 2_500.0), report(0.9, 1_000.0)];
        let text = tables(&[looks.clone(), vec![report(1.0, 1.0)]]);
        assert!(text.starts_with("Lighthouse 1.2.3, Chromium 150.0.0.0, "), "{text}");
        assert!(text.contains("| mobile, performance | 90 | 88 | **missed** |"), "{text}");
        assert!(text.contains("| mobile, SEO | 100 | 100 | met |"), "{text}");
        assert!(text.contains("| largest contentful paint, ms | 2000 | 1 |"), "{text}");
        assert!(text.contains("mobile in at least one of 3 looks: `largest-contentful-paint`.\n"), "{text}");
        assert!(text.ends_with("on desktop in at least one of 1 looks: nothing.\n"), "{text}");
    }
}
