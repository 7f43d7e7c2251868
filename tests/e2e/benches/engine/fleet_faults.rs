//! What a fleet comes to where its parts fail: the command measures in two browsers, one on each node of a Selenium Grid, and at a random
//! moment of the run a browser, a driver or a node is killed.

use crate::stage::Stage;
use anyhow::{Context, Result};
use fetchmark_core::report::{Ending, Report};
use fetchmark_e2e::{
    bench::{
        goal::{Goals, Verdict as Goal},
        progress::Progress,
        table::Table,
    },
    command::{Running, below, children, signal, until_gone},
    grid::Grid,
    library::issued,
    schema,
};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;
use serde::Serialize;
use serde_json::json;
use std::{
    path::Path,
    time::{Duration, Instant},
};
use tokio::{task::block_in_place, time::sleep};

/// Requests of a round, and the rounds of each browser. A block is one round: a tenth of a second at least.
const N: u64 = 10;
const ROUNDS: usize = 40;

/// How many blocks of a lost browser may be in no report: the one under way, and one that ended as the browser did.
const UNFINISHED: u64 = 2;

/// How long a session may stay open after the run: the hub hears of a node that is gone only by and by.
const RELEASED_WITHIN: Duration = Duration::from_secs(20);

/// Between looks: looking without a pause would keep a core from what is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
enum Fault {
    Browser,
    Driver,
    Node,
}

/// One run, and what was left of it.
#[derive(Debug, Serialize)]
struct Outcome {
    fault: Fault,
    /// When it happened, in ms after the command's start; `None` where the run had ended before.
    at_ms: Option<u64>,
    /// The command's exit code; `None` where it hung.
    code: Option<i32>,
    /// Whether both browsers had begun to measure.
    measured: bool,
    /// Drivers that still run, or sessions that the Grid still has with one or queues.
    sessions_left: u64,
    /// Sessions that the Grid keeps for a driver that is gone: it forgets them only after its own time-out.
    sessions_without_driver: u64,
    blocks_lost: u64,
    /// Rows whose requests are not ok, failed or aborted, each once.
    rows_off: usize,
    /// Whether it ended in a way that it should not: a whole browser without all of its rounds, an error without a word.
    wrong: Option<String>,
}

pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let runs = stage.options.runs.unwrap_or(stage.options.count(200, 3));
    let mut grid = Grid::hub(2, 1)?;
    let started = Instant::now();
    let ran = start(stage, &tempfile::tempdir()?.path().join("r.json"), &grid)?.end()?;
    anyhow::ensure!(ran.code == Some(0), "without a fault it ended with {:?}: {}", ran.code, ran.error);
    let length = started.elapsed();
    let mut chance = Pcg32::seed_from_u64(1);
    let mut outcomes = Vec::new();
    let mut progress = Progress::begin();
    for (run, fault) in (0..runs).zip([Fault::Browser, Fault::Driver, Fault::Node].into_iter().cycle()) {
        let (node, moment) = (chance.random_range(0..2), length.mul_f64(chance.random()));
        let outcome = once(stage, &mut grid, fault, node, moment).await?;
        if outcome.sessions_left > 0 {
            // They would take the next run's place.
            grid = Grid::hub(2, 1)?;
        }
        outcomes.push(outcome);
        stage.write(json!({ "length_ms": length.as_millis() as u64, "runs": outcomes }))?;
        let left = progress.left(run + 1, runs);
        progress.say(format_args!("fleet-faults: run {} of {runs}, about {left} left", run + 1));
    }
    Ok(tables(&outcomes))
}

fn start(stage: &Stage, report: &Path, grid: &Grid) -> Result<Running> {
    let folder = report.parent().context("the report is in no folder")?;
    let target = stage.lab.http_url() + "/lab/delay/10";
    let (driver, rounds) = (format!("--webdriver={}", grid.url()), format!("--rounds={ROUNDS}"));
    let fleet = [&*target, &*driver, "--sessions=2", "--min-sessions=1", "--start-within=60s"];
    let what = ["--clients=js-fetch:reused", "--concurrency=1", "--n=10", &*rounds, "--output=r.json"];
    let how = ["--origin=page", "--browser-arg=--no-sandbox"];
    Ok(Running::start(folder, &[&fleet[..], &what, &how].concat())?)
}

async fn once(
    stage: &Stage,
    grid: &mut Grid,
    fault: Fault,
    node: usize,
    moment: Duration,
) -> Result<Outcome> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("r.json");
    stage.lab.reset();
    let started = Instant::now();
    let running = start(stage, &file, grid)?;
    let command = running.id();
    sleep(moment).await;
    // Where there is nothing to kill yet, as soon as there is.
    let mut orphans = None;
    while orphans.is_none() && is_running(command) {
        orphans = kill(grid, fault, node);
        sleep(LOOK_AGAIN).await;
    }
    let at_ms = orphans.is_some().then(|| started.elapsed().as_millis() as u64);
    let ended = block_in_place(|| until_gone(&[command]));
    let ran = match ended {
        Ok(()) => Some(running.end()?),
        Err(_) => None,
    };
    for process in orphans.unwrap_or_default() {
        signal(process, "KILL")?;
    }
    let (sessions_left, sessions_without_driver) = left_behind(grid, fault).await;
    if fault != Fault::Browser && at_ms.is_some() {
        grid.kill_node(node);
        grid.start_node(node)?;
        block_in_place(|| grid.until_ready())?;
    }
    let report = if file.exists() { Some(schema::read(&file)?) } else { None };
    let requests = stage.lab.sockets().requests;
    let wrong = match &ran {
        None => Some("it hung".to_owned()),
        // Whoever pays for the slot must know.
        Some(ran) if sessions_without_driver > 0 && !ran.error.contains("could not be closed") => {
            Some(format!("a session that is left is not named: {}", ran.error))
        }
        Some(ran) => wrong(ran.code, &ran.error, report.as_ref()),
    };
    Ok(Outcome {
        fault,
        at_ms,
        code: ran.and_then(|ran| ran.code),
        measured: report.as_ref().is_some_and(|report| report.sessions.len() == 2),
        sessions_left,
        sessions_without_driver,
        // Both may have been warming up, or in their first block, when there was nothing to report.
        blocks_lost: match &report {
            Some(report) => (requests.saturating_sub(issued(report)) / N).saturating_sub(UNFINISHED),
            None => (requests / N).saturating_sub(2 * UNFINISHED),
        },
        rows_off: report.as_ref().map_or(0, rows_off),
        wrong,
    })
}

/// Kills one of a node's parts, if it is there; gives what a driver leaves behind.
fn kill(grid: &mut Grid, fault: Fault, node: usize) -> Option<Vec<u32>> {
    let driver = *grid.drivers(node).first()?;
    match fault {
        Fault::Browser => {
            let browsers = children(driver);
            browsers.iter().try_for_each(|browser| signal(*browser, "KILL")).ok()?;
            (!browsers.is_empty()).then(Vec::new)
        }
        Fault::Driver => {
            let browser = below(driver);
            signal(driver, "KILL").ok()?;
            Some(browser)
        }
        Fault::Node => {
            grid.kill_node(node);
            Some(Vec::new())
        }
    }
}

fn is_running(process: u32) -> bool {
    below(std::process::id()).contains(&process)
}

/// How many sessions are left when they should all have been released, and how many of which the Grid has nothing but the entry.
async fn left_behind(grid: &Grid, fault: Fault) -> (u64, u64) {
    let deadline = Instant::now() + RELEASED_WITHIN;
    loop {
        let drivers = (0..2).map(|node| grid.drivers(node).len() as u64).sum::<u64>();
        let queued = grid.queued_count().unwrap_or_default();
        let open = grid.session_count().unwrap_or(u64::MAX);
        let left = if fault == Fault::Driver { drivers } else { drivers.max(open) } + queued;
        if left == 0 || Instant::now() > deadline {
            return (left, open.saturating_sub(left));
        }
        sleep(LOOK_AGAIN).await;
    }
}

fn rows_off(report: &Report) -> usize {
    let rows = report.sessions.iter().flat_map(|session| &session.variants).chain(&report.variants);
    rows.filter(|row| !row.requests.adds_up() || !row.warmup.requests.adds_up()).count()
}

/// What should not be, whatever was killed when.
fn wrong(code: Option<i32>, error: &str, report: Option<&Report>) -> Option<String> {
    if error.contains("panicked") {
        return Some(error.to_owned());
    }
    match (code, report) {
        (Some(0), Some(report)) => {
            let whole = (0..).zip(&report.sessions).filter(|(_, one)| one.ending == Ending::Complete);
            let rounds =
                |place: u32| report.variants[0].rounds.iter().filter(|round| round.session == place).count();
            let short = whole.map(|(place, _)| rounds(place)).find(|count| *count != ROUNDS);
            short.map(|count| format!("a browser that was not lost has {count} rounds"))
        }
        (Some(0), None) => Some("it ended well without a report".to_owned()),
        (Some(1), _) if !error.trim().is_empty() => None,
        _ => Some(format!("it ended with {code:?}: {error}")),
    }
}

fn tables(outcomes: &[Outcome]) -> String {
    let mut table = Table::new([
        "killed",
        "runs",
        "before both measured",
        "exit code 0",
        "exit code 1",
        "sessions left behind",
        "kept by the Grid without a driver",
        "finished blocks lost",
        "rows that do not add up",
        "otherwise wrong",
    ]);
    let all: Vec<&Outcome> = outcomes.iter().collect();
    let of = |fault| outcomes.iter().filter(|one| one.fault == fault).collect::<Vec<_>>();
    let groups = [
        ("browser", of(Fault::Browser)),
        ("driver", of(Fault::Driver)),
        ("node", of(Fault::Node)),
        ("all", all),
    ];
    for (name, group) in &groups {
        let count = |is: fn(&&&Outcome) -> bool| group.iter().filter(is).count() as u64;
        let sum = |of: fn(&&Outcome) -> u64| group.iter().map(of).sum::<u64>();
        let figures = [
            group.len() as u64,
            count(|one| !one.measured),
            count(|one| one.code == Some(0)),
            count(|one| one.code == Some(1)),
            sum(|one| one.sessions_left),
            sum(|one| one.sessions_without_driver),
            sum(|one| one.blocks_lost),
            sum(|one| one.rows_off as u64),
            count(|one| one.wrong.is_some()),
        ];
        table.push([(*name).to_owned()].into_iter().chain(figures.map(|figure| figure.to_string())));
    }
    let mut goals = Goals::default();
    let sum = |of: fn(&Outcome) -> u64| outcomes.iter().map(of).sum::<u64>();
    for (what, seen) in [
        ("sessions left behind", sum(|one| one.sessions_left)),
        ("finished blocks lost", sum(|one| one.blocks_lost)),
        ("rows where issued is not ok + failed + aborted", sum(|one| one.rows_off as u64)),
        ("runs that ended otherwise wrong", sum(|one| one.wrong.is_some().into())),
    ] {
        goals.push(what, "none", &seen.to_string(), Goal::of(seen == 0));
    }
    format!("{goals}\n{table}")
}
