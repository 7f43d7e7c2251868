//! How long Stop takes: until the engine says so, and until the lab has no request in flight any more.

use crate::stage::Stage;
use anyhow::{Result, ensure};
use fetchmark_core::scenario::client::Client;
use fetchmark_e2e::bench::{
    goal::{Goals, Verdict},
    progress::Progress,
    table::Table,
    times::{median, worst},
};
use fetchmark_lab::Lab;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{
    cell::Cell,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::time::sleep;

/// The most that Stop may take, in ms.
const LIMIT_MS: f64 = 200.0;

/// Lets the load build up before it is stopped.
const UNDER_WAY: Duration = Duration::from_millis(200);

/// The longest to wait for a run's first request, and for its last to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// So long without a request in flight, after Stop, means that there will be none.
const QUIET: Duration = Duration::from_millis(100);

#[derive(Serialize)]
struct Load {
    name: &'static str,
    path: &'static str,
    lanes: u32,
}

const LOADS: [Load; 3] = [
    Load { name: "6 lanes, ping", path: "/lab/ping", lanes: 6 },
    Load { name: "256 lanes, 20 ms delay", path: "/lab/delay/20", lanes: 256 },
    Load { name: "256 lanes, no answer", path: "/lab/stall", lanes: 256 },
];

/// What the page saw of one Stop.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stopped {
    aborted_epoch_ms: f64,
    settled_ms: f64,
    /// Whether the round under way was given up because it did not end in time.
    #[serde(default)]
    by_force: bool,
    message: Option<String>,
}

#[derive(Serialize)]
struct Series {
    client: &'static str,
    #[serde(skip)]
    is_blocking: bool,
    load: &'static Load,
    /// Until the promise settled.
    settled_ms: Vec<f64>,
    /// Until the lab had nothing in flight and got nothing more.
    quiet_ms: Vec<f64>,
    /// How often the round under way was given up.
    by_force: u32,
    rejected: Vec<String>,
}

pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let repetitions = stage.options.count(20, 2);
    let mut series: Vec<Series> =
        Client::all().flat_map(|client| LOADS.iter().map(move |load| Series::new(client, load))).collect();
    let (total, mut done) = (repetitions * series.len() as u32, 0);
    let mut progress = Progress::begin();
    for repetition in 1..=repetitions {
        for one in &mut series {
            one.once(stage).await?;
            done += 1;
            let (name, left) = (one.name(), progress.left(done, total));
            progress.say(format_args!("stop: {name}, {repetition} of {repetitions}, about {left} left"));
        }
        stage.write(json!({ "series": series }))?;
    }
    Ok(tables(&series))
}

impl Series {
    fn new(client: Client, load: &'static Load) -> Self {
        Self {
            client: client.name(),
            is_blocking: client.info().blocking,
            load,
            settled_ms: Vec::new(),
            quiet_ms: Vec::new(),
            by_force: 0,
            rejected: Vec::new(),
        }
    }

    fn name(&self) -> String {
        format!("{}, {}", self.client, self.load.name)
    }

    /// Starts a run, lets it get under way, and stops it.
    async fn once(&mut self, stage: &Stage) -> Result<()> {
        stage.lab.reset();
        let scenario = json!({
            "target": { "url": self.load.path }, "clients": [self.client], "lifecycle": ["reused"], "n": 10_000,
            "concurrency": [self.load.lanes], "rounds": 1, "warmup": 0,
        });
        let () = stage.call("start", scenario).await?;
        let started = Instant::now();
        while stage.lab.sockets().requests == 0 {
            ensure!(started.elapsed() < PATIENCE, "no request of {} came within 30 s", self.name());
            sleep(Duration::from_millis(1)).await;
        }
        sleep(UNDER_WAY).await;
        let settled = Cell::new(false);
        let stop = async {
            let stopped: Result<Stopped> = stage.call("stop", json!(null)).await;
            settled.set(true);
            stopped
        };
        // While the browser stops, the lab is watched: both clocks are this machine's.
        let (stopped, last_busy_ms) = tokio::join!(stop, last_busy_ms(&stage.lab, &settled));
        let stopped = stopped?;
        ensure!(stopped.settled_ms >= 0.0, "the run of {} ended before it was stopped", self.name());
        self.settled_ms.push(stopped.settled_ms);
        self.quiet_ms.push((last_busy_ms - stopped.aborted_epoch_ms).max(0.0));
        self.by_force += u32::from(stopped.by_force);
        self.rejected.extend(stopped.message);
        Ok(())
    }
}

/// When the lab last had a request in flight or had got another one since the last look (a ping is answered between two
/// looks), in ms on the wall clock; looks until the run has settled and the lab has been quiet for a while.
async fn last_busy_ms(lab: &Lab, settled: &Cell<bool>) -> f64 {
    let mut last_busy_ms = 0.0;
    let mut requests = 0;
    let mut quiet_since = Instant::now();
    let started = Instant::now();
    loop {
        let seen = lab.sockets();
        if seen.in_flight > 0 || seen.requests > requests {
            requests = seen.requests;
            last_busy_ms = now_ms();
            quiet_since = Instant::now();
        }
        let quiet = settled.get() && quiet_since.elapsed() > QUIET;
        if quiet || started.elapsed() > PATIENCE {
            return last_busy_ms;
        }
        sleep(Duration::from_millis(1)).await;
    }
}

fn now_ms() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1_000.0
}

fn tables(series: &[Series]) -> String {
    let mut table = Table::new([
        "client and load",
        "promise settled: median, ms",
        "worst, ms",
        "lab quiet: median, ms",
        "worst, ms",
        "times",
        "by force",
        "rejected",
    ]);
    for one in series {
        let ms = |time: Option<f64>| format!("{:.0}", time.unwrap_or(f64::NAN));
        let [settled, quiet] = [&one.settled_ms, &one.quiet_ms]
            .map(|times| [ms(median(times.iter().copied())), ms(worst(times.iter().copied()))]);
        let counts =
            [one.settled_ms.len(), one.by_force as usize, one.rejected.len()].map(|count| count.to_string());
        table.push([one.name()].into_iter().chain(settled).chain(quiet).chain(counts));
    }
    let mut goals = Goals::default();
    for load in &LOADS {
        for (who, is_blocking) in [("every other client", false), ("blocking client", true)] {
            let held =
                || series.iter().filter(|one| one.load.name == load.name && one.is_blocking == is_blocking);
            let settled = worst(held().flat_map(|one| one.settled_ms.iter().copied()));
            let quiet = worst(held().flat_map(|one| one.quiet_ms.iter().copied()));
            goals.push_ms(&format!("{who}, {}: promise settled", load.name), LIMIT_MS, settled);
            goals.push_ms(&format!("{who}, {}: lab quiet", load.name), LIMIT_MS, quiet);
        }
        // Ended by force it is quick by definition; what is asked is that Stop is heard.
        let others = series.iter().filter(|one| one.load.name == load.name && !one.is_blocking);
        let by_force: u32 = others.map(|one| one.by_force).sum();
        let what = format!("every other client, {}: ended by force", load.name);
        goals.push(&what, "never", &by_force.to_string(), Verdict::of(by_force == 0));
    }
    format!("Goals, the worst time of all:\n\n{goals}\n{table}")
}
