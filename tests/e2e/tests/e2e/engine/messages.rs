//! Messages over a connection, held to what the lab counts.

use fetchmark_core::{
    report::{Ending, Report},
    scenario::factors::Lifecycle,
};
use fetchmark_e2e::prelude::*;
use fetchmark_lab::{Lab, LabConfig};

const CLIENTS: [&str; 2] = ["websocket", "webtransport"];

fn with_http3() -> LabConfig {
    LabConfig { http3: true, ..LabConfig::default() }
}

fn labelled_new(report: &Report) -> u64 {
    report.variants.iter().map(|row| row.connections.new + row.warmup.connections.new).sum()
}

in_chromium_and_firefox!(each_message_is_labelled_as_the_lab_counts_it);
async fn each_message_is_labelled_as_the_lab_counts_it(browser: &Browser) -> Test {
    let site = Site::start_as(with_http3(), &[]).await?;
    let library = site.open(browser).await?;
    site.lab.reset();
    let scenario = json!({
        "target": { "url": "/lab/ping" }, "clients": CLIENTS, "thread": ["worker", "main"],
        "pacing": ["sequential", "concurrent"], "concurrency": [5], "n": 20, "rounds": 2,
    });
    let (report, _) = library.measure(scenario).await?;
    assert_eq!(report.variants.len(), 16);
    for row in &report.variants {
        assert_eq!((row.requests.ok, row.requests.issued), (40, 40), "{}: {:?}", row.id, row.errors);
        assert_eq!(row.protocols.get(row.client.as_str()), Some(&40), "{}: {:?}", row.id, row.protocols);
        assert!(row.phases_ms.is_empty(), "{}", row.id);
        let (new, reused) = (row.connections.new, row.connections.reused);
        match row.lifecycle {
            // Opened in the warm-up, by the first row of this client on its thread.
            Lifecycle::Reused => assert_eq!((new, reused), (0, 40), "{}", row.id),
            Lifecycle::Fresh => assert_eq!((new, reused), (40, 0), "{}", row.id),
        }
    }
    let truth = site.lab.sockets();
    let issued = report.variants.iter().map(|row| row.requests.issued + row.warmup.requests.issued);
    assert_eq!(truth.requests, issued.sum::<u64>());
    assert_eq!(truth.first_requests, labelled_new(&report));
    Ok(())
}

in_chromium_and_firefox!(stop_ends_messages);
async fn stop_ends_messages(browser: &Browser) -> Test {
    for client in CLIENTS {
        let site = Site::start_as(with_http3(), &[]).await?;
        let library = site.open(browser).await?;
        let scenario =
            json!({ "target": { "url": "/lab/ping" }, "clients": [client], "n": 5_000, "warmup": 0 });
        let report = library.measure_and_stop(scenario, json!({ "requests": 5 })).await?;
        assert_eq!(report.ending, Ending::Stopped, "{client}");
        assert!(report.variants.iter().all(|row| row.requests.adds_up()), "{client}");
        // Chromium gives a worker's QUIC connections up without a word; the lab hears of that when they have been idle for 30 s.
        let is_told = client == "websocket";
        assert!(!is_told || site.is_at_rest().await, "{client}: messages are still under way");
    }
    Ok(())
}

in_chromium_and_firefox!(messages_to_a_lab_that_stops_fail);
/// The connection is lost in mid-run: what was under way fails, as does what comes after it, and the run ends with its report.
async fn messages_to_a_lab_that_stops_fail(browser: &Browser) -> Test {
    let site = Site::start().await?;
    for client in CLIENTS {
        let lab = Lab::start(with_http3()).await?;
        let library = site.open(browser).await?;
        let scenario = json!({
            "target": { "url": format!("{}/lab/ping", lab.http_url()) }, "clients": [client], "lifecycle": ["reused"],
            "n": 300, "rounds": 2, "warmup": 0, "timeout_ms": 1_000,
        });
        let losing = async {
            while lab.sockets().requests < 50 {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
            lab.stop().await;
            anyhow::Ok(())
        };
        let (measured, lost) = futures::join!(library.measure(scenario), losing);
        lost?;
        let (report, _) = measured?;
        let requests = &report.variants[0].requests;
        assert!(requests.failed > 0 && requests.adds_up(), "{client}: {requests:?}");
    }
    Ok(())
}
