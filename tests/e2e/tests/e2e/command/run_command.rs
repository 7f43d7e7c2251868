//! `fetchmark run` in a real browser: what it reports, what it is held to, and what is left when something ends it.

use fetchmark_core::{
    report::{
        Connections, Distance, Ending, Report, VariantReport,
        validity::{Finding, FindingCode},
    },
    scenario::factors::{Connection, Runtime},
};
use fetchmark_e2e::{
    command::{Ran, Running, ask, below, children, command, eventually, run, signal, until_gone},
    free_port,
    prelude::*,
};
use std::{fs, io, path::Path};

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

/// Runs the command in this browser to its end, which must have this exit code.
fn ends_with(code: i32, folder: &Path, browser: &str, arguments: &[&str]) -> io::Result<Ran> {
    let ran = run(folder, &[&["--browser", browser], arguments].concat())?;
    assert_eq!(ran.code, Some(code), "{}{}", ran.out, ran.error);
    Ok(ran)
}

/// The report that it left in a folder.
fn report(folder: &Path) -> anyhow::Result<Report> {
    schema::read(&folder.join("r.json"))
}

in_both!(the_lab_is_measured_and_reports_are_written);
fn the_lab_is_measured_and_reports_are_written(browser: &str) -> Test {
    let folder = tempdir()?;
    let outputs =
        ["--output=r.json", "--output=r.md", "--output=r.xml", "--output=r.csv", "--samples=s.csv", "--json"];
    let arguments = ["--n=20", "--rounds=6", "--aa", "--threshold=failed==0", "--threshold=p95<10s"];
    let ran = ends_with(0, folder.path(), browser, &[&arguments[..], &outputs].concat())?;
    let written = report(folder.path())?;
    let printed = schema::report(serde_json::from_str(&ran.out)?)?;
    assert!(printed == written, "the report on standard output is another");
    assert_eq!(written.ending, Ending::Complete);
    assert!(written.scenario.target.url.ends_with("/lab/ping"), "{}", written.scenario.target.url);
    assert!(written.environment.cross_origin_isolated);
    assert_eq!(written.variants.len(), 4);
    assert_ok(&written, 120);
    assert!(written.variants.iter().all(|row| (row.rounds.len(), row.unjoined) == (6, 0)));
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
    let folder = tempdir()?;
    let clients = "--clients=js-fetch:reused,aiohttp:reused,requests:fresh,httpx:reused";
    ends_with(0, folder.path(), browser, &[clients, "--n=5", "--rounds=6", "--output=r.json"])?;
    let written = report(folder.path())?;
    let rows: Vec<_> = written.variants.iter().map(|row| (row.runtime, row.client.as_str())).collect();
    let python = [Runtime::Python; 3].into_iter().zip(["aiohttp", "requests", "httpx"]);
    assert_eq!(rows, [(Runtime::Browser, "js-fetch")].into_iter().chain(python).collect::<Vec<_>>());
    assert_ok(&written, 30);
    for row in &written.variants {
        assert!(row.rounds.iter().map(|round| round.block).eq(0..6), "{}", row.id);
    }
    // A kept client keeps its connections from the warm-up on; a fresh one has none to keep.
    assert_eq!(written.variants[1].connections.reused, 30);
    assert_eq!(written.variants[2].connections.new, 30);
    let runtime = &written.environment.runtimes[0];
    assert!(runtime.name == Runtime::Python && runtime.libraries.contains_key("aiohttp"), "{runtime:?}");

    let running = Running::start(folder.path(), &["--browser", browser, clients, "--n=5", "--rounds=1000"])?;
    eventually(|| children(running.id()).len() >= 2)?;
    let started = below(running.id());
    signal(running.id(), "INT")?;
    assert_ended(running, 130, &started)?;
    Ok(())
}

in_both!(over_tls_all_clients_use_one_protocol);
fn over_tls_all_clients_use_one_protocol(browser: &str) -> Test {
    let folder = tempdir()?;
    let clients = "--clients=js-fetch:reused,requests:reused,httpx:reused,aiohttp:fresh";
    // On the page's own thread, which asks Python by a way of its own.
    let arguments = ["lab-tls:/lab/ping", clients, "--thread=main", "--n=5", "--rounds=6", "--output=r.json"];
    ends_with(0, folder.path(), browser, &arguments)?;
    let written = report(folder.path())?;
    assert!(written.scenario.target.url.starts_with("https://"), "{}", written.scenario.target.url);
    assert_eq!(written.variants.len(), 4);
    assert_ok(&written, 30);
    for row in &written.variants {
        assert_eq!(row.protocols, [("http/1.1".to_owned(), 30)].into(), "{}", row.id);
    }
    for comparison in &written.comparisons {
        assert!(comparison.ratio.is_some(), "{}: {:?}", comparison.candidate, comparison.reason);
    }
    let quiet = ["lab-h2:/lab/ping", "--n=5", "--rounds=2", "--output=r.json", "--quiet"];
    let ran = ends_with(0, folder.path(), browser, &quiet)?;
    assert_eq!((ran.out.as_str(), ran.error.as_str()), ("", ""));
    for row in report(folder.path())?.variants {
        assert_eq!(row.protocols, [("h2".to_owned(), 10)].into(), "{}", row.id);
    }
    Ok(())
}

in_both!(the_lab_is_measured_at_a_distance);
fn the_lab_is_measured_at_a_distance(browser: &str) -> Test {
    let folder = tempdir()?;
    // No URL for cold connections: the lab has one of its own.
    let what = ["lab-tls:/lab/bytes/64", "--rtt=20ms", "--connection=warm,cold", "--clients=js-fetch:reused"];
    let how = ["--pacing=sequential", "--n=5", "--rounds=4", "--output=r.json"];
    let ran = ends_with(0, folder.path(), browser, &[&what[..], &how].concat())?;
    assert!(ran.out.contains("The lab emulated a round trip of 20 ms, no slow start"), "{}", ran.out);
    let written = report(folder.path())?;
    let distance = Distance { rtt_ms: 20.0, slow_start: false, bandwidth_mbit: None };
    assert_eq!(written.environment.distance, Some(distance));
    assert_ok(&written, 20);
    let [warm, cold] = &written.variants[..] else { panic!("{:?}", written.variants) };
    assert_eq!((warm.connections.reused, cold.connections.new), (20, 20));
    // The line is never early: one round trip for a kept connection, three for a new one with TLS.
    let fastest = |row: &VariantReport| row.latency_ms.as_ref().map_or(0.0, |latency| latency.min);
    assert!(fastest(warm) >= 20.0 && fastest(cold) >= 60.0, "{} {}", fastest(warm), fastest(cold));
    Ok(())
}

in_both!(protocols_are_compared_in_one_run);
fn protocols_are_compared_in_one_run(browser: &str) -> Test {
    let folder = tempdir()?;
    let what =
        ["--preset=protocols", "--pacing=sequential", "--connection=warm,cold", "--n=10", "--rounds=4"];
    ends_with(0, folder.path(), browser, &[&what[..], &["--rtt=5ms", "--output=r.json"]].concat())?;
    let written = report(folder.path())?;
    assert_ok(&written, 40);
    let rows: Vec<_> = written.variants.iter().map(|row| (row.target.as_deref(), &row.protocols)).collect();
    for (label, protocol) in [("http", "http/1.1"), ("https", "http/1.1"), ("h2", "h2"), ("h3", "h3")] {
        let expected = (Some(label), &[(protocol.to_owned(), 40)].into());
        assert_eq!(rows.iter().filter(|row| **row == expected).count(), 2, "{label}: {rows:?}");
    }
    for row in &written.variants {
        let Connections { new, reused, .. } = row.connections;
        let expected = if row.connection == Connection::Cold { (40, 0) } else { (0, 40) };
        assert_eq!((new, reused), expected, "{}", row.id);
    }
    assert_eq!(written.targets.len(), 3);
    Ok(())
}

in_both!(several_targets_are_compared_row_by_row);
fn several_targets_are_compared_row_by_row(browser: &str) -> Test {
    let folder = tempdir()?;
    let addresses = ["lab:/lab/ping", "lab:/lab/delay/5", "--label=a", "--label=b"];
    let limits = ["--threshold=b/a>=0.01", "--threshold=b:failed==0"];
    let others =
        ["--clients=js-fetch,aiohttp:reused", "--n=10", "--rounds=6", "--output=r.json", "--output=r.csv"];
    let ran = ends_with(0, folder.path(), browser, &[&addresses[..], &limits, &others].concat())?;
    for words in
        ["b took ", "as long as a", "b ÷ a:", "a: http://", "b: http://", "passed: b/a>=0.01", "All rows"]
    {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let written = report(folder.path())?;
    let rows: Vec<_> = written.variants.iter().map(|row| (row.target.as_deref(), &*row.client)).collect();
    let of = |label| ["js-fetch", "js-fetch", "aiohttp"].map(|client| (Some(label), client));
    assert_eq!(rows, [of("a"), of("b")].concat());
    assert_ok(&written, 60);
    assert_eq!(written.targets[0].rows.len(), 3);
    assert!(fs::read_to_string(folder.path().join("r.csv"))?.starts_with("id,target,"));
    // Crossed, whatever the weather: no request takes a thousandth of the time of another.
    let crossed =
        [&addresses[..], &["--threshold=b/a<=0.001", "--clients=js-fetch:reused", "--n=10", "--rounds=6"]];
    ends_with(99, folder.path(), browser, &crossed.concat())?;
    Ok(())
}

in_chrome!(lab_servers_of_several_kinds_are_compared);
fn lab_servers_of_several_kinds_are_compared(browser: &str) -> Test {
    let folder = tempdir()?;
    let addresses = ["lab-tls:/lab/ping", "lab-h2:/lab/ping", "--label=h1", "--label=h2"];
    let others = ["--clients=js-fetch,aiohttp:reused", "--n=5", "--rounds=4", "--output=r.json"];
    ends_with(0, folder.path(), browser, &[addresses, others].concat())?;
    let written = report(folder.path())?;
    assert_ok(&written, 20);
    let protocol = |row: &VariantReport| row.protocols.keys().cloned().collect::<Vec<_>>();
    // aiohttp speaks nothing but HTTP/1.1.
    let expected =
        ["http/1.1", "http/1.1", "http/1.1", "h2", "h2", "http/1.1"].map(|name| vec![name.to_owned()]);
    assert_eq!(written.variants.iter().map(protocol).collect::<Vec<_>>(), expected);
    let found = |code| written.validity.iter().any(|finding: &Finding| finding.code == code);
    assert!(found(FindingCode::TargetsDiffer), "{:?}", written.validity);
    // Each server counts its connections for itself.
    assert!(!found(FindingCode::ConnectionIds), "{:?}", written.validity);
    Ok(())
}

in_chrome!(without_python_the_report_says_which_rows_are_missing);
fn without_python_the_report_says_which_rows_are_missing(browser: &str) -> Test {
    let folder = tempdir()?;
    let without_python = |arguments: &[&str]| -> io::Result<Ran> {
        let arguments = [&["--browser", browser, "--with=python", "--n=5", "--rounds=2"], arguments].concat();
        Ok(command(folder.path(), &arguments).env("FETCHMARK_PYTHON", "no-such-python").output()?.into())
    };
    let ran = without_python(&["--output=r.json"])?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let expected = ["Python was not found", "without Python's"];
    assert!(expected.iter().all(|part| ran.error.contains(part)), "{}", ran.error);
    let written = report(folder.path())?;
    assert!(written.variants.iter().all(|row| row.runtime == Runtime::Browser && row.has_rounds()));
    let missing = written.validity.iter().find(|finding| finding.code == FindingCode::NativeMissing);
    let detail = missing.and_then(|finding| finding.detail.as_deref()).unwrap_or_default();
    assert!(detail.contains("Python was not found"), "{:?}", written.validity);
    let strict = without_python(&["--clients=js-fetch:reused", "--strict"])?;
    assert_eq!(strict.code, Some(99), "{}", strict.error);
    assert!(strict.out.contains("rows outside the browser. Variants that run"), "{}", strict.out);
    Ok(())
}

in_both!(an_unreachable_page_is_an_error);
fn an_unreachable_page_is_an_error(browser: &str) -> Test {
    let folder = tempdir()?;
    let url = format!("http://localhost:{}/", free_port()?);
    let ran = ends_with(1, folder.path(), browser, &["--page-url", &url])?;
    assert!(ran.error.contains(&url) && ran.error.contains("did not come up"), "{}", ran.error);
    Ok(())
}

/// What would take minutes.
const LONG: [&str; 6] = [
    "/lab/delay/10",
    "--clients=js-fetch:reused",
    "--n=10",
    "--concurrency=5",
    "--rounds=1000",
    "--output=r.json",
];

/// Such a run, once it has finished several blocks, and the processes that it has started.
fn long_run(folder: &Path, browser: &str) -> anyhow::Result<(Running, Vec<u32>)> {
    let port = free_port()?;
    let to_lab = format!("--port={port}");
    let running = Running::start(folder, &[&LONG[..], &["--browser", browser, &to_lab]].concat())?;
    // The warm-up and four blocks. What a block has found is handed over before the next block begins.
    eventually(|| {
        ask(port, "GET", "/lab/sockets", "").is_some_and(|seen| seen["requests"].as_u64() > Some(50))
    })?;
    let started = below(running.id());
    assert!(started.len() > 1, "driver and browser run");
    Ok((running, started))
}

/// It ends with this exit code, and leaves none of these processes.
fn assert_ended(running: Running, code: i32, started: &[u32]) -> anyhow::Result<Ran> {
    let ran = running.end()?;
    assert_eq!(ran.code, Some(code), "{}", ran.error);
    until_gone(started)?;
    Ok(ran)
}

/// The rounds that were finished are in the report, and its counts add up.
fn assert_kept(folder: &Path, ending: Ending) -> anyhow::Result<Report> {
    let report = report(folder)?;
    assert_eq!(report.ending, ending);
    let row = &report.variants[0];
    // The block that had just ended when it was cut off may not have been handed over yet.
    assert!((3..1_000).contains(&row.rounds.len()), "{} rounds", row.rounds.len());
    assert!(row.requests.adds_up() && row.requests.ok >= 30, "{:?}", row.requests);
    Ok(report)
}

in_both!(a_browser_that_is_killed_leaves_the_finished_rounds);
fn a_browser_that_is_killed_leaves_the_finished_rounds(browser: &str) -> Test {
    let folder = tempdir()?;
    let (running, started) = long_run(folder.path(), browser)?;
    // The command started the driver, the driver the browser.
    for browser in children(running.id()).into_iter().flat_map(children) {
        signal(browser, "KILL")?;
    }
    let ran = assert_ended(running, 1, &started)?;
    assert!(ran.error.contains("The browser was lost"), "{}", ran.error);
    assert!(ran.error.contains("The finished rounds are in the report."), "{}", ran.error);
    let report = assert_kept(folder.path(), Ending::Failed)?;
    assert!(finds(&report, FindingCode::EngineCrashed) && !finds(&report, FindingCode::Stopped));
    Ok(())
}

/// In both browsers at the same time: what is waited for is a minute without an answer.
#[test]
fn a_browser_that_hangs_leaves_the_finished_rounds() -> Test {
    let hang = |browser: &'static str| -> Test {
        let folder = tempdir()?;
        let (running, started) = long_run(folder.path(), browser)?;
        let drivers = children(running.id());
        for process in started.iter().filter(|process| !drivers.contains(process)) {
            signal(*process, "STOP")?;
        }
        let ran = assert_ended(running, 1, &started)?;
        assert!(ran.error.contains("The run hangs"), "{browser}: {}", ran.error);
        assert_kept(folder.path(), Ending::Failed).map(drop)
    };
    let hanging = ["chrome", "firefox"].map(|browser| std::thread::spawn(move || hang(browser)));
    hanging
        .into_iter()
        .try_for_each(|hung| hung.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
}

in_both!(a_driver_that_is_killed_takes_its_browser_along);
fn a_driver_that_is_killed_takes_its_browser_along(browser: &str) -> Test {
    let folder = tempdir()?;
    let (running, started) = long_run(folder.path(), browser)?;
    for driver in children(running.id()) {
        signal(driver, "KILL")?;
    }
    let ran = assert_ended(running, 1, &started)?;
    assert!(ran.error.contains("The browser was lost"), "{}", ran.error);
    assert_kept(folder.path(), Ending::Failed).map(drop)
}

in_both!(ctrl_c_writes_the_finished_rounds_and_closes_the_browser);
fn ctrl_c_writes_the_finished_rounds_and_closes_the_browser(browser: &str) -> Test {
    let folder = tempdir()?;
    let (running, started) = long_run(folder.path(), browser)?;
    signal(running.id(), "INT")?;
    assert_ended(running, 130, &started)?;
    assert_kept(folder.path(), Ending::Stopped).map(drop)
}

in_chrome!(a_run_that_takes_too_long_is_stopped);
fn a_run_that_takes_too_long_is_stopped(browser: &str) -> Test {
    let folder = tempdir()?;
    let ran = ends_with(1, folder.path(), browser, &[&LONG[..], &["--timeout-total=10s"]].concat())?;
    assert!(ran.error.contains("longer than 10 s"), "{}", ran.error);
    assert_eq!(report(folder.path())?.ending, Ending::Stopped);
    Ok(())
}
