//! Connection labels of every client, held to the lab's own sockets.

use fetchmark_core::{
    compare::Reason,
    report::{Report, VariantReport},
    scenario::factors::Connection,
};
use fetchmark_e2e::prelude::*;
use fetchmark_lab::SocketsReport;
use std::collections::BTreeSet;

/// Connections over HTTP/1.1 that Chromium and Firefox hold to one host at a time, at most.
const PER_HOST: u64 = 6;

/// Requests labelled new, in warm-up and measured rounds together.
fn labelled_new(report: &Report) -> u64 {
    report.variants.iter().map(|row| row.connections.new + row.warmup.connections.new).sum()
}

/// Each of so many clients has rows, in which no request failed and each has its timing entry and a label.
fn assert_labelled(report: &Report, clients: usize) {
    assert_eq!(report.variants.iter().map(|row| &row.client).collect::<BTreeSet<_>>().len(), clients);
    for row in &report.variants {
        let (requests, labels) = (row.requests, row.connections);
        assert_eq!((requests.ok, requests.failed), (requests.issued, 0), "{}: {:?}", row.id, row.errors);
        assert_eq!((row.unjoined, labels.unknown + labels.cached), (0, 0), "{}: {labels:?}", row.id);
    }
}

/// Runs on the lab's h1 or h2 origin, and gives the report with what the lab saw of it.
async fn run(
    browser: &Browser,
    site: &Site,
    origin: &str,
    scenario: Value,
) -> anyhow::Result<(Report, SocketsReport)> {
    let library = Library::open(browser, origin).await?;
    site.lab.reset();
    let (report, _) = library.measure(scenario).await?;
    Ok((report, site.lab.sockets()))
}

in_chromium_and_firefox!(cold_rounds_do_not_make_warm_ones_partly_cold);
async fn cold_rounds_do_not_make_warm_ones_partly_cold(browser: &Browser) -> Test {
    let site = Site::start().await?;
    for target in [
        // A hundred in flight beside those kept open are more than Chromium holds: it gives up idle ones.
        json!({ "url": format!("http://h{{n}}.localhost:{}/lab/delay/5", site.lab.http_port()) }),
        json!({ "url": "/lab/delay/5", "cold_url": "/lab/close" }),
    ] {
        // One lane opens one connection again, and the row of a hundred may come after it.
        let scenario = json!({
            "target": target, "clients": ["gloo-net"], "lifecycle": ["reused"], "connection": ["warm", "cold"],
            "n": 100, "rounds": 3, "concurrency": [1, 100],
        });
        let (report, _) = run(browser, &site, &site.lab.http_url(), scenario).await?;
        assert_labelled(&report, 1);
        for row in report.variants.iter().filter(|row| row.connection == Connection::Warm) {
            // A pool that had to be filled again would take that many in each of three rounds. One or two come by chance: what opens
            // connections beforehand may be answered before all of them are open.
            assert!(row.connections.new < PER_HOST, "{}: {:?}", row.id, row.connections);
            assert_eq!(row.connections.new + row.connections.reused, 300, "{}", row.id);
        }
    }
    Ok(())
}

in_chromium_and_firefox!(cold_opens_a_connection_per_request_and_warm_does_not);
async fn cold_opens_a_connection_per_request_and_warm_does_not(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let by_host = json!({ "url": format!("http://h{{n}}.localhost:{}/lab/ping", site.lab.http_port()) });
    let by_closing = json!({ "url": "/lab/ping", "cold_url": "/lab/close" });
    let (reused, both) = (json!(["reused"]), json!(["reused", "fresh"]));
    // In a worker and on the page's thread: what one of them left open another one finds, or uses up. Run again, it is as cold: the browser
    // keeps connections to the first run's hosts open. Firefox holds 900 in all, and beyond them may leave a request waiting.
    for (target, lifecycle, rounds, warmup) in
        [(&by_host, &reused, 2, 1), (&by_host, &both, 1, 0), (&by_closing, &reused, 2, 1)]
    {
        let scenario = json!({
            "target": target, "clients": all_clients(), "lifecycle": lifecycle, "connection": ["warm", "cold"],
            "thread": ["worker", "main"], "n": 10, "rounds": rounds, "warmup": warmup,
        });
        let found = run(browser, &site, &site.lab.http_url(), scenario).await?;
        // A closing address forces nothing before what is in the pool is used up.
        let uses_up = found.0.scenario.target.cold_url.is_some();
        let mut cold = found.0.variants.iter().filter(|row| row.connection == Connection::Cold);
        assert!(cold.all(|row| (row.draining_requests > 0) == uses_up), "{:?}", found.0);
        assert_cold_is_cold(found);
    }
    Ok(())
}

in_chromium_and_firefox!(warm_and_cold_on_http_2);
async fn warm_and_cold_on_http_2(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let origin = site.https_url()?;
    let warm = json!({ "target": { "url": "/lab/ping" }, "clients": all_clients(), "n": 30, "rounds": 2 });
    let (report, truth) = run(browser, &site, &origin, warm).await?;
    assert_labelled(&report, all_clients().len());
    assert_eq!(report.environment.protocols.keys().collect::<Vec<_>>(), ["h2"]);
    assert_eq!(labelled_new(&report), truth.first_requests, "{truth:?}");
    // One at a time: requests under way together share the connection before it closes.
    let cold = json!({
        "target": { "url": "/lab/ping", "cold_url": "/lab/close" }, "clients": all_clients(),
        "connection": ["warm", "cold"], "n": 10, "rounds": 2, "concurrency": [1],
    });
    assert_cold_is_cold(run(browser, &site, &origin, cold).await?);
    Ok(())
}

fn assert_cold_is_cold((report, truth): (Report, SocketsReport)) {
    assert_labelled(&report, all_clients().len());
    for row in &report.variants {
        match row.connection {
            Connection::Cold => assert_eq!(row.connections.new, row.requests.issued, "{}", row.id),
            // A warm round opens connections where the pool has too few (a cold round before it makes the browser give idle ones
            // up), but no more than a browser holds to one host at a time: never one for each request.
            Connection::Warm => {
                let most = PER_HOST.min(row.concurrency.into()) * row.rounds.len() as u64;
                assert!(row.connections.new <= most, "{}: {row:?}", row.id);
                assert_eq!(row.connections.new + row.connections.reused, row.requests.issued, "{}", row.id);
            }
        }
    }
    // Requests that use up connections before a cold round, or open them again, have no label: each opened one, or none.
    let drained: u64 = report.variants.iter().map(|row| row.draining_requests).sum();
    let opened = labelled_new(&report)..=labelled_new(&report) + drained;
    assert!(opened.contains(&truth.first_requests), "{opened:?} and {}", truth.first_requests);
    // Of what a server that is closing is sent at once, some comes back unread: nobody waits for it to be sent again.
    let issued = |row: &VariantReport| row.requests.issued + row.warmup.requests.issued;
    let issued: u64 = report.variants.iter().map(issued).sum();
    let arrived = issued..=issued + drained;
    assert!(arrived.contains(&truth.requests), "{arrived:?} and {}", truth.requests);
}

in_chromium_and_firefox!(what_a_redirect_s_last_hop_found_open_proves_nothing);
async fn what_a_redirect_s_last_hop_found_open_proves_nothing(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let url = format!("http://h{{n}}.localhost:{}/lab/redirect/1", site.lab.http_port());
    let scenario = json!({
        "target": { "url": url }, "clients": ["gloo-net", "js-fetch"], "connection": ["cold"], "n": 6, "rounds": 1,
    });
    let (report, truth) = run(browser, &site, &site.lab.http_url(), scenario).await?;
    // The first hop opened a connection, the second used it: to call that reused would say the reverse of what happened.
    assert_eq!(truth.first_requests * 2, truth.requests, "{truth:?}");
    assert_ok(&report, 6);
    for row in &report.variants {
        // Firefox tells a worker of the first hop only, and hides that there was another.
        let redirected = if browser.kind() == Kind::Chrome { 6 } else { 0 };
        assert_eq!((row.redirected, row.connections.reused), (redirected, 0), "{row:?}");
    }
    if browser.kind() == Kind::Chrome {
        assert!(report.comparisons.iter().all(|pair| pair.reason_code == Reason::ColdNotShown));
    }
    Ok(())
}
