//! Two targets in one run: two labs on this machine, of which the second may wait longer.

use crate::{
    stage::Stage,
    verdicts::{PLANTED_LANES, PLANTED_N, Series, planted_ms, round_ms},
};
use anyhow::Result;
use fetchmark_core::report::Report;
use fetchmark_lab::{Lab, LabConfig};
use serde_json::{Value, json};

/// What a request waits without more, in ms.
const WAIT_MS: f64 = 10.0;

/// How long a run may look for 5 %, and how many runs do.
const BUDGET_MS: u32 = 60_000;
const RUNS: u32 = 10;

/// The two targets, both of another origin than the page.
pub(crate) struct Labs([Lab; 2]);

impl Labs {
    pub(crate) async fn start() -> Result<Self> {
        Ok(Self([Lab::start(LabConfig::default()).await?, Lab::start(LabConfig::default()).await?]))
    }

    pub(crate) async fn stop(self) {
        for lab in self.0 {
            lab.stop().await;
        }
    }

    /// The address of this path on either.
    pub(crate) fn urls(&self, path: &str) -> [String; 2] {
        self.0.each_ref().map(|lab| lab.http_url() + path)
    }

    /// A scenario of both, with these paths and two clients.
    fn scenario(&self, paths: [&str; 2], n: u32) -> Value {
        let target = |label: &str, lab: &Lab, path: &str| json!({ "label": label, "url": format!("{}{path}", lab.http_url()) });
        let [one, other] = &self.0;
        json!({
            "targets": [target("one", one, paths[0]), target("other", other, paths[1])],
            "clients": ["gloo-net:reused", "js-fetch:reused"],
            "n": n, "concurrency": [PLANTED_LANES],
        })
    }
}

/// Runs in which both are the same, and in which the second takes 5 % longer.
pub(crate) async fn series(stage: &Stage, labs: &Labs, runs: u32) -> Result<Vec<Series>> {
    let with = |mut scenario: Value, name: &str, value: Value| {
        scenario[name] = value;
        scenario
    };
    let auto = |budget_ms: u32| json!({ "budget_ms": budget_ms, "min_blocks": 5 });
    let same = labs.scenario(["/lab/ping"; 2], 30);
    let waits = |planted_ms: f64| {
        let paths = [0.0, planted_ms].map(|more| format!("/lab/delay/{}", WAIT_MS + more));
        labs.scenario([&paths[0], &paths[1]], PLANTED_N)
    };
    let alike: Report = stage.call("run", with(waits(0.0), "rounds", json!(20))).await?;
    let planted_ms = planted_ms(round_ms(&alike), 0.05);
    let runs_delayed = RUNS.min(runs);
    let delayed = with(waits(planted_ms), "auto", auto(BUDGET_MS));
    Ok(vec![
        Series::new("two targets, A/A, 10 rounds", 0.0, runs, with(same.clone(), "rounds", json!(10))),
        Series::new("two targets, A/A, auto, 1.5 s", 0.0, runs, with(same, "auto", auto(1_500))),
        // 8 of 10.
        Series::new("two targets, +5 %, auto, 60 s", planted_ms, runs_delayed, delayed)
            .found_in(runs_delayed * 8 / 10),
    ])
}
