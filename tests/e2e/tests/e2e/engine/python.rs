//! Python in the tab, compared with what the lab saw; and what happens where it is not whole.

use fetchmark_core::{
    report::{
        BlockingWay, Ending, Report,
        validity::{FindingCode, PythonProblem},
    },
    samples::{ErrorClass, Phase, RoundSamples},
    scenario::{
        client::Client,
        factors::{Connection, Runtime},
    },
};
use fetchmark_e2e::prelude::*;
use std::fs;

/// What Python in the tab says of itself.
fn blocking(report: &Report) -> anyhow::Result<BlockingWay> {
    let [runtime] = &report.environment.runtimes[..] else { anyhow::bail!("{:?}", report.environment) };
    assert_eq!(runtime.name, Runtime::Pyodide);
    let libraries = ["aiohttp", "httpx", "python", "requests", "urllib3"];
    assert_eq!(runtime.libraries.keys().map(String::as_str).collect::<Vec<_>>(), libraries);
    runtime.blocking.context("nothing is said of the way of blocking clients")
}

/// None failed, each request has its entry and its label, and the labels are what the lab's sockets saw.
fn assert_true(report: &Report, site: &Site) {
    for row in &report.variants {
        let (requests, labels) = (row.requests, row.connections);
        assert_eq!(
            (requests.ok, requests.failed),
            (requests.issued, 0),
            "{}: {:?}",
            row.id,
            row.error_messages
        );
        assert_eq!((row.unjoined, labels.unknown + labels.cached), (0, 0), "{}: {labels:?}", row.id);
    }
    let truth = site.lab.sockets();
    let new = report.variants.iter().map(|row| row.connections.new + row.warmup.connections.new).sum();
    assert_eq!((issued(report), truth.first_requests), (truth.requests, new), "{truth:?}");
}

in_chromium_and_firefox!(every_row_is_joined_labelled_and_answered, own);
async fn every_row_is_joined_labelled_and_answered(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    site.lab.reset();
    let scenario = json!({
        "target": { "url": "/lab/ping" }, "clients": pyodide_clients(), "pacing": ["sequential", "concurrent"],
        "n": 40, "rounds": 4,
    });
    let (report, rounds) = library.measure(scenario).await?;
    assert_true(&report, &site);
    assert_eq!(blocking(&report)?, BlockingWay::Fetch);
    let is_blocking = |name: &str| Client::named(name).is_ok_and(|client| client.info().blocking);
    for row in &report.variants {
        assert_eq!((row.runtime, row.connection), (Runtime::Pyodide, Connection::Warm), "{}", row.id);
        assert!(!is_blocking(&row.client) || row.concurrency == 1, "{}", row.id);
        assert!(row.phases_ms.contains_key(&Phase::FirstByte), "{:?}", row.phases_ms);
    }
    // Each request has an entry of its own.
    let is_tied = |round: &RoundSamples| round.samples.iter().any(|one| one.tied);
    assert!(!rounds.iter().any(is_tied));
    Ok(())
}

in_chromium_and_firefox!(cold_is_cold_and_a_fresh_client_finds_warm_connections, own);
async fn cold_is_cold_and_a_fresh_client_finds_warm_connections(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    let url = format!("http://h{{n}}.localhost:{}/lab/ping", site.lab.http_port());
    let scenario = json!({
        "target": { "url": url }, "clients": ["pyodide-requests", "pyodide-aiohttp", "pyodide-pyxhr"],
        "connection": ["warm", "cold"], "concurrency": [6], "n": 10, "rounds": 2,
    });
    let (report, _) = library.measure(scenario).await?;
    for row in &report.variants {
        let (labels, issued) = (row.connections, row.requests.issued);
        assert_eq!((row.requests.ok, labels.new + labels.reused), (issued, issued), "{}: {labels:?}", row.id);
        match row.connection {
            Connection::Cold => assert_eq!(labels.new, issued, "{}", row.id),
            // However often the client is made anew: at most what a browser opens to a host, in each of two rounds.
            Connection::Warm => assert!(labels.new <= 12, "{}: {labels:?}", row.id),
        }
    }
    Ok(())
}

in_chromium_and_firefox!(each_fault_has_its_class_in_python_too);
async fn each_fault_has_its_class_in_python_too(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    let elsewhere = format!("http://127.0.0.1:{}/lab/no-cors", site.lab.http_port());
    for (url, expected) in [
        ("/lab/reset", ErrorClass::Network),
        ("/lab/stall", ErrorClass::Timeout),
        ("/lab/stall-body", ErrorClass::Timeout),
        ("/lab/truncate", ErrorClass::BodyCutShort),
        ("/lab/status/404", ErrorClass::Http4xx),
        ("/lab/status/503", ErrorClass::Http5xx),
        (elsewhere.as_str(), ErrorClass::Cors),
    ] {
        let timeout = if expected == ErrorClass::Timeout { 300 } else { 30_000 };
        let scenario = json!({
            "target": { "url": url }, "clients": pyodide_clients(), "lifecycle": ["reused"], "n": 3, "rounds": 1,
            "warmup": 0, "timeout_ms": timeout,
        });
        let (report, _) = library.measure(scenario).await?;
        for row in &report.variants {
            // XMLHttpRequest says the same of an answer that never came and of one that broke off.
            let is_vague = row.client == "pyodide-pyxhr" && expected == ErrorClass::BodyCutShort;
            let expected = if is_vague { ErrorClass::Network } else { expected };
            let errors: Vec<_> = row.errors.iter().map(|(class, count)| (*class, *count)).collect();
            assert_eq!(errors, [(expected, 3)], "{url} {}: {:?}", row.id, row.error_messages);
            assert!(row.requests.adds_up() && row.requests.failed == 3, "{url} {}", row.id);
        }
    }
    Ok(())
}

in_chromium_and_firefox!(stop_ends_python_s_requests);
async fn stop_ends_python_s_requests(browser: &Browser) -> Test {
    for client in pyodide_clients() {
        let site = Site::start().await?;
        let library = site.open(browser).await?;
        let scenario = json!({
            "target": { "url": "/lab/delay/20" }, "clients": [client], "n": 300, "concurrency": ["all"], "warmup": 0,
        });
        let report = library.measure_and_stop(scenario, json!({ "requests": 5 })).await?;
        assert_eq!(report.ending, Ending::Stopped, "{client}");
        assert!(report.variants.iter().all(|row| row.requests.adds_up()), "{client}: {report:?}");
        assert!(site.is_at_rest().await, "{client}: requests are still running");
    }
    Ok(())
}

in_chromium_and_firefox!(where_a_browser_cannot_suspend_python_blocking_clients_use_xhr);
async fn where_a_browser_cannot_suspend_python_blocking_clients_use_xhr(browser: &Browser) -> Test {
    let worker = fs::read_to_string(fetchmark_e2e::dist()?.join("engine/python/worker.js"))?;
    let without = format!("{worker}\ndelete WebAssembly.Suspending; delete WebAssembly.promising;");
    let site = Site::start_with(&[("engine/python/worker.js", &without)]).await?;
    let library = site.open(browser).await?;
    site.lab.reset();
    let scenario =
        json!({ "target": { "url": "/lab/ping" }, "clients": pyodide_clients(), "n": 20, "rounds": 2 });
    let (report, _) = library.measure(scenario).await?;
    assert_true(&report, &site);
    assert_eq!(blocking(&report)?, BlockingWay::Xhr);
    Ok(())
}

in_chromium_and_firefox!(without_a_whole_python_the_other_rows_are_measured);
async fn without_a_whole_python_the_other_rows_are_measured(browser: &Browser) -> Test {
    const FOLDER: &str = "engine/pyodide";
    let [manifest, archive, wasm] =
        ["manifest.json", "python.zip.txt", "pyodide.asm.wasm"].map(|name| format!("{FOLDER}/{name}"));
    for (site, expected, about) in [
        (Site::start_without(&[&manifest]).await?, PythonProblem::Absent, "without Python"),
        (Site::start_without(&[&archive]).await?, PythonProblem::NotArrived, "python.zip.txt"),
        (Site::start_without(&[&wasm]).await?, PythonProblem::NotArrived, "pyodide.asm.wasm"),
        (Site::start_with(&[(&archive, "PK")]).await?, PythonProblem::Changed, "python.zip.txt"),
        (Site::start_without(&["engine/python/worker.js"]).await?, PythonProblem::NotArrived, "worker.js"),
    ] {
        let scenario = json!({
            "target": { "url": "/lab/ping" }, "clients": ["pyodide-aiohttp", "js-fetch"], "lifecycle": ["reused"],
            "n": 5, "rounds": 2,
        });
        let (report, _) = site.measure(browser, scenario).await?;
        assert_eq!(report.variants.iter().map(|row| &*row.client).collect::<Vec<_>>(), ["js-fetch"]);
        assert_ok(&report, 10);
        let found = report.validity.iter().find(|one| one.code == FindingCode::PythonMissing);
        let detail =
            found.and_then(|one| one.detail.as_deref()).context("nothing says that rows are missing")?;
        let (problem, told) = PythonProblem::read(detail);
        assert!(problem == expected && told.contains(about), "{detail}");
        assert!(report.environment.runtimes.is_empty());
    }
    Ok(())
}
