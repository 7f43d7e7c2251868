//! `fetchmark run --sessions` over a real Selenium Grid: one report of all browsers, and no session left behind, however it ends.

use fetchmark_core::report::{Ending, FindingCode, Report, RoundReport};
use fetchmark_e2e::{
    command::{Ran, Running, children, eventually, run, signal},
    grid::{AUTHORIZATION, Grid, PASSWORD, PASSWORD_ENCODED},
    prelude::*,
};
use fetchmark_lab::{Lab, LabConfig};
use fetchmark_webdriver::Driver;
use std::{collections::BTreeSet, fs, path::Path};

/// What every run here has in common: the page on its own origin, and a Chromium that starts as root, too.
const COMMON: [&str; 4] = ["--origin=page", "--browser-arg=--no-sandbox", "--n=10", "--output=r.json"];

/// A run of one row that takes six seconds at least: each round waits a tenth of one.
const SLOW: [&str; 4] = ["--clients=js-fetch:reused", "--concurrency=1", "--rounds=60", "--lockstep"];
const ROUNDS: usize = 60;

/// A lab of the test's own, which knows how many requests there were.
async fn lab() -> anyhow::Result<Lab> {
    Lab::start(LabConfig::default()).await
}

fn webdriver(address: &str) -> String {
    format!("--webdriver={address}")
}

/// Measures this address through these WebDrivers.
fn measure(folder: &Path, target: &str, drivers: &[&str], further: &[&str]) -> std::io::Result<Ran> {
    let drivers: Vec<String> = drivers.iter().copied().map(webdriver).collect();
    let drivers: Vec<&str> = drivers.iter().map(String::as_str).collect();
    run(folder, &[&[target], &COMMON[..], &drivers, further].concat())
}

/// A slow run over this Grid that measures in so many browsers by now, and its lab.
async fn under_way(
    folder: &Path,
    grid: &Grid,
    sessions: u32,
    further: &[&str],
) -> anyhow::Result<(Running, Lab)> {
    let lab = lab().await?;
    let (target, driver) = (lab.http_url() + "/lab/delay/10", webdriver(&grid.url()));
    let count = format!("--sessions={sessions}");
    let running =
        Running::start(folder, &[&[&*target, &*driver, &*count], &COMMON[..], &SLOW, further].concat())?;
    // The warm-up and five blocks of each: they begin each block together.
    eventually(|| lab.sockets().requests > u64::from(sessions) * 60)?;
    Ok((running, lab))
}

/// The report that it left in a folder. Whatever happened, its counts add up, in every row of every session.
fn report(folder: &Path) -> anyhow::Result<Report> {
    let report = schema::read(&folder.join("r.json"))?;
    let rows = report.sessions.iter().flat_map(|session| &session.variants).chain(&report.variants);
    for row in rows {
        assert!(row.requests.adds_up() && row.warmup.requests.adds_up(), "{}: {:?}", row.id, row.requests);
    }
    Ok(report)
}

/// How many rounds of its one row each session has.
fn rounds(report: &Report) -> Vec<usize> {
    let row = &report.variants[0];
    let of = |place: u32| row.rounds.iter().filter(|round: &&RoundReport| round.session == place).count();
    (0..).zip(&report.sessions).map(|(place, _)| of(place)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn four_browsers_on_two_nodes_make_one_report() -> Test {
    let (grid, lab, folder) = (Grid::hub(2, 2)?, lab().await?, tempdir()?);
    let target = lab.http_url() + "/lab/ping";
    let further = ["--sessions=4", "--clients=js-fetch,gloo-net", "--rounds=4"];
    let ran = measure(folder.path(), &target, &[&grid.url()], &further)?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let report = report(folder.path())?;
    assert_eq!(report.ending, Ending::Complete);
    assert_ok(&report, 4 * 4 * 10);
    assert_eq!(lab.sockets().requests, issued(&report), "the lab counted otherwise");
    let ids: Vec<_> = report.sessions.iter().map(|session| &*session.id).collect();
    assert_eq!(ids, ["session-1", "session-2", "session-3", "session-4"]);
    for session in &report.sessions {
        assert_eq!(session.ending, Ending::Complete);
        assert!(session.variants.iter().all(|row| row.requests.ok == 40), "{}", session.id);
        assert!(session.offset_ms.is_some() && session.skew_ms.is_some(), "{}", session.id);
    }
    let nodes: BTreeSet<_> = report.sessions.iter().filter_map(|session| session.node.as_deref()).collect();
    assert_eq!(nodes.len(), 2, "{nodes:?}");
    grid.until_empty()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_killed_leaves_what_its_session_finished() -> Test {
    let (mut grid, folder) = (Grid::hub(2, 1)?, tempdir()?);
    let (running, lab) = under_way(folder.path(), &grid, 2, &[]).await?;
    assert_eq!(grid.sessions_by_node(), [1, 1]);
    grid.kill_node(1);
    let ran = running.end()?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    assert!(ran.error.contains("was lost"), "{}", ran.error);
    let report = report(folder.path())?;
    assert!(finds(&report, FindingCode::SessionLost), "{:?}", report.validity);
    assert_eq!(report.ending, Ending::Complete);
    let lost = report.sessions.iter().position(|session| session.ending == Ending::Failed);
    let lost = lost.context("no session was lost")?;
    let rounds = rounds(&report);
    assert_eq!(rounds[1 - lost], ROUNDS);
    assert!((3..ROUNDS).contains(&rounds[lost]), "{rounds:?}");
    // All that is missing is the block that the lost one had not handed over.
    let missing = lab.sockets().requests - issued(&report);
    assert!(missing <= 10, "{missing} requests are in no report");
    grid.until_empty()
}

#[tokio::test(flavor = "multi_thread")]
async fn with_fewer_browsers_than_the_minimum_the_run_ends() -> Test {
    let (grid, folder) = (Grid::standalone(Kind::Chrome, 2)?, tempdir()?);
    let (running, _lab) = under_way(folder.path(), &grid, 2, &["--min-sessions=2"]).await?;
    let driver = *grid.drivers(0).first().context("no driver runs")?;
    for browser in children(driver) {
        signal(browser, "KILL")?;
    }
    let ran = running.end()?;
    assert_eq!(ran.code, Some(1), "{}", ran.error);
    assert!(ran.error.contains("was lost"), "{}", ran.error);
    let report = report(folder.path())?;
    assert!(finds(&report, FindingCode::SessionLost), "{:?}", report.validity);
    assert!(rounds(&report).iter().all(|count| (3..ROUNDS).contains(count)), "{:?}", rounds(&report));
    grid.until_empty()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_grid_and_a_plain_driver_are_one_fleet() -> Test {
    let (grid, driver) = (Grid::locked(1)?, Driver::start(Kind::Chrome).await?);
    let (lab, folder) = (lab().await?, tempdir()?);
    let (target, plain) = (lab.http_url() + "/lab/ping", driver.endpoint().to_string());
    let further =
        ["--clients=js-fetch:reused", "--rounds=4", "--output=r.md", "--output=r.csv", "--samples=s.csv"];
    let ran = measure(folder.path(), &target, &[&grid.url(), &plain], &further)?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let report = report(folder.path())?;
    assert_eq!(report.sessions.len(), 2);
    assert_ok(&report, 80);
    assert_eq!(lab.sockets().requests, issued(&report), "the lab counted otherwise");
    grid.until_empty()?;

    let wrong = measure(folder.path(), &target, &[&grid.url_with("wr%40ng"), &plain], &further)?;
    assert_eq!(wrong.code, Some(1), "{}", wrong.error);
    assert!(wrong.error.contains("401"), "{}", wrong.error);

    let mut said = ran.out + &ran.error + &wrong.out + &wrong.error;
    for file in fs::read_dir(folder.path())? {
        said += &fs::read_to_string(file?.path())?;
    }
    let secrets = [PASSWORD, PASSWORD_ENCODED, AUTHORIZATION, "wr%40ng", "wr@ng"];
    assert_eq!(secrets.into_iter().find(|secret| said.contains(secret)), None, "a secret is written");
    Ok(())
}

/// The sessions that did open are closed, and the one that waited is not opened for nobody when they are.
#[tokio::test(flavor = "multi_thread")]
async fn more_browsers_than_the_grid_has_are_an_error_and_all_are_closed() -> Test {
    let (grid, folder) = (Grid::standalone(Kind::Chrome, 2)?, tempdir()?);
    let further = ["--sessions=3", "--start-within=30s", "--rounds=4"];
    let ran = measure(folder.path(), "lab:/lab/ping", &[&grid.url()], &further)?;
    assert_eq!(ran.code, Some(1), "{}", ran.error);
    assert!(ran.error.contains("2 of 3 sessions are open"), "{}", ran.error);
    grid.until_empty()
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_closes_every_browser_whether_it_measures_or_waits() -> Test {
    let (grid, folder) = (Grid::standalone(Kind::Chrome, 2)?, tempdir()?);
    let (running, _lab) = under_way(folder.path(), &grid, 2, &[]).await?;
    signal(running.id(), "INT")?;
    let ran = running.end()?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    let report = report(folder.path())?;
    assert_eq!(report.ending, Ending::Stopped);
    assert!(rounds(&report).iter().all(|count| (3..ROUNDS).contains(count)), "{:?}", rounds(&report));
    grid.until_empty()?;

    let driver = webdriver(&grid.url());
    let running = Running::start(folder.path(), &[&[&*driver, "--sessions=3"], &COMMON[..]].concat())?;
    eventually(|| (grid.session_count(), grid.queued_count()) == (Some(2), Some(1)))?;
    signal(running.id(), "INT")?;
    let ran = running.end()?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    grid.until_empty()
}

/// As jobs of a pipeline do it: each measures in a browser of its own at the time that was agreed on, and another merges.
mod jobs_that_begin_at_one_time_are_merged {
    use super::*;
    use fetchmark_e2e::command::shell;
    use humantime::format_rfc3339_seconds;
    use std::time::{Duration, SystemTime};

    /// Time for both browsers to open, on a busy machine, too.
    const APPOINTMENT: Duration = Duration::from_secs(20);

    #[tokio::test(flavor = "multi_thread")]
    async fn firefox() -> Test {
        let (grid, lab, folder) = (Grid::of_both(2)?, lab().await?, tempdir()?);
        let (target, driver) = (lab.http_url() + "/lab/ping", webdriver(&grid.url()));
        let at = format!("--start-at={}", format_rfc3339_seconds(SystemTime::now() + APPOINTMENT));
        let jobs =
            [("chrome", "--browser-arg=--no-sandbox"), ("firefox", "--quiet")].map(|(browser, further)| {
                let (output, browser) = (format!("--output={browser}.json"), format!("--browser={browser}"));
                let what = ["--origin=page", "--clients=js-fetch:reused", "--n=10", "--rounds=4"];
                let how = [&*target, &*driver, &*at, &*browser, &*output, further];
                Running::start(folder.path(), &[&what[..], &how].concat())
            });
        for job in jobs {
            let ran = job?.end()?;
            assert_eq!(ran.code, Some(0), "{}", ran.error);
        }
        let merged = shell(folder.path(), "fetchmark merge chrome.json firefox.json --output r.json", &[])?;
        assert_eq!(merged.code, Some(0), "{}", merged.error);
        let report = report(folder.path())?;
        let is = |place: usize, name: &str| report.sessions[place].user_agent.contains(name);
        assert!(report.sessions.len() == 2 && is(0, "Chrome/") && is(1, "Firefox/"));
        assert_ok(&report, 80);
        assert_eq!(lab.sockets().requests, issued(&report), "the lab counted otherwise");
        grid.until_empty()
    }
}
