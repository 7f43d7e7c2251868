//! `fetchmark run` with a WebDriver that somebody else started, as on a grid: it is used, left running, and what a person does in
//! its browser is heard.

use fetchmark_core::report::Ending;
use fetchmark_e2e::{
    command::{Running, ask, eventually, run},
    free_port,
    prelude::*,
};
use std::{
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// A driver of nobody's; it ends with the test.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    fn start(variable: &str, program: &str, further: &[&str]) -> anyhow::Result<Self> {
        let port = free_port()?;
        let program = std::env::var(variable).unwrap_or_else(|_| program.to_owned());
        let mut command = Command::new(program);
        command.arg(format!("--port={port}")).args(further).env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1");
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let driver = Self { process, port };
        eventually(|| TcpStream::connect(("127.0.0.1", port)).is_ok())?;
        Ok(driver)
    }

    /// The option that names it.
    fn option(&self) -> String {
        format!("--webdriver=http://127.0.0.1:{}", self.port)
    }

    /// What it answers to a command of the WebDriver protocol.
    fn ask(&self, method: &str, path: &str, body: &str) -> Option<Value> {
        Some(ask(self.port, method, path, body)?["value"].take())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn measure_with(driver: &Driver, further: &str) -> Test {
    let folder = tempdir()?;
    let arguments =
        ["--clients=js-fetch,gloo-net", "--n=10", "--rounds=4", "--output=r.json", &driver.option(), further];
    let ran = run(folder.path(), &arguments)?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let report = schema::read(&folder.path().join("r.json"))?;
    assert_eq!(report.ending, Ending::Complete);
    assert_ok(&report, 40);
    Ok(())
}

#[test]
fn a_running_chromedriver_is_used_and_left_as_it_was() -> Test {
    let driver = Driver::start("CHROMEDRIVER", "chromedriver", &[])?;
    measure_with(&driver, "--browser-arg=--no-sandbox")?;
    assert_eq!(driver.ask("GET", "/sessions", ""), Some(json!([])), "its session was ended");
    Ok(())
}

#[test]
fn a_running_geckodriver_is_used_and_left_as_it_was() -> Test {
    let driver = Driver::start("GECKODRIVER", "geckodriver", &["--websocket-port=0"])?;
    measure_with(&driver, "--browser=firefox")?;
    // It has one session at a time: it would not be ready with one left.
    assert_eq!(driver.ask("GET", "/status", "").map(|status| status["ready"].clone()), Some(json!(true)));
    Ok(())
}

/// Whoever sees the browser may press Stop in it. What is measured by then is not what was asked for: it is held to nothing.
#[test]
fn stop_on_the_page_ends_the_command_and_no_gate_is_judged() -> Test {
    let folder = tempdir()?;
    let driver = Driver::start("CHROMEDRIVER", "chromedriver", &[])?;
    let arguments =
        ["/lab/delay/10", "--clients=js-fetch:reused", "--n=10", "--concurrency=5", "--rounds=1000"];
    let further =
        ["--output=r.json", "--threshold=failed==1", "--browser-arg=--no-sandbox", &driver.option()];
    let running = Running::start(folder.path(), &[&arguments[..], &further].concat())?;
    let mut session = None;
    eventually(|| {
        session = driver.ask("GET", "/sessions", "").and_then(|all| all[0]["id"].as_str().map(str::to_owned));
        session.is_some()
    })?;
    let path = format!("/session/{}/execute/sync", session.context("no session")?);
    let script = |script: &str| json!({ "script": script, "args": [] }).to_string();
    eventually(|| {
        let rounds =
            driver.ask("POST", &path, &script("return globalThis.fetchmark?.progress?.rounds_done ?? 0"));
        rounds.and_then(|rounds| rounds.as_u64()).is_some_and(|rounds| rounds > 5)
    })?;
    driver.ask("POST", &path, &script("globalThis.fetchmark.stop()"));
    let ran = running.end()?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    assert!(ran.error.contains("The finished rounds are in the report."), "{}", ran.error);
    assert!(!ran.out.contains("failed==1"), "{}", ran.out);
    let report = schema::read(&folder.path().join("r.json"))?;
    assert_eq!(report.ending, Ending::Stopped);
    assert!(report.variants[0].rounds.len() >= 4, "{} rounds", report.variants[0].rounds.len());
    Ok(())
}
