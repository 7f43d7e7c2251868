//! `fetchmark run` in a real browser: what it reports, what it is held to, and what is left when something ends it.

use fetchmark_core::{
    report::{Ending, Report, Runtime},
    validity::FindingCode,
};
use fetchmark_e2e::{
    command::{Running, below, children, eventually, left_of, run, run_with, signal},
    folder::TemporaryFolder,
    free_port, schema,
};
use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};

type Test = Result<(), Box<dyn std::error::Error>>;

/// Makes a test in each browser of a function that takes the browser's name.
macro_rules! in_both {
    ($test:ident $(, #[$in_firefox:meta])?) => {
        mod $test {
            #[test]
            fn chromium() -> super::Test {
                super::$test("chrome")
            }

            #[test]
            $(#[$in_firefox])?
            fn firefox() -> super::Test {
                super::$test("firefox")
            }
        }
    };
}

/// The same; in Firefox only where all is tested.
macro_rules! in_chrome {
    ($test:ident) => {
        in_both!($test, #[ignore = "Firefox as well: cargo xtask test --full"]);
    };
}

fn folder(name: &str, browser: &str) -> std::io::Result<TemporaryFolder> {
    TemporaryFolder::new(&format!("run-{name}-{browser}"))
}

/// Every report keeps to the published schema.
fn read(json: &str) -> Result<Report, Box<dyn std::error::Error>> {
    Ok(schema::report(serde_json::from_str(json)?)?)
}

fn report(folder: &Path, name: &str) -> Result<Report, Box<dyn std::error::Error>> {
    read(&fs::read_to_string(folder.join(name))?)
}

in_both!(it_measures_the_lab_and_writes_what_it_found);
fn it_measures_the_lab_and_writes_what_it_found(browser: &str) -> Test {
    let folder = folder("whole", browser)?;
    let ran = run(
        folder.path(),
        &[
            "--browser",
            browser,
            "--n=20",
            "--rounds=6",
            "--aa",
            "--output=r.json",
            "--output=r.md",
            "--output=r.xml",
            "--output=r.csv",
            "--samples=s.csv",
            "--threshold=failed==0",
            "--threshold=p95<10s",
            "--json",
        ],
    )?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let written = report(folder.path(), "r.json")?;
    assert!(read(&ran.out)? == written, "the report on standard output is another");
    assert_eq!(written.ending, Ending::Complete);
    assert!(written.scenario.target.url.ends_with("/lab/ping"), "{}", written.scenario.target.url);
    assert!(written.environment.cross_origin_isolated);
    assert_eq!(written.variants.len(), 4);
    for row in &written.variants {
        assert_eq!((row.requests.issued, row.requests.ok, row.rounds.len()), (120, 120, 6), "{}", row.id);
        assert!(row.requests.adds_up() && row.unjoined == 0, "{}", row.id);
    }
    let text = |name: &str| fs::read_to_string(folder.path().join(name));
    assert!(text("r.md")?.contains("| gloo-net"), "{}", text("r.md")?);
    assert_eq!(text("r.xml")?.matches("<testcase").count(), 2, "{}", text("r.xml")?);
    assert_eq!(text("r.csv")?.lines().count(), 1 + 4 * 6);
    assert_eq!(text("s.csv")?.lines().count(), 1 + 4 * 7 * 20, "every request, warm-up included");
    // The answer is for people, and there though the report is on standard output.
    assert!(ran.error.contains("p95<10000ms") && ran.error.contains("gloo-net"), "{}", ran.error);
    Ok(())
}

in_chrome!(python_is_measured_in_the_same_blocks_and_ctrl_c_ends_it);
fn python_is_measured_in_the_same_blocks_and_ctrl_c_ends_it(browser: &str) -> Test {
    let folder = folder("python", browser)?;
    let clients = "--clients=js-fetch:reused,aiohttp:reused,requests:fresh,httpx:reused";
    let arguments = ["--browser", browser, clients, "--n=5", "--output=r.json"];
    let ran = run(folder.path(), &[&arguments[..], &["--rounds=6"]].concat())?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let written = report(folder.path(), "r.json")?;
    let rows: Vec<_> = written.variants.iter().map(|row| (row.runtime, row.client.as_str())).collect();
    let python = [Runtime::Python; 3].into_iter().zip(["aiohttp", "requests", "httpx"]);
    assert_eq!(rows, [(Runtime::Browser, "js-fetch")].into_iter().chain(python).collect::<Vec<_>>());
    for row in &written.variants {
        let blocks: Vec<u32> = row.rounds.iter().map(|round| round.block).collect();
        assert_eq!((blocks, row.requests.ok), ((0..6).collect(), 30), "{}", row.id);
    }
    // A kept client keeps its connections from the warm-up on; a fresh one has none to keep.
    assert_eq!(written.variants[1].connections.reused, 30);
    assert_eq!(written.variants[2].connections.new, 30);
    let runtime = &written.environment.runtimes[0];
    assert!(runtime.name == Runtime::Python && runtime.libraries.contains_key("aiohttp"), "{runtime:?}");

    let running = Running::start(folder.path(), &[&arguments[..], &["--rounds=1000"]].concat())?;
    eventually(|| children(running.id()).len() >= 2)?;
    let started = below(running.id());
    signal(running.id(), "INT")?;
    let ran = running.end()?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    let none: [u32; 0] = [];
    assert_eq!(left_of(&started), none);
    Ok(())
}

in_both!(over_tls_everybody_speaks_one_protocol);
fn over_tls_everybody_speaks_one_protocol(browser: &str) -> Test {
    let folder = folder("tls", browser)?;
    let clients = "--clients=js-fetch:reused,requests:reused,httpx:reused,aiohttp:fresh";
    let arguments =
        ["lab-tls:/lab/ping", "--browser", browser, clients, "--n=5", "--rounds=6", "--output=r.json"];
    let ran = run(folder.path(), &arguments)?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let written = report(folder.path(), "r.json")?;
    assert!(written.scenario.target.url.starts_with("https://"), "{}", written.scenario.target.url);
    assert_eq!(written.variants.len(), 4);
    for row in &written.variants {
        assert_eq!((row.requests.ok, row.requests.failed), (30, 0), "{}", row.id);
        let protocols: Vec<(&str, u64)> =
            row.protocols.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        assert_eq!(protocols, [("http/1.1", 30)], "{}", row.id);
    }
    for comparison in &written.comparisons {
        assert!(comparison.ratio.is_some(), "{}: {:?}", comparison.candidate, comparison.reason);
    }
    let ran = run(
        folder.path(),
        &["lab-h2:/lab/ping", "--browser", browser, "--n=5", "--rounds=2", "--output=r.json"],
    )?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    for row in report(folder.path(), "r.json")?.variants {
        assert_eq!(row.protocols.into_iter().collect::<Vec<_>>(), [("h2".to_owned(), 10)], "{}", row.id);
    }
    Ok(())
}

in_chrome!(without_python_the_browsers_rows_are_measured_and_that_is_said);
fn without_python_the_browsers_rows_are_measured_and_that_is_said(browser: &str) -> Test {
    let folder = folder("no-python", browser)?;
    let arguments = ["--browser", browser, "--with=python", "--n=5", "--rounds=2", "--output=r.json"];
    let ran = run_with(folder.path(), &arguments, ("FETCHMARK_PYTHON", "no-such-python"))?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    assert!(
        ran.error.contains("Python was not found") && ran.error.contains("without Python's"),
        "{}",
        ran.error
    );
    let written = report(folder.path(), "r.json")?;
    assert!(written.variants.iter().all(|row| row.runtime == Runtime::Browser && row.has_rounds()));
    let missing = written.validity.iter().find(|finding| finding.code == FindingCode::OutsideMissing);
    let told = missing.and_then(|finding| finding.detail.as_deref()).unwrap_or_default();
    assert!(told.contains("Python was not found"), "{:?}", written.validity);
    let strict = run_with(
        folder.path(),
        &[
            "--browser",
            browser,
            "--with=python",
            "--clients=js-fetch:reused",
            "--n=5",
            "--rounds=2",
            "--strict",
        ],
        ("FETCHMARK_PYTHON", "no-such-python"),
    )?;
    assert_eq!(strict.code, Some(99), "{}", strict.error);
    assert!(strict.out.contains("rows outside the browser. Variants that run"), "{}", strict.out);
    Ok(())
}

in_chrome!(a_threshold_that_is_crossed_ends_with_99);
fn a_threshold_that_is_crossed_ends_with_99(browser: &str) -> Test {
    let folder = folder("crossed", browser)?;
    fs::write(
        folder.path().join("run.toml"),
        "url = \"lab:/lab/status/503\"\nn = 5\nrounds = 2\nclients = \"js-fetch:reused\"\nthreshold = \"failed==0\"\n",
    )?;
    let ran = run(folder.path(), &["--browser", browser, "--config=run.toml", "--output=r.xml"])?;
    assert_eq!(ran.code, Some(99), "{}", ran.error);
    assert!(ran.out.contains("failed==0"), "{}", ran.out);
    let junit = fs::read_to_string(folder.path().join("r.xml"))?;
    assert!(junit.contains("<failure"), "{junit}");
    Ok(())
}

/// A report whose rounds took so many times as long.
fn times_as_long(report: &Report, by: f64) -> Result<String, serde_json::Error> {
    let mut longer = report.clone();
    longer.variants.iter_mut().flat_map(|row| &mut row.rounds).for_each(|round| round.wall_ms *= by);
    serde_json::to_string(&longer)
}

in_chrome!(it_is_held_against_an_earlier_report);
fn it_is_held_against_an_earlier_report(browser: &str) -> Test {
    let folder = folder("baseline", browser)?;
    let measure = |url: &str, further: &[&str]| {
        let mut arguments = vec![url, "--browser", browser, "--clients=js-fetch:reused"];
        arguments.extend(["--pacing=sequential", "--n=4", "--rounds=6"]);
        arguments.extend(further);
        run(folder.path(), &arguments)
    };
    let first = measure("/lab/ping", &["--quiet", "--output=r.json"])?;
    assert_eq!((first.code, first.out.as_str(), first.error.as_str()), (Some(0), "", ""));
    // What is measured again is so far from these that no weather decides.
    let before = report(folder.path(), "r.json")?;
    for (name, by) in [("quick.json", 0.05), ("slow.json", 1e3)] {
        fs::write(folder.path().join(name), times_as_long(&before, by)?)?;
    }
    let slower = measure("/lab/ping", &["--baseline=quick.json"])?;
    assert_eq!(slower.code, Some(99), "{}{}", slower.out, slower.error);
    let faster = measure("/lab/ping", &["--baseline=slow.json"])?;
    assert_eq!(faster.code, Some(0), "{}{}", faster.out, faster.error);
    assert!(faster.out.contains("the baseline report"), "{}", faster.out);
    let failing = measure("/lab/status/503", &["--baseline=slow.json"])?;
    assert_eq!(failing.code, Some(99), "{}{}", failing.out, failing.error);
    assert!(failing.out.contains("100 % of its requests failed, 0 % in the baseline"), "{}", failing.out);
    Ok(())
}

in_both!(a_page_that_is_not_there_is_told);
fn a_page_that_is_not_there_is_told(browser: &str) -> Test {
    let folder = folder("no-page", browser)?;
    let url = format!("http://localhost:{}/", free_port()?);
    let ran = run(folder.path(), &["--browser", browser, "--page-url", &url])?;
    assert_eq!(ran.code, Some(1), "{}", ran.error);
    assert!(ran.error.contains(&url) && ran.error.contains("did not come up"), "{}", ran.error);
    Ok(())
}

/// A run that would take minutes, once it has finished several blocks.
fn long_run(folder: &Path, browser: &str) -> Result<Running, Box<dyn std::error::Error>> {
    let port = free_port()?;
    let running = Running::start(
        folder,
        &[
            "/lab/delay/10",
            "--browser",
            browser,
            &format!("--port={port}"),
            "--clients=js-fetch:reused",
            "--n=10",
            "--concurrency=5",
            "--rounds=1000",
            "--output=r.json",
        ],
    )?;
    // The warm-up and four blocks. What a block has found is handed over before the next block begins.
    eventually(|| requests(port).is_some_and(|requests| requests > 50))?;
    Ok(running)
}

/// How many requests the lab of a run has seen.
fn requests(port: u16) -> Option<u64> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    write!(stream, "GET /lab/sockets HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")
        .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let counts: serde_json::Value = serde_json::from_str(answer.split_once("\r\n\r\n")?.1).ok()?;
    counts["requests"].as_u64()
}

/// The rounds that were finished are in the report, and its counts add up.
fn assert_kept(report: &Report, ending: Ending) {
    assert_eq!(report.ending, ending);
    let row = &report.variants[0];
    // The block that had just ended when it was cut off may not have been handed over yet.
    assert!((3..1_000).contains(&row.rounds.len()), "{} rounds", row.rounds.len());
    assert!(row.requests.adds_up() && row.requests.ok >= 30, "{:?}", row.requests);
}

in_both!(a_browser_that_is_killed_leaves_the_finished_rounds);
fn a_browser_that_is_killed_leaves_the_finished_rounds(browser: &str) -> Test {
    let folder = folder("killed", browser)?;
    let running = long_run(folder.path(), browser)?;
    let started = below(running.id());
    // The command started the driver, the driver the browser.
    for driver in children(running.id()) {
        for browser in children(driver) {
            signal(browser, "KILL")?;
        }
    }
    let ran = running.end()?;
    assert_eq!(ran.code, Some(1), "{}", ran.error);
    assert!(ran.error.contains("The browser was lost"), "{}", ran.error);
    assert!(ran.error.contains("The finished rounds are in the report."), "{}", ran.error);
    let report = report(folder.path(), "r.json")?;
    assert_kept(&report, Ending::Failed);
    assert!(report.validity.iter().any(|finding| finding.code.word() == "engine-crashed"));
    assert!(report.validity.iter().all(|finding| finding.code.word() != "stopped"));
    assert_eq!(left_of(&started), Vec::<u32>::new(), "still running");
    Ok(())
}

/// In both browsers at the same time: what is waited for is a minute without an answer.
#[test]
fn a_browser_that_hangs_is_given_up_and_the_finished_rounds_are_kept() -> Test {
    let hang = |browser: &'static str| -> Result<(), String> {
        let text = |error: &dyn std::fmt::Display| format!("{browser}: {error}");
        let folder = folder("hanging", browser).map_err(|error| text(&error))?;
        let running = long_run(folder.path(), browser).map_err(|error| text(&error))?;
        let started = below(running.id());
        let drivers = children(running.id());
        for process in started.iter().filter(|process| !drivers.contains(process)) {
            signal(*process, "STOP").map_err(|error| text(&error))?;
        }
        let ran = running.end().map_err(|error| text(&error))?;
        assert_eq!(ran.code, Some(1), "{browser}: {}", ran.error);
        assert!(ran.error.contains("The run hangs"), "{browser}: {}", ran.error);
        assert_kept(&report(folder.path(), "r.json").map_err(|error| text(&error))?, Ending::Failed);
        assert_eq!(left_of(&started), Vec::<u32>::new(), "{browser}: still running");
        Ok(())
    };
    let hanging = ["chrome", "firefox"].map(|browser| std::thread::spawn(move || hang(browser)));
    for hung in hanging {
        hung.join().map_err(|_panicked| "one of the browsers")??;
    }
    Ok(())
}

in_both!(a_driver_that_is_killed_takes_its_browser_along);
fn a_driver_that_is_killed_takes_its_browser_along(browser: &str) -> Test {
    let folder = folder("driver", browser)?;
    let running = long_run(folder.path(), browser)?;
    let started = below(running.id());
    for driver in children(running.id()) {
        signal(driver, "KILL")?;
    }
    let ran = running.end()?;
    assert_eq!(ran.code, Some(1), "{}", ran.error);
    assert!(ran.error.contains("The browser was lost"), "{}", ran.error);
    assert_kept(&report(folder.path(), "r.json")?, Ending::Failed);
    assert_eq!(left_of(&started), Vec::<u32>::new(), "still running");
    Ok(())
}

in_both!(ctrl_c_writes_the_finished_rounds_and_closes_the_browser);
fn ctrl_c_writes_the_finished_rounds_and_closes_the_browser(browser: &str) -> Test {
    let folder = folder("interrupted", browser)?;
    let running = long_run(folder.path(), browser)?;
    let started = below(running.id());
    assert!(started.len() > 1, "driver and browser run");
    signal(running.id(), "INT")?;
    let ran = running.end()?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    let report = report(folder.path(), "r.json")?;
    assert_kept(&report, Ending::Stopped);
    assert_eq!(left_of(&started), Vec::<u32>::new(), "still running");
    Ok(())
}

in_chrome!(a_run_that_takes_too_long_is_stopped);
fn a_run_that_takes_too_long_is_stopped(browser: &str) -> Test {
    let folder = folder("late", browser)?;
    let arguments = ["/lab/delay/10", "--browser", browser, "--clients=js-fetch:reused", "--n=10"];
    let further = ["--concurrency=5", "--rounds=1000", "--timeout-total=10s", "--output=r.json"];
    let ran = run(folder.path(), &[&arguments[..], &further].concat())?;
    assert_eq!(ran.code, Some(1), "{}", ran.error);
    assert!(ran.error.contains("longer than 10 s"), "{}", ran.error);
    assert_eq!(report(folder.path(), "r.json")?.ending, Ending::Stopped);
    Ok(())
}
