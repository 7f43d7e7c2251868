//! `fetchmark run` with a WebDriver that somebody else started, as on a grid: it is used, left running, and what a person does in
//! its browser is heard.

use fetchmark_core::report::{Ending, Report};
use fetchmark_e2e::{
    command::{Ran, Running, eventually, run},
    folder::TemporaryFolder,
    free_port, schema,
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

type Test = Result<(), Box<dyn std::error::Error>>;

/// A driver of nobody's; it ends with the test.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    fn start(variable: &str, program: &str, further: &[&str]) -> Result<Self, Box<dyn std::error::Error>> {
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
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n",
            self.port
        );
        write!(stream, "{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()).ok()?;
        // A driver may leave the connection open: the answer ends where its length says.
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            match line.trim_end().split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().ok()?;
                }
                Some(_) => {}
                None if line.trim_end().is_empty() => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let body: Value = serde_json::from_slice(&body).ok()?;
        Some(body["value"].clone())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn report(folder: &Path) -> Result<Report, Box<dyn std::error::Error>> {
    Ok(schema::report(serde_json::from_str(&fs::read_to_string(folder.join("r.json"))?)?)?)
}

fn assert_measured(folder: &Path, ran: &Ran) -> Test {
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let report = report(folder)?;
    assert_eq!(report.ending, Ending::Complete);
    assert!(report.variants.iter().all(|row| row.requests.ok == 40), "{:?}", report.variants[0].requests);
    Ok(())
}

const SMALL: [&str; 4] = ["--clients=js-fetch,gloo-net", "--n=10", "--rounds=4", "--output=r.json"];

#[test]
fn a_running_chromedriver_is_used_and_left_as_it_was() -> Test {
    let folder = TemporaryFolder::new("webdriver-chrome")?;
    let driver = Driver::start("CHROMEDRIVER", "chromedriver", &[])?;
    let option = driver.option();
    let ran = run(folder.path(), &[&SMALL[..], &[&option, "--browser-arg=--no-sandbox"]].concat())?;
    assert_measured(folder.path(), &ran)?;
    assert_eq!(driver.ask("GET", "/sessions", ""), Some(json!([])), "its session was ended");
    Ok(())
}

#[test]
fn a_running_geckodriver_is_used_and_left_as_it_was() -> Test {
    let folder = TemporaryFolder::new("webdriver-firefox")?;
    let driver = Driver::start("GECKODRIVER", "geckodriver", &["--websocket-port=0"])?;
    let option = driver.option();
    let ran = run(folder.path(), &[&SMALL[..], &[&option, "--browser=firefox"]].concat())?;
    assert_measured(folder.path(), &ran)?;
    // It has one session at a time: it would not be ready with one left.
    assert_eq!(driver.ask("GET", "/status", "").map(|status| status["ready"].clone()), Some(json!(true)));
    Ok(())
}

/// Whoever sees the browser may press Stop in it. What is measured by then is not what was asked for: it is held to nothing.
#[test]
fn stop_on_the_page_ends_the_command_and_no_gate_is_judged() -> Test {
    let folder = TemporaryFolder::new("webdriver-stop")?;
    let driver = Driver::start("CHROMEDRIVER", "chromedriver", &[])?;
    let option = driver.option();
    let arguments =
        ["/lab/delay/10", "--clients=js-fetch:reused", "--n=10", "--concurrency=5", "--rounds=1000"];
    let further = ["--output=r.json", "--threshold=failed==1", "--browser-arg=--no-sandbox", &option];
    let running = Running::start(folder.path(), &[&arguments[..], &further].concat())?;
    let mut session = None;
    eventually(|| {
        session = driver.ask("GET", "/sessions", "").and_then(|all| all[0]["id"].as_str().map(str::to_owned));
        session.is_some()
    })?;
    let path = format!("/session/{}/execute/sync", session.ok_or("no session")?);
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
    let report = report(folder.path())?;
    assert_eq!(report.ending, Ending::Stopped);
    assert!(report.variants[0].rounds.len() >= 4, "{} rounds", report.variants[0].rounds.len());
    Ok(())
}
