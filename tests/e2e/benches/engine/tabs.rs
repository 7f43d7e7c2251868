//! Whether a tab beside the one that makes a run measures as it does: the command measures two equal servers, each in a tab of its own, and both
//! from one page to show what the machine itself does.

use crate::{
    stage::Stage,
    two_targets::Labs,
    verdicts::{WRONG, at_most},
};
use anyhow::{Result, ensure};
use fetchmark_core::{
    compare::{Comparison, Verdict},
    report::Report,
};
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Verdict as Goal},
        progress::Progress,
        ratio::Ratio,
        share::Share,
        table::Table,
    },
    command, schema,
};
use serde::Serialize;
use serde_json::json;

/// How far the mean ratio of all runs may be from 1.
const APART: f64 = 0.02;

/// Runs that measure from the same place.
#[derive(Serialize)]
struct Series {
    name: &'static str,
    /// The value of `--origin`.
    origin: &'static str,
    seen: Vec<Seen>,
}

#[derive(Serialize)]
struct Seen {
    overall: Comparison,
    rows: Vec<Comparison>,
    /// Of all rows.
    voided: usize,
}

pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let runs = stage.options.count(100, 2);
    let labs = Labs::start().await?;
    let of = |name, origin| Series { name, origin, seen: Vec::new() };
    let mut series = [of("a tab each", "target"), of("one page", "page")];
    let mut progress = Progress::begin();
    for repetition in 0..runs {
        for one in &mut series {
            one.once(&labs, repetition)?;
        }
        stage.write(json!({ "series": series }))?;
        let left = progress.left(repetition + 1, runs);
        progress.say(format_args!("tabs: run {} of {runs}, about {left} left", repetition + 1));
    }
    labs.stop().await;
    Ok(tables(&series))
}

impl Series {
    fn once(&mut self, labs: &Labs, seed: u32) -> Result<()> {
        let folder = tempfile::tempdir()?;
        let [one, other] = labs.urls("/lab/ping");
        let (seed, origin) = (format!("--seed={seed}"), format!("--origin={}", self.origin));
        let settings =
            ["--clients=gloo-net:reused,js-fetch:reused", "--n=30", "--concurrency=6", "--rounds=10"];
        let targets = [&*one, &*other, "--label=one", "--label=other", &seed, &origin, "--output=r.json"];
        let ran = command::run(folder.path(), &[&targets[..], &settings[..]].concat())?;
        ensure!(ran.code == Some(0), "fetchmark run ended with {:?}: {}", ran.code, ran.error);
        let report: Report = schema::read(&folder.path().join("r.json"))?;
        let rounds = report.variants.iter().flat_map(|row| &row.rounds);
        let voided = rounds.filter(|round| round.voided).count();
        let seen = report.targets.into_iter().map(|target| Seen {
            overall: target.overall,
            rows: target.rows,
            voided,
        });
        self.seen.extend(seen);
        Ok(())
    }

    fn share(&self, verdict: Verdict) -> Share {
        Share::count(&self.seen, |seen| seen.overall.verdict == verdict)
    }

    /// Of all runs: each is one observation.
    fn ratio(&self) -> Option<Ratio> {
        Ratio::of(self.seen.iter().filter_map(|seen| Some((seen.overall.ratio?, 1.0))))
    }

    fn voided(&self) -> usize {
        self.seen.iter().map(|seen| seen.voided).sum()
    }
}

/// Whether a verdict on two equal things is wrong; a refusal has no reason here.
fn is_wrong(comparison: &Comparison) -> bool {
    matches!(comparison.verdict, Verdict::Faster | Verdict::Slower | Verdict::Refused)
}

/// Met where the interval lies within the limits, missed where it lies outside.
fn is_near_1(seen: Option<Ratio>) -> Goal {
    let (low, high) = (1.0 / (1.0 + APART), 1.0 + APART);
    match seen {
        Some(seen) if low <= seen.low && seen.high <= high => Goal::Met,
        Some(seen) if seen.high < low || high < seen.low => Goal::Missed,
        _ => Goal::Unresolved,
    }
}

fn tables(series: &[Series]) -> String {
    let verdicts =
        [Verdict::Slower, Verdict::Faster, Verdict::Equivalent, Verdict::Inconclusive, Verdict::Refused];
    let names = verdicts.map(Verdict::word);
    let mut table =
        Table::new(["runs"].into_iter().chain(names).chain(["second ÷ first, all runs", "rounds voided"]));
    let mut goals = Goals::default();
    for one in series {
        let ratio = one.ratio();
        let said = ratio.map_or_else(|| "–".to_owned(), |ratio| ratio.to_string());
        let counts = verdicts.map(|verdict| one.share(verdict).hits.to_string());
        table.push(
            [one.name.to_owned()].into_iter().chain(counts).chain([said.clone(), one.voided().to_string()]),
        );
        let wrong = [
            ("wrong verdicts", Share::count(&one.seen, |seen| is_wrong(&seen.overall))),
            (
                "runs with a wrong verdict on a row",
                Share::count(&one.seen, |seen| seen.rows.iter().any(is_wrong)),
            ),
        ];
        for (what, share) in wrong {
            let (what, wanted) = (format!("{}: {what}", one.name), format!("≤ {:.0} %", WRONG * 100.0));
            goals.push(&what, &wanted, &share.to_string(), at_most(WRONG, share));
        }
        let what = format!("{}: second ÷ first", one.name);
        goals.push(&what, &format!("1 ± {APART}"), &said, is_near_1(ratio));
        let what = format!("{}: rounds voided", one.name);
        goals.push(&what, "none", &one.voided().to_string(), Goal::of(one.voided() == 0));
    }
    format!("Goals, with 95 % intervals:\n\n{goals}\n{table}")
}
