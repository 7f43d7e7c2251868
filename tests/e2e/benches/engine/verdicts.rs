//! How often verdicts are wrong where the truth is known: nothing differs, or the lab adds a delay of known size.

use crate::{open_loop, phases, stage::Stage, two_targets};
use anyhow::Result;
use fetchmark_core::{
    compare::{Comparison, TargetComparison, Verdict},
    report::Report,
};
use fetchmark_e2e::bench::{
    goal::{Goals, Verdict as Goal},
    progress::Progress,
    share::Share,
    table::Table,
};
use serde::Serialize;
use serde_json::{Value, json};
use std::iter;

/// What to serve in place of the real modules of two clients: plain fetch, told apart by a header alone. The lab waits longer for the requests
/// of the second: `planted_ms` in the query of `/lab/delay` says by how much.
pub(crate) const CLIENTS: &[(&str, &[u8])] = &[
    (
        "engine/clients/axios.js",
        b"import { create as plain } from './js-fetch.js';
          export const create = (build) => plain({ ...build, headers: [...build.headers, ['lab-another', '1']] });",
    ),
    (
        "engine/clients/ky.js",
        b"import { create as plain } from './js-fetch.js';
          export const create = (build) => plain({ ...build, headers: [...build.headers, ['lab-planted', '1']] });",
    ),
];
const VARIANTS: [&str; 2] = ["axios:reused", "ky:reused"];

pub(crate) const WRONG: f64 = 0.05;

const MARGIN: f64 = 0.05;

/// Requests of a round with a planted delay, and how many a lane sends.
pub(crate) const PLANTED_N: u32 = 12;
pub(crate) const PLANTED_LANES: u32 = 6;
const PLANTED_PER_LANE: f64 = (PLANTED_N / PLANTED_LANES) as f64;

/// The least share of runs that must find a difference that is far beyond the margin.
const FOUND: f64 = 0.90;

#[derive(Serialize)]
pub(crate) struct Series {
    name: &'static str,
    /// How much longer each of the candidate's requests takes, in ms.
    planted_ms: f64,
    /// How many of its runs must find it; without, [`FOUND`] is held to the share of all such runs.
    #[serde(skip)]
    found: Option<u32>,
    #[serde(skip)]
    runs: u32,
    scenario: Value,
    seen: Vec<Seen>,
}

#[derive(Serialize)]
struct Seen {
    /// Of two rows, or of all rows of two targets together.
    comparison: Comparison,
    /// Of each row of two targets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<Comparison>,
    /// Candidate ÷ baseline: what was planted, against the baseline's round of the same run.
    truth: f64,
}

impl Seen {
    /// Whether a verdict says what is not so; a refusal does not, but there is no reason for one here.
    fn is_wrong(&self, comparison: &Comparison) -> bool {
        match comparison.verdict {
            Verdict::Faster | Verdict::Refused => true,
            Verdict::Slower => self.truth <= 1.0,
            Verdict::Equivalent => self.truth > 1.0 + MARGIN,
            Verdict::Inconclusive => false,
        }
    }
}

pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let runs = stage.options.count(200, 2);
    let labs = two_targets::Labs::start().await?;
    let mut series = all(stage, runs).await?;
    series.extend(two_targets::series(stage, &labs, runs).await?);
    let (total, mut done) = (series.iter().map(|one| one.runs).sum(), 0);
    let mut progress = Progress::begin();
    for repetition in 0..runs {
        for one in series.iter_mut().filter(|one| repetition < one.runs) {
            one.once(stage, repetition).await?;
            done += 1;
            let (name, run, runs, left) = (one.name, repetition + 1, one.runs, progress.left(done, total));
            progress.say(format_args!("verdicts: {name}, run {run} of {runs}, about {left} left"));
        }
        stage.write(json!({ "series": series }))?;
    }
    labs.stop().await;
    let (stalls, phases) = (open_loop::table(stage).await?, phases::table(stage).await?);
    Ok(format!("{}\n{stalls}\n{phases}", tables(&series)))
}

async fn all(stage: &Stage, runs: u32) -> Result<Vec<Series>> {
    let same = json!({
        "target": { "url": "/lab/ping" }, "clients": ["gloo-net:reused"], "aa": true, "n": 30, "concurrency": [PLANTED_LANES],
    });
    let with = |scenario: &Value, more: Value| {
        let mut scenario = scenario.clone();
        for (name, value) in more.as_object().into_iter().flatten() {
            scenario[name] = value.clone();
        }
        scenario
    };
    let plain = json!({
        "target": { "url": "/lab/delay/10" }, "clients": [VARIANTS[0]], "n": PLANTED_N, "concurrency": [PLANTED_LANES],
    });
    let round_ms = round_ms(&stage.call("run", with(&plain, json!({ "rounds": 20 }))).await?);
    let planted_ms = |share| planted_ms(round_ms, share);
    let delayed = |share: f64| {
        let url = format!("/lab/delay/10?planted_ms={}", planted_ms(share));
        let marked = json!({ "target": { "url": url }, "clients": VARIANTS, "rounds": 20 });
        with(&plain, marked)
    };
    let auto = json!({ "auto": { "budget_ms": 1_500, "min_blocks": 5 } });
    Ok(vec![
        Series::new("A/A, 10 rounds", 0.0, runs, with(&same, json!({ "rounds": 10 }))),
        Series::new("A/A, auto, 1.5 s", 0.0, runs, with(&same, auto)),
        Series::new("+5 %, 20 rounds", planted_ms(0.05), runs / 2, delayed(0.05)),
        Series::new("+20 %, 20 rounds", planted_ms(0.20), runs / 2, delayed(0.20)),
    ])
}

/// How much longer a request must take for a round to take longer by this share.
pub(crate) fn planted_ms(round_ms: f64, share: f64) -> f64 {
    (round_ms * share / PLANTED_PER_LANE * 1e3).round() / 1e3
}

pub(crate) fn round_ms(report: &Report) -> f64 {
    report.variants.first().and_then(|row| row.round_median_ms).unwrap_or(f64::NAN)
}

impl Series {
    pub(crate) fn new(name: &'static str, planted_ms: f64, runs: u32, scenario: Value) -> Self {
        Self { name, planted_ms, found: None, runs, scenario, seen: Vec::new() }
    }

    /// So many of these very runs must find what is planted.
    pub(crate) fn found_in(self, runs: u32) -> Self {
        Self { found: Some(runs), ..self }
    }

    async fn once(&mut self, stage: &Stage, repetition: u32) -> Result<()> {
        let mut scenario = self.scenario.clone();
        scenario["seed"] = json!(repetition);
        let report: Report = stage.call("run", scenario).await?;
        let truth = 1.0 + self.planted_ms * PLANTED_PER_LANE / round_ms(&report);
        if report.targets.is_empty() {
            let seen = |comparison| Seen { comparison, rows: Vec::new(), truth };
            self.seen.extend(report.comparisons.into_iter().map(seen));
        } else {
            let seen =
                |target: TargetComparison| Seen { comparison: target.overall, rows: target.rows, truth };
            self.seen.extend(report.targets.into_iter().map(seen));
        }
        Ok(())
    }

    fn share(&self, verdict: Verdict) -> Share {
        Share::count(&self.seen, |seen| seen.comparison.verdict == verdict)
    }

    fn wrong(&self) -> Share {
        Share::count(&self.seen, |seen| seen.is_wrong(&seen.comparison))
    }

    /// Runs in which the verdict on any row is wrong.
    fn wrong_in_rows(&self) -> Share {
        Share::count(&self.seen, |seen| seen.rows.iter().any(|row| seen.is_wrong(row)))
    }

    /// Of those runs that show an interval.
    fn intervals_with_the_truth(&self) -> Share {
        let shown = self
            .seen
            .iter()
            .filter_map(|seen| Some((seen.comparison.low?, seen.truth, seen.comparison.high?)));
        Share::count(shown, |(low, truth, high)| low <= truth && truth <= high)
    }
}

/// Whether a share is below a limit: met or missed by the figure itself, and not resolved where its interval holds the limit
/// on either side.
pub(crate) fn at_most(limit: f64, share: Share) -> Goal {
    let (low, high) = share.interval();
    if low <= limit && limit < high { Goal::Unresolved } else { Goal::of(share.share() <= limit) }
}

fn tables(series: &[Series]) -> String {
    let verdicts = [
        ("slower", Verdict::Slower),
        ("faster", Verdict::Faster),
        ("equivalent", Verdict::Equivalent),
        ("inconclusive", Verdict::Inconclusive),
        ("refused", Verdict::Refused),
    ];
    let names = verdicts.map(|(name, _)| name);
    let mut table =
        Table::new(["runs"].into_iter().chain(names).chain(["interval holds the truth", "blocks"]));
    let mut goals = Goals::default();
    for one in series {
        let counts = verdicts.map(|(_, verdict)| one.share(verdict).hits.to_string());
        let blocks: u32 = one.seen.iter().map(|seen| seen.comparison.blocks).sum();
        let each = f64::from(blocks) / one.seen.len().max(1) as f64;
        let last = [one.intervals_with_the_truth().to_string(), format!("{each:.1}")];
        table.push(iter::once(one.name.to_owned()).chain(counts).chain(last));
        let mut at_most_5 = |what: &str, wrong: Share| {
            let what = format!("{}: {what}", one.name);
            goals.push(
                &what,
                &format!("≤ {:.0} %", WRONG * 100.0),
                &wrong.to_string(),
                at_most(WRONG, wrong),
            );
        };
        at_most_5("wrong verdicts", one.wrong());
        if one.seen.iter().any(|seen| !seen.rows.is_empty()) {
            at_most_5("runs with a wrong verdict on a row", one.wrong_in_rows());
        }
        if one.planted_ms > 0.0 {
            let found = one.share(Verdict::Slower);
            let what = format!("{}: found, with the right sign", one.name);
            let (wanted, goal) = match one.found {
                Some(least) => (format!("≥ {least} of {}", one.runs), Goal::of(found.hits >= least)),
                None => {
                    let missing = Share { hits: found.of - found.hits, of: found.of };
                    (format!("≥ {:.0} %", FOUND * 100.0), at_most(1.0 - FOUND, missing))
                }
            };
            goals.push(&what, &wanted, &found.to_string(), goal);
        }
    }
    format!("Goals, with 95 % intervals of the shares:\n\n{goals}\n{table}")
}
