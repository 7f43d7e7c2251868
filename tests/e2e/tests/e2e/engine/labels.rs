//! Connection labels of every client, held to the lab's own sockets.

use fetchmark_core::{
    comparison::Reason,
    factors::Connection,
    report::{Connections, Report},
};
use fetchmark_e2e::{
    browser::{Browser, Kind},
    in_chromium, in_chromium_and_firefox,
    library::{Library, Site},
    matrix::{Test, all_clients},
};
use fetchmark_lab::{Lab, LabConfig, SocketsReport};
use serde_json::{Value, json};

/// Connections over HTTP/1.1 that Chromium and Firefox hold to one host at a time, at most.
const PER_HOST: u64 = 6;

/// Labels of warm-up and measured rounds together.
fn labels(report: &Report) -> Connections {
    report.variants.iter().flat_map(|row| [row.connections, row.warmup.connections]).fold(
        Connections::default(),
        |sum, part| Connections {
            new: sum.new + part.new,
            reused: sum.reused + part.reused,
            cached: sum.cached + part.cached,
            unknown: sum.unknown + part.unknown,
        },
    )
}

fn issued(report: &Report) -> u64 {
    report
        .variants
        .iter()
        .map(|row| row.requests.issued + row.warmup.requests.issued + row.draining_requests)
        .sum()
}

fn assert_all_ok(report: &Report, clients: usize) {
    assert_eq!(
        report.variants.iter().map(|row| &row.client).collect::<std::collections::BTreeSet<_>>().len(),
        clients
    );
    for row in &report.variants {
        assert_eq!(
            (row.requests.ok, row.requests.failed),
            (row.requests.issued, 0),
            "{}: {:?}",
            row.id,
            row.errors
        );
        assert_eq!(row.unjoined, 0, "{}: every request has its timing entry", row.id);
        assert_eq!(row.connections.unknown + row.connections.cached, 0, "{}: {:?}", row.id, row.connections);
    }
}

/// Runs on the lab's h1 or h2 origin, and gives the report with what the lab saw of it.
async fn run(
    browser: &Browser,
    lab: &Lab,
    origin: &str,
    scenario: Value,
) -> Result<(Report, SocketsReport), Box<dyn std::error::Error>> {
    let library = Library::open(browser, origin).await?;
    lab.reset();
    let (report, _) = library.measure(scenario).await?.whole()?;
    Ok((report, lab.sockets()))
}

in_chromium_and_firefox!(warm_on_http_2);
async fn warm_on_http_2(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let origin = site.lab.https_url().ok_or("the lab has no TLS port")?;
    let scenario =
        json!({ "target": { "url": "/lab/ping" }, "clients": all_clients(), "n": 30, "rounds": 2 });
    let (report, truth) = run(browser, &site.lab, &origin, scenario).await?;
    assert_all_ok(&report, all_clients().len());
    assert_eq!(report.environment.protocols.keys().collect::<Vec<_>>(), ["h2"]);
    assert_eq!(labels(&report).new, truth.first_requests, "{truth:?}");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(cold_by_host_opens_a_connection_for_each_request_and_warm_beside_it_does_not);
async fn cold_by_host_opens_a_connection_for_each_request_and_warm_beside_it_does_not(
    browser: &Browser,
) -> Test {
    let site = Site::start().await?;
    let url = format!("http://h{{n}}.localhost:{}/lab/ping", site.lab.http_port());
    // Run again, it is as cold: the browser keeps connections to the first run's hosts open. Firefox holds 900 in all, and beyond
    // them may leave a request waiting.
    for (rounds, warmup) in [(2, 1), (1, 0)] {
        let scenario = json!({
            "target": { "url": url }, "clients": all_clients(), "connection": ["warm", "cold"], "n": 10,
            "rounds": rounds, "warmup": warmup,
        });
        assert_cold_is_cold(run(browser, &site.lab, &site.lab.http_url(), scenario).await?);
    }
    site.lab.stop().await;
    Ok(())
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
        let (report, _) = run(browser, &site.lab, &site.lab.http_url(), scenario).await?;
        assert_all_ok(&report, 1);
        for row in report.variants.iter().filter(|row| row.connection == Connection::Warm) {
            // A pool that had to be filled again would take that many in each of three rounds. One or two come by chance: what opens
            // connections beforehand may be answered before all of them are open.
            assert!(row.connections.new < PER_HOST, "{}: {:?}", row.id, row.connections);
            assert_eq!(row.connections.new + row.connections.reused, 300, "{}", row.id);
        }
    }
    site.lab.stop().await;
    Ok(())
}

/// Ten labs on ports that differ in their last digit alone, and what comes before it.
async fn ten_ports() -> Result<(u16, Vec<Lab>), Box<dyn std::error::Error>> {
    // Below what the system gives away itself. Tests that run at a time begin at different places.
    let first = 2_000 + (std::process::id() % 1_000) as u16;
    for start in (first..3_200).chain(2_000..first) {
        let mut labs = Vec::new();
        for digit in 0..10 {
            let config = LabConfig { http: start * 10 + digit, https: None, ..LabConfig::default() };
            labs.extend(Lab::start(config).await.ok());
        }
        if labs.len() == 10 {
            return Ok((start, labs));
        }
        for lab in labs {
            lab.stop().await;
        }
    }
    Err("no ten ports in a row are free".into())
}

in_chromium!(cold_by_port_opens_a_connection_for_each_request);
async fn cold_by_port_opens_a_connection_for_each_request(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let (start, labs) = ten_ports().await?;
    let scenario = json!({
        "target": { "url": format!("http://127.0.0.1:{start}{{n}}/lab/ping") }, "clients": ["gloo-net", "xhr"],
        "lifecycle": ["reused"], "connection": ["cold"], "n": 5, "rounds": 1, "warmup": 0, "concurrency": [5],
    });
    let (report, _) = run(browser, &site.lab, &site.lab.http_url(), scenario).await?;
    assert_all_ok(&report, 2);
    for row in &report.variants {
        assert_eq!(
            (row.connections.new, row.connections.reused),
            (5, 0),
            "{}: {:?}",
            row.id,
            row.connections
        );
    }
    for each in labs {
        let truth = each.sockets();
        assert_eq!((truth.requests, truth.first_requests), (1, 1), "{}: {truth:?}", each.http_url());
        each.stop().await;
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(threads_share_the_browser_s_connections);
async fn threads_share_the_browser_s_connections(browser: &Browser) -> Test {
    let site = Site::start().await?;
    // Warm and cold, in a worker and on the page's thread: what one of them left open another one finds, or uses up.
    for target in [
        json!({ "url": format!("http://h{{n}}.localhost:{}/lab/ping", site.lab.http_port()) }),
        json!({ "url": "/lab/ping", "cold_url": "/lab/close" }),
    ] {
        let scenario = json!({
            "target": target, "clients": all_clients(), "lifecycle": ["reused"], "connection": ["warm", "cold"],
            "thread": ["worker", "main"], "n": 10, "rounds": 2,
        });
        let found = run(browser, &site.lab, &site.lab.http_url(), scenario).await?;
        // A closing address forces nothing before what is in the pool is used up.
        let uses_up = found.0.scenario.target.cold_url.is_some();
        let mut cold = found.0.variants.iter().filter(|row| row.connection == Connection::Cold);
        assert!(cold.all(|row| (row.draining_requests > 0) == uses_up), "{:?}", found.0);
        assert_cold_is_cold(found);
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(cold_on_http_2);
async fn cold_on_http_2(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let origin = site.lab.https_url().ok_or("the lab has no TLS port")?;
    // One at a time: requests under way together share the connection before it closes.
    let scenario = json!({
        "target": { "url": "/lab/ping", "cold_url": "/lab/close" }, "clients": all_clients(),
        "connection": ["warm", "cold"], "n": 10, "rounds": 2, "concurrency": [1],
    });
    let (report, truth) = run(browser, &site.lab, &origin, scenario).await?;
    assert_eq!(report.environment.protocols.keys().collect::<Vec<_>>(), ["h2"]);
    assert_cold_is_cold((report, truth));
    site.lab.stop().await;
    Ok(())
}

fn assert_cold_is_cold((report, truth): (Report, SocketsReport)) {
    assert_all_ok(&report, all_clients().len());
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
    let opened = labels(&report).new..=labels(&report).new + drained;
    assert!(opened.contains(&truth.first_requests), "{opened:?} and {}", truth.first_requests);
    // Of what a server that is closing is sent at once, some comes back unread: nobody waits for it to be sent again.
    let arrived = issued(&report) - drained..=issued(&report);
    assert!(arrived.contains(&truth.requests), "{arrived:?} and {}", truth.requests);
}

in_chromium_and_firefox!(what_a_redirect_s_last_hop_found_open_proves_nothing);
async fn what_a_redirect_s_last_hop_found_open_proves_nothing(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let url = format!("http://h{{n}}.localhost:{}/lab/redirect/1", site.lab.http_port());
    let scenario = json!({
        "target": { "url": url }, "clients": ["gloo-net", "js-fetch"], "connection": ["cold"], "n": 6, "rounds": 1,
    });
    let (report, truth) = run(browser, &site.lab, &site.lab.http_url(), scenario).await?;
    // The first hop opened a connection, the second used it: to call that reused would say the reverse of what happened.
    assert_eq!(truth.first_requests * 2, truth.requests, "{truth:?}");
    for row in &report.variants {
        // Firefox tells a worker of the first hop only, and hides that there was another.
        let redirected = if browser.kind() == Kind::Chrome { 6 } else { 0 };
        assert_eq!((row.requests.ok, row.redirected), (6, redirected), "{}: {:?}", row.id, row.errors);
        assert_eq!(row.connections.reused, 0, "{}: {:?}", row.id, row.connections);
    }
    if browser.kind() == Kind::Chrome {
        assert!(report.comparisons.iter().all(|pair| pair.reason_code == Reason::ColdNotShown));
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium!(where_cold_cannot_be_forced_it_is_said);
async fn where_cold_cannot_be_forced_it_is_said(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    let scenario = json!({ "target": { "url": "/lab/ping" }, "connection": ["cold"] });
    let sentence = library.measure(scenario).await?.whole().err().ok_or("it ran")?;
    assert!(sentence.starts_with("Cold connections cannot be forced on this target"), "{sentence}");
    site.lab.stop().await;
    Ok(())
}
