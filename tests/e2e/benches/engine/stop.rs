//! How long Stop takes: until the engine says so, and until the lab has no request in flight any more.

use crate::{error::Error, machine, options::Options, progress::Progress, stage::Stage};
use fetchmark_core::client::Client;
use fetchmark_e2e::{
    bench::{
        budget::Left,
        goal::{Goals, Verdict},
        table::Table,
        times::{median, worst},
    },
    browser::Browser,
};
use fetchmark_lab::Lab;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    cell::Cell,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::time::sleep;

const REPETITIONS: u32 = 20;
const REPETITIONS_IF_QUICK: u32 = 2;

/// The most that Stop may take, in ms.
const LIMIT_MS: f64 = 200.0;

/// Lets the load build up before it is stopped.
const UNDER_WAY: Duration = Duration::from_millis(200);

/// The longest to wait for a run's first request, and for its last to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// So long without a request in flight, after Stop, means that there will be none.
const QUIET: Duration = Duration::from_millis(100);

/// What is being done when Stop is said.
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
    /// Why the run was rejected, if it was.
    message: Option<String>,
}

/// One client under one load, repeatedly.
struct Series<'a> {
    client: Client,
    load: &'a Load,
    /// Until the promise settled.
    settled_ms: Vec<f64>,
    /// Until the lab had nothing in flight and got nothing more.
    quiet_ms: Vec<f64>,
    /// How often the round under way was given up.
    by_force: u32,
    /// Why runs were rejected, where they were.
    rejected: Vec<String>,
}

/// Measures and gives the tables.
pub(crate) async fn run(options: &Options) -> Result<String, Error> {
    let stage = Stage::open(Browser::start().await?, "stop.html").await?;
    let machine = machine::line(&stage).await?;
    let repetitions = if options.quick { REPETITIONS_IF_QUICK } else { REPETITIONS };
    let mut series: Vec<Series<'_>> =
        Client::all().flat_map(|client| LOADS.iter().map(move |load| Series::new(client, load))).collect();
    let (started, total) = (Instant::now(), repetitions * series.len() as u32);
    let mut done = 0;
    let mut progress = Progress::default();
    for repetition in 1..=repetitions {
        for one in &mut series {
            one.once(&stage).await?;
            done += 1;
            progress.say(format_args!(
                "stop: repetition {repetition} of {repetitions}, {}, about {} left",
                one.name(),
                Left::expected(started, done, total)
            ));
        }
        options.write(&json!({
            "machine": machine,
            "series": series.iter().map(Series::json).collect::<Vec<_>>(),
        }))?;
    }
    stage.close().await?;
    Ok(tables(&machine, &series))
}

impl<'a> Series<'a> {
    fn new(client: Client, load: &'a Load) -> Self {
        Self { client, load, settled_ms: Vec::new(), quiet_ms: Vec::new(), by_force: 0, rejected: Vec::new() }
    }

    fn name(&self) -> String {
        format!("{}, {}", self.client.name(), self.load.name)
    }

    /// Starts a run, lets it get under way, and stops it.
    async fn once(&mut self, stage: &Stage) -> Result<(), Error> {
        stage.lab.reset();
        let scenario = json!({
            "target": { "url": self.load.path },
            "clients": [self.client.name()],
            "lifecycle": ["reused"],
            "n": 10_000,
            "concurrency": [self.load.lanes],
            "rounds": 1,
            "warmup": 0,
        });
        let () = stage.call("start", scenario).await?;
        self.arrive(&stage.lab).await?;
        sleep(UNDER_WAY).await;
        let settled = Cell::new(false);
        let stop = async {
            let stopped: Result<Stopped, Error> = stage.call("stop", json!(null)).await;
            settled.set(true);
            stopped
        };
        // While the browser stops, the lab is watched: both clocks are this machine's.
        let (stopped, last_busy_ms) = tokio::join!(stop, last_busy_ms(&stage.lab, &settled));
        let stopped = stopped?;
        if stopped.settled_ms < 0.0 {
            return Err(Error::EndedEarly(self.name()));
        }
        self.settled_ms.push(stopped.settled_ms);
        self.quiet_ms.push((last_busy_ms - stopped.aborted_epoch_ms).max(0.0));
        self.by_force += u32::from(stopped.by_force);
        self.rejected.extend(stopped.message);
        Ok(())
    }

    async fn arrive(&self, lab: &Lab) -> Result<(), Error> {
        let started = Instant::now();
        while lab.sockets().requests == 0 {
            if started.elapsed() > PATIENCE {
                return Err(Error::NothingArrived(self.name()));
            }
            sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        json!({
            "client": self.client.name(),
            "path": self.load.path,
            "lanes": self.load.lanes,
            "settled_ms": self.settled_ms,
            "quiet_ms": self.quiet_ms,
            "by_force": self.by_force,
            "rejected": self.rejected,
        })
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

fn tables(machine: &str, series: &[Series<'_>]) -> String {
    let mut table = Table::new(&[
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
        table.push(vec![
            one.name(),
            ms(median(one.settled_ms.iter().copied())),
            ms(worst(one.settled_ms.iter().copied())),
            ms(median(one.quiet_ms.iter().copied())),
            ms(worst(one.quiet_ms.iter().copied())),
            one.settled_ms.len().to_string(),
            one.by_force.to_string(),
            one.rejected.len().to_string(),
        ]);
    }
    let mut goals = Goals::default();
    for load in &LOADS {
        for blocking in [false, true] {
            let held = || {
                series
                    .iter()
                    .filter(move |one| one.load.name == load.name && one.client.info().blocking == blocking)
            };
            let who = if blocking { "blocking client" } else { "every other client" };
            let mut hold = |what: &str, seen: Option<f64>| {
                let verdict = Verdict::of(seen.is_some_and(|seen| seen <= LIMIT_MS));
                let wanted = format!("≤ {LIMIT_MS:.0} ms");
                goals.push(
                    format!("{who}, {}: {what}", load.name),
                    &wanted,
                    &format!("{} ms", ms(seen)),
                    verdict,
                );
            };
            hold("promise settled", worst(held().flat_map(|one| one.settled_ms.iter().copied())));
            hold("lab quiet", worst(held().flat_map(|one| one.quiet_ms.iter().copied())));
        }
        // Ended by force it is quick by definition; what is asked is that Stop is heard.
        let others = series.iter().filter(|one| one.load.name == load.name && !one.client.info().blocking);
        let by_force: u32 = others.map(|one| one.by_force).sum();
        let what = format!("every other client, {}: ended by force", load.name);
        goals.push(what, &"never", &by_force, Verdict::of(by_force == 0));
    }
    format!("{machine}\n\nGoals, the worst time of all:\n\n{goals}\n{table}")
}

fn ms(time: Option<f64>) -> String {
    time.map_or_else(|| "–".to_owned(), |time| format!("{time:.0}"))
}
