//! `fetchmark run` without a browser: what is refused before anything starts, and drivers that fail.

use std::fs;

use assert_cmd::assert::Assert;
use predicates::prelude::*;
use predicates::str::contains;
use tempfile::TempDir;

use crate::{fetchmark, unused_port, with_page};

const NO_DRIVER: (&str, &str) = ("CHROMEDRIVER", "/nowhere/driver");

/// Runs `fetchmark run` in a folder with a page, where `variable` is set.
fn run_in(folder: &TempDir, arguments: &[&str], (variable, value): (&str, &str)) -> Assert {
    fetchmark(&["run", "--page", "page"]).args(arguments).current_dir(folder).env(variable, value).assert()
}

fn run(arguments: &[&str]) -> Assert {
    run_in(&with_page(), arguments, NO_DRIVER)
}

#[test]
fn a_path_outside_the_lab_is_refused() {
    for (arguments, expected) in [
        (&["run", "/api"][..], "in full, like https://example.com/api."),
        (
            &["run", "/lab/ping", "--cold-url=/close"],
            "“/close” would be an address of Fetchmark's own server",
        ),
        (&["run", "/lab/ping", "/api"], "in full, like https://example.com/api."),
    ] {
        fetchmark(arguments).assert().code(2).stderr(contains(expected));
    }
}

#[test]
fn every_mistake_is_named_before_anything_starts() {
    let mut mistakes = run(&[
        "not an address",
        "--n=0",
        "--clients=curl",
        "--threshold=p95<fast",
        "--threshold=p99<slow",
        "--output=report.doc",
        "--output=none/report.json",
        "--baseline=none.json",
        "--webdriver=nowhere",
        "--timeout-total=2days",
    ]);
    mistakes = mistakes.code(2).stdout("");
    for expected in [
        "parameter n cannot be “0”",
        "“curl” is not a client",
        "p95<fast",
        "p99<slow",
        "report.doc",
        "none/report.json",
        "none.json",
        "--webdriver",
        "“2days”",
    ] {
        mistakes = mistakes.stderr(contains(expected));
    }
    for (arguments, expected) in [
        (&["not an address"][..], "“not an address” is not a URL"),
        (&["/lab/ping", "--cold-url=http://example.com:99999/"], "its port is not a number"),
        (&["https://example.com/", "--connection=warm,cold"], "Give --cold-url"),
        (&["/lab/ping", "--seed", "-1"], "parameter seed cannot be “-1”"),
        (&["/lab/ping", "--output=none/report.json"], "none/report.json could not be written"),
        (&["/lab/ping", "--output=a.json", "--output=./a.json"], "./a.json is named twice"),
        (&["/lab/ping", "--output=a.csv", "--baseline=a.csv"], "a.csv cannot be read"),
        (&["/lab/ping", "--output=a.csv", "--samples=a.csv"], "a.csv is named twice"),
        (&["/lab/ping", "--clients=ksy"], "outside the browser requests, httpx"),
        (&["/lab/ping", "--samples=page"], "page could not be written"),
        (
            &["/lab/ping", "--webdriver=me:s3cret@hub.example:4444/wd/hub"],
            "--webdriver cannot be “•••@hub.example:4444/wd/hub”",
        ),
        (&["/lab/ping", "--baseline=none.json"], "none.json cannot be read"),
        (&["/lab/ping", "not an address"], "“not an address” is not a URL"),
        (&["/lab/ping", "http://h{n}.localhost/", "--origin=target"], "names many"),
        (&["/lab/ping", "lab-h2:/lab/ping", "--page-url=http://x/"], "valid for this machine only"),
        (&["/lab/ping", "/lab/delay/5", "--label=a b"], "“a b” cannot be a label"),
        (&["/lab/ping", "--label=a"], "A label names one of several URLs"),
        (&["/lab/ping", "--n=100000", "--rounds=1000"], "One run makes at most"),
        (&["/lab/ping", "--seed=18446744073709551615"], "from 0 to 9007199254740991"),
        (&["/lab/ping", "--method=POST", "--body=@none.json"], "The body cannot be read from none.json"),
        (&["/lab/ping", "--start-within=soon"], "--start-within cannot be “soon”"),
        (&["/lab/ping", "--capability=goog:chromeOptions=1"], "contradicts a capability"),
        (&["/lab/ping", "--threshold=ky p95<1s"], "ky"),
        (&["/lab/ping", "--format=csv"], "--output"),
        (&["/lab/ping", "--output=-", "--format=json"], "give --json in its place"),
        (&["/lab/ping", "--format=word"], "word"),
        (&["/lab/ping", "--browser=lynx"], "lynx"),
        (&["/lab/ping", "--bind=0.0.0.0"], "--page-url"),
        (&["/lab/ping", "--colour=blue"], "--colour"),
        (&["lab-h3:/lab/ping", "--browser=webkit"], "WebKitGTK has no HTTP/3"),
        (&["lab-h3:/lab/ping", "--page-url=http://localhost:1/"], "or lab-h3:"),
        (&["/lab/ping", "--rtt=soon"], "--rtt cannot be “soon”. Write a time from 1ms to 2s, such as 45ms."),
        (&["/lab/ping", "--rtt=0"], "--rtt cannot be “0”"),
        (&["/lab/ping", "--rtt=10s"], "--rtt cannot be “10s”"),
        (&["/lab/ping", "--rtt=45ms", "--bandwidth=20"], "--bandwidth cannot be “20”"),
        (&["/lab/ping", "--slow-start"], "Add --rtt"),
        (&["https://example.com/", "--rtt=45ms"], "no address here is the lab's"),
        (&["/lab/ping", "--rtt=45ms", "--bind=127.0.0.1"], "for a browser on this machine"),
        (&["https://example.com/", "--insecure", "--with=python"], "Python's clients check certificates"),
        (
            &["https://example.com/", "--insecure", "--clients=gloo-net,aiohttp:reused"],
            "Python's clients check certificates",
        ),
    ] {
        run(arguments).code(2).stderr(contains(expected));
    }
}

#[test]
fn a_mistake_is_named_once_and_a_password_never() {
    let twice = run(&["/lab/ping", "--clients=ky,axios,ky", "--lifecycle=reused,fresh"]).code(2);
    let expected = String::from_utf8(twice.get_output().stderr.clone()).unwrap();
    assert_eq!(expected.matches("is chosen twice").count(), 1, "{expected}");
    for address in
        ["http://me:s3cret@example.com/", "http:me:s3cret@example.com/", "ftp://me:s3cret@example.com/"]
    {
        run(&[address, "--cold-url", address])
            .code(2)
            .stderr(contains("--header 'Authorization").count(1).and(contains("s3cret").not()));
    }
}

#[test]
fn a_numbered_host_and_the_lab_need_no_cold_url() {
    run(&["lab-h2:/lab/bytes/9", "--connection=warm,cold"]).code(1).stderr(contains("driver"));
    run(&["http://h{n}.localhost:8080/x", "--connection=cold"]).code(1).stderr(contains("driver"));
}

#[test]
fn a_settings_file_is_strict_and_options_override_it() {
    let folder = with_page();
    let set = |content| fs::write(folder.path().join("run.toml"), content).unwrap();
    for (content, expected) in [
        ("colour = 1", "unknown field `colour`"),
        ("n = 0", "parameter n cannot be “0”"),
        ("n = ", "not valid TOML"),
        ("threshold = [\"p95\"]", "p95"),
    ] {
        set(content);
        run_in(&folder, &["--config=run.toml"], NO_DRIVER).code(2).stderr(contains(expected));
    }
    set("n = 0");
    let rounds_alone = contains("rounds").and(contains("“0”. Write a whole number from 1 to 100000").not());
    run_in(&folder, &["--config=run.toml", "--n=7", "--rounds=0"], NO_DRIVER).stderr(rounds_alone);
    run(&["--config=none.toml"]).code(2).stderr(contains("none.toml cannot be read"));
}

#[test]
fn targets_are_settings_like_others() {
    let folder = with_page();
    let refused = |content: &str, arguments: &[&str], expected: &str| {
        fs::write(folder.path().join("run.toml"), content).unwrap();
        let arguments = [&["--config=run.toml"], arguments].concat();
        run_in(&folder, &arguments, NO_DRIVER).code(2).stderr(contains(expected));
    };
    let two = r#"
        body = "{}"
        [[targets]]
        label = "staging"
        url = "https://staging.example/"
        method = "POST"
        [[targets]]
        label = "production"
        url = "https://example.com/"
        method = "PUT"
        header = ["Accept: text/plain", "X-Api-Key: 1"]
    "#;
    // They can be run: without a driver alone nothing comes of it.
    fs::write(folder.path().join("run.toml"), two).unwrap();
    let ratio = ["--config=run.toml", "--threshold=production/staging<=1.1"];
    run_in(&folder, &ratio, NO_DRIVER).code(1).stderr(contains("could not be started"));
    run_in(&folder, &[&ratio[..], &["/lab/ping", "--method=POST"]].concat(), NO_DRIVER)
        .code(2)
        .stderr(contains("No row is called “production”"));
    refused(two, &["--threshold=preview/staging<=1.1"], "No row is called “preview”");
    refused(two, &["--label=a"], "A label names one of several URLs");
    refused(&two.replace("production", "staging"), &[], "Two targets have the label “staging”");
    refused(
        &two.replace("Accept: ", "Accept "),
        &[],
        "A header of the target https://example.com/: “Accept •••” is not a header",
    );
    refused(&two.replace("PUT", "GET"), &[], "A GET request cannot carry a body");
    refused(&format!("url = \"/lab/ping\"\n{two}"), &[], "another URL");
    refused(two, &["--cold-url=https://example.com/cold"], "another URL");
    refused(
        two,
        &["--connection=cold"],
        "cannot be forced on “https://staging.example/”. Give --cold-url for each URL",
    );
    refused(&two.replace("PUT\"", "PUT\"\nbody = \"@none.json\""), &[], "cannot be read from none.json");
}

#[test]
fn an_invalid_baseline_is_named_before_a_browser_starts() {
    let no_json = contains("valid JSON").and(contains("driver").not());
    run(&["--baseline=page/index.html"]).code(2).stderr(no_json);
}

#[test]
fn a_run_that_cannot_start_leaves_no_earlier_result() {
    let folder = with_page();
    let file = |name: &str| folder.path().join(name);
    let outputs = ["--output=r.json", "--output=r.xml", "--samples=s.csv"];
    let names = ["r.json", "r.xml", "s.csv"];
    names.iter().for_each(|name| fs::write(file(name), "earlier").unwrap());
    // What makes no sense touches nothing.
    run_in(&folder, &[&outputs[..], &["--n=0"]].concat(), NO_DRIVER).code(2);
    assert!(names.iter().all(|name| fs::read_to_string(file(name)).unwrap() == "earlier"));
    run_in(&folder, &outputs[1..3], NO_DRIVER).code(1);
    assert_eq!(fs::read_to_string(file("r.json")).unwrap(), "earlier", "it is not named");
    assert!(!file("s.csv").exists());
    let junit = fs::read_to_string(file("r.xml")).unwrap();
    assert!(junit.contains("errors=\"1\"") && junit.contains("could not be started"), "{junit}");
}

#[test]
fn a_failed_run_keeps_the_baseline_it_would_replace() {
    let folder = with_page();
    let report = include_str!("../../../../tests/support/report.json");
    fs::write(folder.path().join("r.json"), report).unwrap();
    run_in(&folder, &["--baseline=r.json", "--output=./r.json"], NO_DRIVER).code(1);
    assert_eq!(fs::read_to_string(folder.path().join("r.json")).unwrap(), report);
    run_in(&folder, &["--baseline=r.json", "--samples=r.json"], NO_DRIVER)
        .code(2)
        .stderr(contains("r.json is named twice"));
}

#[test]
fn files_that_are_read_are_not_written() {
    let folder = with_page();
    let (body, settings) = ("{\"a\":1}", "url = \"/lab/ping\"\n");
    let files = [("payload.json", body), ("c.toml", settings)].map(|(name, content)| {
        fs::write(folder.path().join(name), content).unwrap();
        (folder.path().join(name), content)
    });
    for arguments in [
        &["/lab/ping", "--method=POST", "--body=@payload.json", "--output=./payload.json"][..],
        &["/lab/ping", "--method=POST", "--body=@payload.json", "--samples=payload.json"],
        &["--config=c.toml", "--format=json", "--output=c.toml"],
    ] {
        run_in(&folder, arguments, NO_DRIVER).code(2).stderr(contains("is named twice"));
    }
    assert!(files.iter().all(|(file, content)| fs::read_to_string(file).unwrap() == *content));
}

#[test]
fn a_missing_baseline_is_fine_with_baseline_if_present() {
    let folder = with_page();
    let run =
        |file: &str| run_in(&folder, &["-q", "--baseline-if-present", file, "--output=r.json"], NO_DRIVER);
    run("r.json").code(1).stderr(contains("r.json is not there yet: this is the first run"));
    fs::write(folder.path().join("r.json"), "{").unwrap();
    run("r.json").code(2).stderr(contains("valid JSON"));
}

#[test]
fn a_missing_driver_is_an_error_with_advice() {
    for (browser, variable) in [("chrome", "CHROMEDRIVER"), ("firefox", "GECKODRIVER")] {
        let folder = with_page();
        run_in(&folder, &["--browser", browser, "--output=r.json"], (variable, "/nowhere/driver"))
            .code(1)
            .stdout("")
            .stderr(contains("could not be started").and(contains(variable)));
        assert!(!folder.path().join("r.json").exists(), "there is nothing to report");
    }
}

/// Runs with a shell script in chromedriver's place.
#[cfg(unix)]
fn run_with_driver(folder: &TempDir, script: &str) -> Assert {
    use std::os::unix::fs::PermissionsExt;
    let driver = folder.path().join("driver");
    fs::write(&driver, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&driver, fs::Permissions::from_mode(0o755)).unwrap();
    run_in(folder, &[], ("CHROMEDRIVER", driver.to_str().unwrap()))
}

#[cfg(unix)]
#[test]
fn a_driver_that_exits_at_once_is_an_error_with_its_output() {
    run_with_driver(&with_page(), "echo no such option >&2; exit 3")
        .code(1)
        .stderr(contains("ended before it was ready").and(contains("no such option")));
}

#[cfg(unix)]
#[test]
fn a_driver_whose_port_is_taken_is_started_again() {
    const SCRIPT: &str = "echo started >> starts
[ $(wc -l < starts) = 3 ] && echo no such option || echo IPv4 port not available. Exiting...
exit 1";
    let folder = with_page();
    run_with_driver(&folder, SCRIPT).code(1).stderr(contains("no such option"));
    let starts = fs::read_to_string(folder.path().join("starts")).unwrap();
    assert_eq!(starts.lines().count(), 3, "the third start failed for another reason");
}

#[test]
fn an_unreachable_webdriver_is_an_error() {
    let (_socket, port) = unused_port();
    run(&["--webdriver", &format!("http://127.0.0.1:{port}")])
        .code(1)
        .stderr(contains("could not be opened").and(contains(port.to_string())));
}
