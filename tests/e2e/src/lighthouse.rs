//! What Lighthouse says of a page.

use crate::{
    SetupError,
    bench::{
        goal::{Goals, Verdict},
        table::Table,
        times::median,
    },
    folder::TemporaryFolder,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fmt::Write, fs, path::Path, process::Stdio};
use tokio::process::Command;

/// The categories, as Lighthouse and people call them.
const CATEGORIES: [(&str, &str); 4] = [
    ("performance", "performance"),
    ("accessibility", "accessibility"),
    ("best-practices", "best practices"),
    ("seo", "SEO"),
];

/// What performance is made of.
const METRICS: [(&str, &str); 5] = [
    ("first-contentful-paint", "first contentful paint, ms"),
    ("largest-contentful-paint", "largest contentful paint, ms"),
    ("speed-index", "speed index, ms"),
    ("total-blocking-time", "total blocking time, ms"),
    ("cumulative-layout-shift", "cumulative layout shift"),
];

/// A machine and a line, as Lighthouse simulates them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// A slow phone on a slow line.
    Mobile,
    /// A computer on a cable.
    Desktop,
}

impl Preset {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Mobile, Self::Desktop];

    /// As people call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::Desktop => "desktop",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            // What Lighthouse does unless told otherwise.
            Self::Mobile => &[],
            Self::Desktop => &["--preset=desktop"],
        }
    }
}

/// Several looks at a page under one preset.
#[derive(Clone, Debug)]
pub struct Looks {
    preset: Preset,
    reports: Vec<Value>,
}

impl Looks {
    /// Has Lighthouse look at an address so many times.
    ///
    /// # Errors
    /// [`SetupError`] if it does not start, or answers with something else than a report.
    pub async fn take(
        program: &Path,
        url: &str,
        flags: &str,
        preset: Preset,
        times: u32,
    ) -> Result<Self, SetupError> {
        let failed = |source| SetupError::NotStarted { program: "Lighthouse", source };
        // It ends before its standard output has taken all of a report.
        let folder = TemporaryFolder::new("lighthouse-report").map_err(failed)?;
        let file = folder.path().join("report.json");
        let mut reports = Vec::new();
        for _ in 0..times {
            Command::new(program)
                .args([url, "--output=json", "--quiet", &format!("--chrome-flags={flags}")])
                .arg("--output-path")
                .arg(&file)
                .args(preset.arguments())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .kill_on_drop(true)
                .status()
                .await
                .map_err(failed)?;
            reports.push(serde_json::from_slice(&fs::read(&file).map_err(failed)?)?);
        }
        Ok(Self { preset, reports })
    }

    fn median(&self, read: impl Fn(&Value) -> Option<f64>) -> Option<f64> {
        median(self.reports.iter().filter_map(read))
    }

    /// Out of 100.
    fn score(&self, category: &str) -> Option<f64> {
        self.median(|report| report["categories"][category]["score"].as_f64())
            .map(|score| (score * 100.0).round())
    }

    fn metric(&self, name: &str) -> Option<f64> {
        self.median(|report| report["audits"][name]["numericValue"].as_f64())
    }

    /// What cost points in any look, by Lighthouse's names.
    fn costs(&self) -> BTreeSet<&str> {
        self.reports.iter().flat_map(costs).collect()
    }
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
pub fn tables(all: &[Looks]) -> String {
    let mut goals = Goals::default();
    for looks in all {
        for (id, name) in CATEGORIES {
            let score = looks.score(id);
            let seen = score.map_or_else(|| "none".to_owned(), |score| score.to_string());
            goals.push(
                format!("{}, {name}", looks.preset.word()),
                &100,
                &seen,
                Verdict::of(score == Some(100.0)),
            );
        }
    }
    let names = all.iter().map(|looks| looks.preset.word());
    let mut metrics = Table::new(&std::iter::once("median of looks").chain(names).collect::<Vec<_>>());
    for (id, name) in METRICS {
        let decimals = if id == "cumulative-layout-shift" { 3 } else { 0 };
        let figures = all.iter().map(|looks| {
            looks.metric(id).map_or_else(|| "none".to_owned(), |figure| format!("{figure:.decimals$}"))
        });
        metrics.push(std::iter::once(name.to_owned()).chain(figures).collect());
    }
    let mut text = format!("{}\n\nGoals:\n\n{goals}\n{metrics}", line(all));
    for looks in all {
        let costs: Vec<_> = looks.costs().into_iter().map(|id| format!("`{id}`")).collect();
        let costs = if costs.is_empty() { "nothing".to_owned() } else { costs.join(", ") };
        // A string takes whatever is written to it.
        let _ = writeln!(
            text,
            "\nCost points on {} in at least one of {} looks: {costs}.",
            looks.preset.word(),
            looks.reports.len()
        );
    }
    text
}

/// With what it was looked at.
fn line(all: &[Looks]) -> String {
    let report = all.first().and_then(|looks| looks.reports.first()).unwrap_or(&Value::Null);
    let word = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let agent = word(&report["environment"]["hostUserAgent"]);
    let browser = agent
        .split_whitespace()
        .find_map(|part| part.split_once("Chrome/"))
        .map_or("?", |(_, version)| version);
    let cores =
        std::thread::available_parallelism().map_or_else(|_| "?".to_owned(), |cores| cores.to_string());
    format!("Lighthouse {}, Chromium {browser}, {cores} cores", word(&report["lighthouseVersion"]))
}

/// Every score and metric, as JSON.
pub fn json(all: &[Looks]) -> Value {
    let one = |report: &Value| {
        let scores = CATEGORIES.map(|(id, _)| (id.to_owned(), report["categories"][id]["score"].clone()));
        let metrics = METRICS.map(|(id, _)| (id.to_owned(), report["audits"][id]["numericValue"].clone()));
        json!({
            "scores": serde_json::Map::from_iter(scores),
            "metrics": serde_json::Map::from_iter(metrics),
            "costs": costs(report).collect::<Vec<_>>(),
        })
    };
    let looks = all.iter().map(|looks| {
        json!({ "preset": looks.preset.word(), "looks": looks.reports.iter().map(one).collect::<Vec<_>>() })
    });
    json!({ "with": line(all), "presets": looks.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(performance: f64, paint: f64) -> Value {
        json!({
            "lighthouseVersion": "1.2.3",
            "environment": { "hostUserAgent": "Mozilla/5.0 HeadlessChrome/150.0.0.0 Safari/537.36" },
            "categories": {
                "performance": { "score": performance, "auditRefs": [
                    { "id": "largest-contentful-paint", "weight": 25 }, { "id": "uses-long-cache-ttl", "weight": 0 },
                ] },
                "accessibility": { "score": 1, "auditRefs": [] },
                "best-practices": { "score": 1, "auditRefs": [] },
                "seo": { "score": 1, "auditRefs": [] },
            },
            "audits": {
                "largest-contentful-paint": { "score": performance, "numericValue": paint },
                "uses-long-cache-ttl": { "score": 0 },
            },
        })
    }

    fn looks() -> [Looks; 1] {
        let reports = vec![report(0.98, 2_000.0), report(0.9, 2_500.0), report(1.0, 1_000.0)];
        [Looks { preset: Preset::Mobile, reports }]
    }

    #[test]
    fn the_middle_look_counts_and_only_what_counts_costs() {
        let text = tables(&looks());
        assert!(text.starts_with("Lighthouse 1.2.3, Chromium 150.0.0.0, "), "{text}");
        assert!(text.contains("| mobile, performance | 100 | 98 | **missed** |"), "{text}");
        assert!(text.contains("| mobile, SEO | 100 | 100 | met |"), "{text}");
        assert!(text.contains("| largest contentful paint, ms | 2000 |"), "{text}");
        assert!(text.ends_with("in at least one of 3 looks: `largest-contentful-paint`.\n"), "{text}");
    }

    #[test]
    fn every_look_is_kept() {
        let kept = json(&looks());
        assert_eq!(kept["presets"][0]["looks"][1]["scores"]["performance"], 0.9);
        assert_eq!(kept["presets"][0]["looks"][2]["costs"], json!([]));
    }
}
