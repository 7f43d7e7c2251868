//! What several browsers cost each other by being conducted: sessions of one command, against as many commands that know nothing of each
//! other. Both have the same processor to share.

use crate::stage::Stage;
use anyhow::{Context, Result, ensure};
use fetchmark_core::report::{Report, VariantReport};
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Limit, Verdict},
        progress::Progress,
        ratio::Ratio,
        table::Table,
    },
    command::{self, Running},
    schema,
};
use humantime::format_rfc3339_millis;
use serde::Serialize;
use serde_json::json;
use std::time::{Duration, SystemTime};

/// No network, so that whatever conducting takes shows.
const WHAT: [&str; 7] = [
    "data:,pong",
    "--clients=js-fetch:reused,gloo-net:reused",
    "--n=200",
    "--concurrency=6",
    "--rounds=20",
    "--origin=page",
    "--output=r.json",
];

const COST: f64 = 1.02;

const SKEW_MS: f64 = 50.0;

/// How long before its start a command that measures for itself is called: it opens its browser, and warms up 15 s before that time.
const OPENING: Duration = Duration::from_secs(20);
const OPENING_OF_EACH: Duration = Duration::from_secs(2);

#[derive(Serialize)]
struct Series {
    sessions: u32,
    pairs: Vec<Pair>,
}

/// Mean times of a round over all rows and sessions, in ms.
#[derive(Serialize)]
struct Pair {
    conducted: f64,
    alone: f64,
    /// How late each session began, in ms.
    skews: Vec<f64>,
}

pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let pairs = stage.options.count(20, 2);
    let mut series = [2, 8].map(|sessions| Series { sessions, pairs: Vec::new() });
    let mut progress = Progress::begin();
    for seed in 0..pairs {
        for one in &mut series {
            one.pairs.push(pair(one.sessions, seed)?);
        }
        stage.write(json!({ "series": series }))?;
        let left = progress.left(seed + 1, pairs);
        progress.say(format_args!("fleet: pair {} of {pairs}, about {left} left", seed + 1));
    }
    Ok(tables(&series))
}

fn pair(sessions: u32, seed: u32) -> Result<Pair> {
    // Which comes first changes, so that what drifts hits both.
    let (conducted, alone) = if seed.is_multiple_of(2) {
        let conducted = conduct(sessions, seed)?;
        (conducted, apart(sessions, seed)?)
    } else {
        let alone = apart(sessions, seed)?;
        (conduct(sessions, seed)?, alone)
    };
    let skews = conducted.sessions.iter().filter_map(|session| session.skew_ms).collect();
    let of_sessions = conducted.sessions.iter().flat_map(|session| &session.variants);
    Ok(Pair {
        conducted: mean(of_sessions)?,
        alone: mean(alone.iter().flat_map(|one| &one.variants))?,
        skews,
    })
}

fn conduct(sessions: u32, seed: u32) -> Result<Report> {
    let folder = tempfile::tempdir()?;
    let (seed, sessions) = (format!("--seed={seed}"), format!("--sessions={sessions}"));
    let ran = command::run(folder.path(), &[&WHAT[..], &[&seed, &sessions]].concat())?;
    ensure!(ran.code == Some(0), "fetchmark run ended with {:?}: {}", ran.code, ran.error);
    schema::read(&folder.path().join("r.json"))
}

/// All at the same time, as those of a fleet: else some would still start while others measure.
fn apart(sessions: u32, seed: u32) -> Result<Vec<Report>> {
    let begin = SystemTime::now() + OPENING + OPENING_OF_EACH * sessions;
    let (seed, begin) = (format!("--seed={seed}"), format!("--start-at={}", format_rfc3339_millis(begin)));
    let folders = (0..sessions).map(|_| tempfile::tempdir()).collect::<std::io::Result<Vec<_>>>()?;
    let start =
        |folder: &tempfile::TempDir| Running::start(folder.path(), &[&WHAT[..], &[&*seed, &*begin]].concat());
    let running = folders.iter().map(start).collect::<std::io::Result<Vec<_>>>()?;
    for one in running {
        let ran = one.end()?;
        ensure!(ran.code == Some(0), "fetchmark run ended with {:?}: {}", ran.code, ran.error);
    }
    folders.iter().map(|folder| schema::read(&folder.path().join("r.json"))).collect()
}

/// The geometric mean of the rows' medians.
fn mean<'a>(rows: impl Iterator<Item = &'a VariantReport>) -> Result<f64> {
    let logs: Option<Vec<f64>> = rows.map(|row| row.round_median_ms.map(f64::ln)).collect();
    let logs = logs.filter(|logs| !logs.is_empty()).context("a row was not measured")?;
    Ok((logs.iter().sum::<f64>() / logs.len() as f64).exp())
}

fn tables(series: &[Series]) -> String {
    let mut table =
        Table::new(["sessions", "pairs", "conducted ÷ each for itself", "median skew", "largest skew"]);
    let mut goals = Goals::default();
    for one in series {
        let name = format!("{} sessions", one.sessions);
        let ratio = Ratio::of(one.pairs.iter().map(|pair| (pair.conducted, pair.alone)));
        let said = ratio.map_or_else(|| "–".to_owned(), |ratio| ratio.to_string());
        let mut skews: Vec<f64> = one.pairs.iter().flat_map(|pair| pair.skews.clone()).collect();
        skews.sort_by(f64::total_cmp);
        let at = |place: usize| skews.get(place).map_or_else(|| "–".to_owned(), |ms| format!("{ms:.1} ms"));
        let (middle, last) = (at(skews.len() / 2), at(skews.len().saturating_sub(1)));
        table.push([name.clone(), one.pairs.len().to_string(), said.clone(), middle, last.clone()]);
        let cost = ratio.map_or(Verdict::Unresolved, |ratio| Limit::of(COST).judge(&ratio));
        goals.push(&format!("{name}: cost of conducting"), &format!("≤ {COST}"), &said, cost);
        let is_together = !skews.is_empty() && skews.iter().all(|ms| *ms <= SKEW_MS);
        goals.push(
            &format!("{name}: begin"),
            &format!("≤ {SKEW_MS} ms late"),
            &last,
            Verdict::of(is_together),
        );
    }
    format!("Goals, with 95 % intervals:\n\n{goals}\n{table}")
}
