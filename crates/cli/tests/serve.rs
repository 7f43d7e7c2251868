//! `fetchmark serve` as a person runs it: the binary, its output, its exit codes.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail a test by panicking, just as the tests do")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

fn fetchmark() -> Command {
    Command::new(env!("CARGO_BIN_EXE_fetchmark"))
}

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = fetchmark().args(arguments).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn page() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("index.html"), "<!doctype html><title>Fetchmark</title>").unwrap();
    directory
}

/// A running server that ends with the test, whatever happens in it.
struct Serving {
    child: Child,
    lines: Vec<String>,
}

impl Serving {
    fn start(page: &Path, further: &[&str], lines: usize) -> Self {
        let mut child = fetchmark()
            .args(["serve", "--port", "0", "--page", page.to_str().unwrap()])
            .args(further)
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
fn serves_page_and_lab_and_says_where() {
    let page = page();
    let serving = Serving::start(page.path(), &["--tls-port", "0"], 2);
    assert!(serving.lines[0].starts_with("Fetchmark is ready: http://localhost:"), "{:?}", serving.lines);
    assert!(serving.lines[1].contains("https://localhost:"), "{:?}", serving.lines);
    assert!(serving.get("/").contains("<title>Fetchmark</title>"));
    assert!(serving.get("/lab/ping").ends_with("pong\n"));
}

#[cfg(unix)]
#[test]
fn ends_well_on_ctrl_c_and_prints_nothing_more() {
    let page = page();
    let mut serving = Serving::start(page.path(), &["--no-tls"], 1);
    // A connection that idles must not keep the program.
    let address = serving.lines[0].rsplit_once("//").unwrap().1.trim_end_matches('/').to_owned();
    let _idle = TcpStream::connect(address).unwrap();
    let signalled = Command::new("kill").args(["-INT", &serving.child.id().to_string()]).status().unwrap();
    assert!(signalled.success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    serving.child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn a_missing_page_is_told_with_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let (code, out, error) = run(&["serve", "--port", "0", "--page", empty.path().to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(error.contains("cargo xtask build") && error.contains("--page"), "{error}");
}

#[test]
fn without_a_directory_it_is_the_page_in_the_program_or_a_word_on_how_to_get_one() {
    let empty = tempfile::tempdir().unwrap();
    let mut serving = fetchmark()
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
fn a_taken_port_is_told_with_what_to_do() {
    let page = page();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let page = page.path().to_str().unwrap();
    let (code, _, error) = run(&["serve", "--port", &port, "--page", page]);
    assert_eq!(code, Some(1));
    assert_eq!(
        error.trim_end(),
        format!("Port {port} is already in use. Stop the other program or choose another port with --port.")
    );
    let (code, _, error) = run(&["serve", "--port", "0", "--tls-port", &port, "--page", page]);
    assert_eq!(code, Some(1));
    assert!(error.contains("--tls-port"), "{error}");
}

#[test]
fn wrong_usage_is_2_and_help_is_0() {
    for wrong in [&["serve", "--prot", "1"][..], &["serve", "--port", "70000"], &["fly"], &[]] {
        assert_eq!(run(wrong).0, Some(2), "{wrong:?}");
    }
    let (code, out, _) = run(&["serve", "--help"]);
    assert_eq!(code, Some(0));
    for option in ["--port", "--tls-port", "--no-tls", "--page", "--open"] {
        assert!(out.contains(option), "{option} is missing in {out}");
    }
}
