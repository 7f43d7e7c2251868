//! `fetchmark run` where no browser is needed: what is refused before anything starts, and drivers that are no help.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail a test by panicking, just as the tests do")]

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Runs `fetchmark run` with a page that nobody will see; gives its exit code, standard output and standard error.
fn run_in(
    folder: &TempDir,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> (Option<i32>, String, String) {
    let page = folder.path().join("page");
    fs::create_dir_all(&page).unwrap();
    fs::write(page.join("index.html"), "<!doctype html><title>Fetchmark</title>").unwrap();
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_fetchmark"))
        .arg("run")
        .args(arguments)
        .args(["--page", page.to_str().unwrap()])
        .envs(environment.iter().copied())
        .current_dir(folder.path())
        .output()
        .unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    run_in(&tempfile::tempdir().unwrap(), arguments, &[])
}

#[test]
fn a_path_on_the_own_server_that_is_not_the_labs_is_refused() {
    for (arguments, said) in [
        (&["/api"][..], "in full, like https://example.com/api."),
        (&["/lab/ping", "--cold-url=/close"], "“/close” would be an address of Fetchmark's own server"),
    ] {
        let Output { status, stderr, .. } =
            Command::new(env!("CARGO_BIN_EXE_fetchmark")).arg("run").args(arguments).output().unwrap();
        let error = String::from_utf8(stderr).unwrap();
        assert!(status.code() == Some(2) && error.contains(said), "{arguments:?}: {error}");
    }
}

#[test]
fn every_slip_is_named_before_anything_starts() {
    let (code, out, error) = run(&[
        "not an address",
        "--n=0",
        "--clients=curl",
        "--threshold=p95<fast",
        "--threshold=p99<slow",
        "--output=report.doc",
        "--output=none/report.json",
        "--baseline=none.json",
        "--webdriver=nowhere",
        "--timeout-total=1h",
    ]);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{error}");
    for said in [
        "parameter n cannot be “0”",
        "“curl” is not a client",
        "p95<fast",
        "p99<slow",
        "report.doc",
        "none/report.json",
        "none.json",
        "--webdriver",
        "“1h”",
    ] {
        assert!(error.contains(said), "{said} is missing in {error}");
    }
    for (arguments, said) in [
        (&["not an address"][..], "“not an address” is no address"),
        (&["localhost:8080/x"], "“localhost:8080/x” is no address. Write it like https://"),
        (&["ftp://example.com/"], "“ftp://example.com/” is no address"),
        (&["https://example.com/", "--connection=warm,cold"], "Give --cold-url"),
        (&["/lab/ping", "--seed", "-1"], "parameter seed cannot be “-1”"),
        (&["/lab/ping", "--output=none/report.json"], "none/report.json could not be written"),
        (&["/lab/ping", "--output=a.json", "--output=./a.json"], "./a.json is named twice"),
        (&["/lab/ping", "--output=a.json", "--baseline=a.json"], "a.json is named twice"),
        (&["/lab/ping", "--output=a.csv", "--samples=a.csv"], "a.csv is named twice"),
        (&["/lab/ping", "--clients=ksy"], "beside a browser requests, httpx"),
        (&["/lab/ping", "--samples=page"], "page could not be written"),
        (&["/lab/ping", "--baseline=none.json"], "none.json cannot be read"),
        (&["/lab/ping", "--n=100000", "--rounds=1000"], "One run makes at most"),
        (&["/lab/ping", "--seed=18446744073709551615"], "too large for a browser"),
        (&["/lab/ping", "--threshold=ky p95<1s"], "ky"),
        (&["/lab/ping", "--format=csv"], "--output"),
        (&["/lab/ping", "--output=-", "--format=json"], "give --json in its place"),
        (&["/lab/ping", "--format=word"], "word"),
        (&["/lab/ping", "--browser=lynx"], "lynx"),
        (&["/lab/ping", "--bind=0.0.0.0"], "--page-url"),
        (&["/lab/ping", "--colour=blue"], "--colour"),
        (&["https://example.com/", "--insecure", "--with=python"], "Python's clients check certificates"),
        (
            &["https://example.com/", "--insecure", "--clients=gloo-net,aiohttp:reused"],
            "Python's clients check certificates",
        ),
    ] {
        let (code, _, error) = run(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {error}");
        assert!(error.contains(said), "{arguments:?}: {error}");
    }
}

#[test]
fn an_address_of_many_names_needs_no_other_for_cold_connections() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["http://h{n}.localhost:8080/x", "--connection=cold"];
    let (code, _, error) = run_in(&folder, &arguments, &[("CHROMEDRIVER", "/nowhere/driver")]);
    assert_eq!(code, Some(1), "{error}");
    assert!(error.contains("/nowhere/driver") || error.contains("chromedriver"), "{error}");
}

#[test]
fn a_settings_file_is_read_strictly_and_the_command_line_goes_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("run.toml");
    for (content, said) in [
        ("colour = 1", "unknown field `colour`"),
        ("n = 0", "parameter n cannot be “0”"),
        ("n = ", "no TOML"),
        ("threshold = [\"p95\"]", "p95"),
    ] {
        fs::write(&file, content).unwrap();
        let (code, _, error) = run_in(&folder, &["--config=run.toml"], &[]);
        assert_eq!(code, Some(2), "{content}: {error}");
        assert!(error.contains(said), "{content}: {error}");
    }
    fs::write(&file, "n = 0").unwrap();
    let (_, _, error) = run_in(&folder, &["--config=run.toml", "--n=7", "--rounds=0"], &[]);
    assert!(
        error.contains("rounds") && !error.contains("“0”. Write a whole number from 1 to 100000"),
        "{error}"
    );
    let (code, _, error) = run_in(&folder, &["--config=none.toml"], &[]);
    assert_eq!(code, Some(2));
    assert!(error.contains("none.toml cannot be read"), "{error}");
}

#[test]
fn a_baseline_that_is_no_report_is_told_before_a_browser_starts() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.json"), "<html>").unwrap();
    for (file, said) in [("none.json", "none.json cannot be read"), ("page.json", "no JSON")] {
        let (code, _, error) = run_in(&folder, &["--baseline", file], &[("CHROMEDRIVER", "/nowhere/driver")]);
        assert_eq!(code, Some(2), "{error}");
        assert!(error.contains(said) && !error.contains("driver"), "{error}");
    }
}

#[test]
fn a_missing_driver_is_told_with_what_to_do() {
    for (browser, variable) in [("chrome", "CHROMEDRIVER"), ("firefox", "GECKODRIVER")] {
        let folder = tempfile::tempdir().unwrap();
        let (code, out, error) =
            run_in(&folder, &["--browser", browser, "--output=r.json"], &[(variable, "/nowhere/driver")]);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{error}");
        assert!(error.contains("could not be started") && error.contains(variable), "{error}");
        assert!(!folder.path().join("r.json").exists(), "there is nothing to report");
    }
}

#[cfg(unix)]
#[test]
fn a_driver_that_ends_at_once_is_told_with_its_last_words() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let driver = folder.path().join("driver");
    fs::write(&driver, "#!/bin/sh\necho no such option >&2\nexit 3\n").unwrap();
    fs::set_permissions(&driver, fs::Permissions::from_mode(0o755)).unwrap();
    let (code, _, error) = run_in(&folder, &[], &[("CHROMEDRIVER", driver.to_str().unwrap())]);
    assert_eq!(code, Some(1));
    assert!(error.contains("ended before it was ready") && error.contains("no such option"), "{error}");
}

#[test]
fn a_webdriver_that_is_not_there_is_told() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let (code, _, error) = run(&["--webdriver", &format!("http://127.0.0.1:{free}")]);
    assert_eq!(code, Some(1), "{error}");
    assert!(error.contains("could not be opened") && error.contains(&free.to_string()), "{error}");
}

#[test]
fn help_names_every_option() {
    let (code, out, _) = run(&["--help"]);
    assert_eq!(code, Some(0));
    for option in
        ["--config", "--browser", "--webdriver", "--threshold", "--baseline", "--cold-url", "--json"]
    {
        assert!(out.contains(option), "{option} is missing in {out}");
    }
}
