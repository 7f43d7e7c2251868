//! How runs end: by Stop, by a crash, at the browser's limits; on either thread, isolated or not.

use fetchmark_core::{
    compare::{Comparison, Reason},
    report::{Ending, Report, RoundReport, validity::FindingCode},
    samples::record::RoundSamples,
};
use fetchmark_e2e::prelude::*;

fn assert_stopped(report: &Report, what: &str) {
    assert_eq!(report.ending, Ending::Stopped, "{what}");
    assert!(report.variants.iter().all(|row| row.requests.adds_up()), "{what}");
    assert!(finds(report, FindingCode::Stopped), "{what}");
}

in_chromium_and_firefox!(stop_ends_every_client_and_leaves_nothing_running);
async fn stop_ends_every_client_and_leaves_nothing_running(browser: &Browser) -> Test {
    let mut by_force = Vec::new();
    let in_worker = all_clients().into_iter().map(|client| (client, "worker"));
    for (client, thread) in in_worker.chain([("gloo-net", "main")]) {
        // A lab each: what a browser cancels may still reach the server, after the next client has begun.
        let site = Site::start().await?;
        let library = site.open(browser).await?;
        let scenario = json!({
            "target": { "url": "/lab/delay/20" }, "clients": [client], "thread": [thread], "n": 300, "concurrency": ["all"],
            "warmup": 0,
        });
        let report = library.measure_and_stop(scenario, json!({ "requests": 5 })).await?;
        assert_stopped(&report, client);
        assert!(site.is_at_rest().await, "{client}: requests are still running");
        // An engine that had no time to end its round, on a busy machine, says so: that round is in no count.
        if finds(&report, FindingCode::EndedByForce) {
            by_force.push(client);
            continue;
        }
        // What was aborted while it waited inside the browser never reached the lab; everything else did.
        let issued: u64 = report.variants.iter().map(|row| row.requests.issued).sum();
        let aborted: u64 = report.variants.iter().map(|row| row.requests.aborted).sum();
        let arrived = site.lab.sockets().requests;
        assert!((issued - aborted..=issued).contains(&arrived), "{client}: {arrived}, {issued} - {aborted}");
    }
    // How many is the machine's affair; if none hears it, it is the engine's.
    assert!(by_force.len() < all_clients().len(), "Stop is not heard: {by_force:?}");
    Ok(())
}

in_each_browser!(a_stalled_blocking_request_is_killed_and_rounds_are_kept);
async fn a_stalled_blocking_request_is_killed_and_rounds_are_kept(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    // Each round has one request, and every fourth request stalls: three rounds are finished by then.
    let scenario = json!({
        "target": { "url": "/lab/delay/1?stall_every=4&stall_ms=60000" }, "clients": ["xhr-sync:reused"],
        "n": 1, "rounds": 10, "warmup": 0,
    });
    let report = library.measure_and_stop(scenario, json!({ "rounds": 3 })).await?;
    assert_stopped(&report, "xhr-sync");
    assert!(finds(&report, FindingCode::EndedByForce));
    assert_eq!(report.variants[0].rounds.len(), 3);
    assert!(site.is_at_rest().await, "xhr-sync: requests are still running");
    Ok(())
}

in_each_browser!(a_crash_is_reported_and_finished_rounds_are_kept);
async fn a_crash_is_reported_and_finished_rounds_are_kept(browser: &Browser) -> Test {
    // A client that ends its worker when it is built for the third time: in the second of two measured rounds.
    let site = Site::start_with(&[(
        "engine/clients/ky.js",
        "let built = 0;
         export function create() {
           built += 1;
           if (built === 3) setTimeout(() => { throw new Error('planted'); });
           return built === 3 ? () => new Promise(() => {}) : async () => ({ status: 200, bytes: 0 });
         }",
    )])
    .await?;
    let scenario = json!({
        "target": { "url": "/lab/ping" }, "clients": ["js-fetch:reused", "ky:reused"], "n": 5, "rounds": 2, "seed": 1,
    });
    let crashed = site.open(browser).await?.try_to_measure(scenario).await?;
    assert_eq!(crashed.code.as_deref(), Some("engine-crashed"));
    let sentence = crashed.error.context("no sentence")?;
    assert!(sentence.contains("planted"), "{sentence}");
    let report = crashed.report.context("the finished rounds are gone")?;
    assert_eq!(report.ending, Ending::Failed);
    assert!(finds(&report, FindingCode::EngineCrashed));
    // Every round that was told of before the crash is in the report: those of the block that it ended, too.
    for (index, row) in report.variants.iter().enumerate() {
        let is_its = |round: &&RoundSamples| round.block.is_some() && round.variant == index;
        assert_eq!(row.rounds.len(), crashed.rounds.iter().filter(is_its).count(), "{}", row.id);
    }
    assert_eq!(report.variants[1].rounds.len(), 1);
    Ok(())
}

in_each_browser!(ten_thousand_at_once_fail_none);
async fn ten_thousand_at_once_fail_none(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let scenario = json!({
        "target": { "url": "/lab/ping" }, "clients": ["gloo-net:fresh"], "n": 10_000, "concurrency": ["all"],
        "rounds": 1, "warmup": 0,
    });
    let (report, rounds) = site.measure(browser, scenario).await?;
    let row = &report.variants[0];
    assert_eq!((row.requests.ok, row.unjoined, row.concurrency), (10_000, 0, 256), "{:?}", row.errors);
    assert_eq!(rounds[0].samples.len(), 10_000);
    assert_eq!(site.lab.sockets().requests, 10_000);
    Ok(())
}

in_each_browser!(a_service_worker_in_the_path_is_found);
async fn a_service_worker_in_the_path_is_found(browser: &Browser) -> Test {
    let worker = "addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));
        addEventListener('activate', (event) => event.waitUntil(clients.claim()));";
    let host = StaticHost::start(&[("sw.js", worker)]).await?;
    let scenario = json!({ "target": { "url": "fetchmark-target.txt" }, "n": 5, "rounds": 1, "warmup": 0 });
    let (report, _) = Library::open(browser, &host.url()).await?.measure(scenario.clone()).await?;
    assert!(!finds(&report, FindingCode::ServiceWorker), "{:?}", report.validity);
    // On a host that isolates no page.
    assert!(!report.environment.cross_origin_isolated);
    assert_ok(&report, 5);
    let install = "const done = arguments[0];
        navigator.serviceWorker.addEventListener('controllerchange', () => done(null));
        navigator.serviceWorker.register('./sw.js').catch((error) => done(String(error)));";
    let failed = browser.client.execute_async(install, vec![]).await?;
    assert!(failed.is_null(), "{failed}");
    let (report, _) = Library::open(browser, &host.url()).await?.measure(scenario).await?;
    assert!(finds(&report, FindingCode::ServiceWorker), "{:?}", report.validity);
    for row in &report.variants {
        // It was asked, which is no redirect; and whether it used the network nobody tells.
        let seen = (row.requests.ok, row.redirected, row.connections.unknown);
        assert_eq!(seen, (5, 0, 5), "{}: {:?}", row.id, row.connections);
    }
    // Firefox does not show which requests it was asked for: there the finding alone warns.
    let is_refused = |pair: &Comparison| pair.reason_code == Reason::CacheNotRuledOut;
    assert!(browser.kind() == Kind::Firefox || report.comparisons.iter().all(is_refused));
    Ok(())
}

// WebKitGTK opens tabs behind the page, and its driver brings none to the front.
in_chromium_and_firefox!(rounds_behind_another_tab_are_voided_and_the_others_count);
async fn rounds_behind_another_tab_are_voided_and_the_others_count(browser: &Browser) -> Test {
    let site = Site::start().await?;
    site.open(browser).await?;
    let scenario = json!({
        "target": { "url": "/lab/delay/5" }, "clients": ["js-fetch:reused"], "n": 10, "concurrency": [1],
        "rounds": 1_000, "warmup": 0,
    });
    let start = "window.ending = new AbortController();
        window.running = globalThis.measureUntil(arguments[0], window.ending.signal);";
    browser.client.execute(start, vec![scenario]).await?;
    site.requests_beyond(100).await;
    let page = browser.client.window().await?;
    let tab = browser.client.new_tab().await?;
    browser.client.switch_to(&tab).await?;
    site.requests_beyond(site.lab.sockets().requests + 100).await;
    browser.client.close_window().await?;
    browser.client.switch_to(&page).await?;
    let seen = "const [done] = arguments;
        const look = () => document.visibilityState === 'visible' ? done() : setTimeout(look, 10);
        look();";
    browser.client.execute_async(seen, vec![]).await?;
    site.requests_beyond(site.lab.sockets().requests + 100).await;
    let ended = "window.ending.abort(); window.running.then(({ report }) => arguments[0](report));";
    let report = schema::report(browser.client.execute_async(ended, vec![]).await?)?;
    let row = &report.variants[0];
    let voided: Vec<u32> = row.rounds.iter().filter(|round| round.voided).map(|round| round.block).collect();
    let found = report.validity.iter().find(|finding| finding.code == FindingCode::TabHidden);
    assert_eq!(found.map(|finding| finding.count), Some(voided.len() as u64), "{voided:?}");
    // Seen, hidden, and seen again.
    let is_seen = |round: Option<&RoundReport>| round.is_some_and(|round| !round.voided);
    assert!(is_seen(row.rounds.first()) && is_seen(row.rounds.last()), "{voided:?}");
    assert!(voided.len() >= 3, "{voided:?}");
    let counted = 10 * (row.rounds.len() - voided.len()) as u64;
    let told = row.latency_ms.as_ref().map_or(0, |latency| latency.count);
    // The round that Stop cut short has fewer.
    assert!((counted..counted + 10).contains(&told), "{told} of {counted}");
    Ok(())
}
