//! `fetchmark run --sessions`: several browsers measure at the same time, and their reports become one.

use fetchmark_core::report::{Ending, Report, validity::FindingCode};
use fetchmark_e2e::{
    command::{Ran, Running, ask, below, children, eventually, run, signal, until_gone},
    prelude::*,
};
use fetchmark_webdriver::free_port;
use std::path::Path;

fn read(folder: &Path) -> anyhow::Result<Report> {
    schema::read(&folder.join("r.json"))
}

/// How many rounds each session has in a row.
fn rounds_of(report: &Report, session: u32) -> usize {
    report.variants[0].rounds.iter().filter(|round| round.session == session).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_begin_together_and_their_counts_are_those_of_the_lab() -> Test {
    let (site, folder) = (Site::start().await?, tempdir()?);
    let url = format!("{}/lab/ping", site.lab.http_url());
    let what = ["--clients=js-fetch,gloo-net", "--n=10", "--rounds=3", "--origin=page", "--output=r.json"];
    let ran = run(folder.path(), &[&[&*url, "--sessions=2", "--lockstep"], &what[..]].concat())?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    assert!(ran.error.contains("2 of 2 sessions are open."), "{}", ran.error);
    let report = read(folder.path())?;
    let ids: Vec<_> = report.sessions.iter().map(|session| &*session.id).collect();
    assert_eq!((ids, report.ending), (vec!["session-1", "session-2"], Ending::Complete));
    for session in &report.sessions {
        assert_eq!(session.ending, Ending::Complete);
        assert!(session.offset_ms.is_some() && session.skew_ms.is_some(), "{session:?}");
    }
    assert_eq!([0, 1].map(|session| rounds_of(&report, session)), [3, 3]);
    assert_ok(&report, 60);
    let sent: u64 = report.variants.iter().map(|row| row.requests.issued + row.warmup.requests.issued).sum();
    assert_eq!(site.lab.sockets().requests, sent);
    Ok(())
}

/// How many requests the lab at this port has had.
fn requests_seen(port: u16) -> u64 {
    ask(port, "GET", "/lab/sockets", "").and_then(|seen| seen["requests"].as_u64()).unwrap_or(0)
}

/// A long run in two browsers, once both have finished several blocks.
fn long_run(folder: &Path, further: &[&str]) -> anyhow::Result<(Running, u16)> {
    let port = free_port()?;
    let to_lab = format!("--port={port}");
    let what = ["/lab/delay/10", "--clients=js-fetch:reused", "--n=10", "--concurrency=5", "--rounds=1000"];
    let how = ["--sessions=2", "--lockstep", "--output=r.json", &*to_lab];
    let running = Running::start(folder, &[&what[..], &how, further].concat())?;
    eventually(|| requests_seen(port) > 200)?;
    Ok((running, port))
}

/// Kills one of the two browsers.
fn kill_one(running: &Running) -> Test {
    let driver = *children(running.id()).first().context("no driver")?;
    for browser in children(driver) {
        signal(browser, "KILL")?;
    }
    Ok(())
}

/// How the run ended; nothing that it started is left.
fn ended(running: Running, folder: &Path) -> anyhow::Result<(Ran, Report)> {
    let started = below(running.id());
    let ran = running.end()?;
    until_gone(&started)?;
    Ok((ran, read(folder)?))
}

#[test]
fn a_session_that_is_lost_keeps_its_blocks_and_the_other_goes_on() -> Test {
    let folder = tempdir()?;
    let (running, port) = long_run(folder.path(), &[])?;
    kill_one(&running)?;
    running.until_it_says("was lost")?;
    let seen = requests_seen(port);
    eventually(|| requests_seen(port) > seen + 200)?;
    signal(running.id(), "INT")?;
    let (ran, report) = ended(running, folder.path())?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    assert!(finds(&report, FindingCode::SessionLost), "{:?}", report.validity);
    let rounds = |ending| {
        let place = (0..).zip(&report.sessions).find(|(_, session)| session.ending == ending);
        place.map_or(0, |(place, _)| rounds_of(&report, place))
    };
    let [lost, left] = [Ending::Failed, Ending::Stopped].map(rounds);
    assert!(lost > 0 && lost < left, "{lost} {left}");
    assert!(report.variants[0].requests.adds_up());
    Ok(())
}

#[test]
fn a_run_with_too_few_sessions_left_is_stopped() -> Test {
    let folder = tempdir()?;
    let (running, _) = long_run(folder.path(), &["--min-sessions=2"])?;
    kill_one(&running)?;
    let (ran, report) = ended(running, folder.path())?;
    assert_eq!(ran.code, Some(1), "{}", ran.error);
    assert!(ran.error.contains("1 session of 2 left, so the run was stopped"), "{}", ran.error);
    assert!([0, 1].iter().all(|session| rounds_of(&report, *session) > 0));
    Ok(())
}

#[test]
fn ctrl_c_reaches_all_sessions() -> Test {
    let folder = tempdir()?;
    let (running, _) = long_run(folder.path(), &[])?;
    signal(running.id(), "INT")?;
    let (ran, report) = ended(running, folder.path())?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    assert_eq!((report.ending, report.sessions.len()), (Ending::Stopped, 2));
    Ok(())
}

/// Stands in for the page: keeps what it is given.
const PAGE: &str =
    "window.fetchmark = { run: (_, hooks) => ((window.hooks = hooks), new Promise(() => {})) };";

/// A block that is ready between two calls is fetched by the second of them, and begins with the third.
const CALLS: &str = "
    const done = arguments[0];
    const next = async (given) => JSON.parse(await window.fetchmarkCommand.nextUpdates(0, given));
    const calls = async () => {
        await next({});
        let begun = false;
        const block = window.hooks.onBlock({}).then(() => (begun = true));
        const { updates } = await next({});
        const early = begun;
        const time = performance.timeOrigin + performance.now() + 20;
        await next({ begin: time });
        await block;
        const { began } = await next({});
        return [updates.length, early, began >= time];
    };
    calls().then(done);";

in_chromium!(a_block_waits_for_its_appointment);
async fn a_block_waits_for_its_appointment(browser: &Browser) -> Test {
    let start = include_str!("../../../../../crates/cli/src/run/driver/js/start.js");
    browser.client.execute(&format!("{PAGE}\n{start}"), vec![json!("{}")]).await?;
    assert_eq!(browser.client.execute_async(CALLS, vec![]).await?, json!([1, false, true]));
    Ok(())
}
