use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo_bin;
use predicates::prelude::*;
use predicates::str::contains;

use crate::{fetchmark, with_page};

/// A running server that ends with the test, whatever happens in it.
struct Serving {
    child: Child,
    lines: Vec<String>,
}

impl Serving {
    fn start(folder: &Path, further: &[&str], lines: usize) -> Self {
        Self::of(Command::new(cargo_bin!("fetchmark")), folder, further, lines)
    }

    fn of(mut command: Command, folder: &Path, further: &[&str], lines: usize) -> Self {
        // Asserting would wait for its end.
        let mut child = command
            .args(["serve", "--port", "0", "--page", "page"])
            .args(further)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let lines = (0..lines)
            .map(|_| {
                let mut line = String::new();
                out.read_line(&mut line).unwrap();
                line.trim_end().to_owned()
            })
            .collect();
        // Given back, so that what else is printed can be read at the end.
        child.stdout = Some(out.into_inner());
        Self { child, lines }
    }

    #[cfg(unix)]
    fn signal(&self, signal: &str) {
        let signalled = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(signalled.success());
    }

    fn get(&self, path: &str) -> String {
        let address = self.lines[0].rsplit_once("//").unwrap().1.trim_end_matches('/');
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn page_and_lab_are_served_at_the_printed_addresses() {
    let folder = with_page();
    let serving = Serving::start(folder.path(), &["--tls-port", "0"], 2);
    assert!(serving.lines[0].starts_with("Fetchmark is ready: http://localhost:"), "{:?}", serving.lines);
    assert!(serving.lines[1].contains("https://localhost:"), "{:?}", serving.lines);
    assert!(serving.get("/").contains("<title>Fetchmark</title>"));
    assert!(serving.get("/lab/ping").ends_with("pong\n"));
}

#[cfg(unix)]
#[test]
fn each_signal_ends_it_with_success() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let folder = with_page();
        let mut serving = Serving::start(folder.path(), &["--no-tls"], 1);
        // A connection that idles must not keep the program.
        let address = serving.lines[0].rsplit_once("//").unwrap().1.trim_end_matches('/').to_owned();
        let _idle = TcpStream::connect(address).unwrap();
        serving.signal(signal);
        assert_eq!(serving.child.wait().unwrap().code(), Some(0), "{signal}");
        let mut rest = String::new();
        serving.child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_terminal_does_not_end_what_nohup_started() {
    let folder = with_page();
    let mut nohup = Command::new("nohup");
    nohup.arg(cargo_bin!("fetchmark")).stdin(Stdio::null());
    let mut serving = Serving::of(nohup, folder.path(), &["--no-tls"], 1);
    serving.signal("-HUP");
    assert!(serving.get("/lab/ping").ends_with("pong\n"));
    serving.signal("-TERM");
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_missing_page_is_an_error_with_advice() {
    let empty = tempfile::tempdir().unwrap();
    fetchmark(&["serve", "--port", "0", "--page", "."])
        .current_dir(empty.path())
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("cargo xtask build").and(contains("--page")));
}

#[test]
fn the_embedded_page_is_served_unless_it_is_missing() {
    let empty = tempfile::tempdir().unwrap();
    let mut serving = Command::new(cargo_bin!("fetchmark"))
        .args(["serve", "--port", "0", "--no-tls"])
        .current_dir(empty.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(serving.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let is_ready = line.starts_with("Fetchmark is ready");
    // Where the page was built before these tests, it is in the program.
    if is_ready {
        serving.kill().unwrap();
    }
    let output = serving.wait_with_output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        is_ready || (output.status.code() == Some(1) && error.contains("cargo xtask build")),
        "{line}{error}"
    );
}

#[test]
fn the_lab_is_served_at_a_distance_too() {
    let folder = with_page();
    let serving = Serving::start(folder.path(), &["--no-tls", "--rtt", "2ms"], 2);
    assert!(serving.lines[1].starts_with("The lab 2 ms away: http://localhost:"), "{:?}", serving.lines);
    let far = serving.lines[1].rsplit(' ').next().unwrap().trim_end_matches("/lab/");
    assert!(serving.get("/lab/distance").contains(far));
    fetchmark(&["serve", "--port", "0", "--page", "page", "--rtt", "10s"])
        .current_dir(folder.path())
        .assert()
        .code(2)
        .stderr(contains("--rtt cannot be “10s”"));
}

#[test]
fn a_taken_port_ends_with_1() {
    // What is said is the lab's, and tested there.
    let folder = with_page();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    fetchmark(&["serve", "--port", &port, "--page", "page"])
        .current_dir(folder.path())
        .assert()
        .code(1)
        .stderr(contains(format!("Port {port} is already in use.")));
}
