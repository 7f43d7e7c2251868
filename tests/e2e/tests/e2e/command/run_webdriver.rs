//! `fetchmark run` with a WebDriver that somebody else started, as on a grid: it is used, left running, and what a person does in
//! its browser works.

use fetchmark_core::report::Ending;
use fetchmark_e2e::{
    command::{Running, ask, eventually, run},
    prelude::*,
};
use fetchmark_webdriver::Driver;
use url::Url;

/// What a driver answers to a command of the WebDriver protocol.
fn send(driver: &Driver, method: &str, path: &str, body: &str) -> Option<Value> {
    let port = Url::parse(&driver.endpoint().to_string()).ok()?.port()?;
    Some(ask(port, method, path, body)?["value"].take())
}

fn measure_with(driver: &Driver, further: &str) -> Test {
    let folder = tempdir()?;
    let webdriver = format!("--webdriver={}", driver.endpoint());
    let arguments =
        ["--clients=js-fetch,gloo-net", "--n=10", "--rounds=4", "--output=r.json", &webdriver, further];
    let ran = run(folder.path(), &arguments)?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let report = schema::read(&folder.path().join("r.json"))?;
    assert_eq!(report.ending, Ending::Complete);
    assert_ok(&report, 40);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_chromedriver_is_used_and_left_as_it_was() -> Test {
    let driver = Driver::start(Kind::Chrome).await?;
    measure_with(&driver, "--browser-arg=--no-sandbox")?;
    assert_eq!(send(&driver, "GET", "/sessions", ""), Some(json!([])), "its session was ended");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_geckodriver_is_used_and_left_as_it_was() -> Test {
    let driver = Driver::start(Kind::Firefox).await?;
    measure_with(&driver, "--browser=firefox")?;
    // It has one session at a time: it would not be ready with one left.
    assert_eq!(send(&driver, "GET", "/status", "").map(|status| status["ready"].clone()), Some(json!(true)));
    Ok(())
}

/// Whoever sees the browser may press Stop in it. What is measured by then is not what was asked for: it is held to nothing.
#[tokio::test(flavor = "multi_thread")]
async fn stop_on_the_page_ends_the_command_and_no_gate_is_judged() -> Test {
    let folder = tempdir()?;
    let driver = Driver::start(Kind::Chrome).await?;
    let webdriver = format!("--webdriver={}", driver.endpoint());
    let arguments =
        ["/lab/delay/10", "--clients=js-fetch:reused", "--n=10", "--concurrency=5", "--rounds=1000"];
    let further = ["--output=r.json", "--threshold=failed==1", "--browser-arg=--no-sandbox", &webdriver];
    let running = Running::start(folder.path(), &[&arguments[..], &further].concat())?;
    let mut session = None;
    eventually(|| {
        session =
            send(&driver, "GET", "/sessions", "").and_then(|all| all[0]["id"].as_str().map(str::to_owned));
        session.is_some()
    })?;
    let path = format!("/session/{}/execute/sync", session.context("no session")?);
    let script = |script: &str| json!({ "script": script, "args": [] }).to_string();
    eventually(|| {
        let rounds =
            send(&driver, "POST", &path, &script("return globalThis.fetchmark?.progress?.rounds_done ?? 0"));
        rounds.and_then(|rounds| rounds.as_u64()).is_some_and(|rounds| rounds > 5)
    })?;
    send(&driver, "POST", &path, &script("globalThis.fetchmark.stop()"));
    let ran = running.end()?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    assert!(ran.error.contains("The finished rounds are in the report."), "{}", ran.error);
    assert!(!ran.out.contains("failed==1"), "{}", ran.out);
    let report = schema::read(&folder.path().join("r.json"))?;
    assert_eq!(report.ending, Ending::Stopped);
    assert!(report.variants[0].rounds.len() >= 4, "{} rounds", report.variants[0].rounds.len());
    Ok(())
}
