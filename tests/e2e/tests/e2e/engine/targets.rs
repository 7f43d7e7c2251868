//! Several targets in one run, each held to its own server's sockets.

use fetchmark_core::{
    report::{VariantReport, validity::FindingCode},
    scenario::factors::Connection,
};
use fetchmark_e2e::{
    prelude::*,
    raw_server::{Peer, RawServer},
};
use std::io;

in_chromium_and_firefox!(rows_of_two_servers_are_labelled_as_each_saw_them);
async fn rows_of_two_servers_are_labelled_as_each_saw_them(browser: &Browser) -> Test {
    let sites = [Site::start().await?, Site::start().await?];
    let library = sites[0].open(browser).await?;
    sites.iter().for_each(|site| site.lab.reset());
    let targets = ["near", "far"].into_iter().zip(&sites).map(|(label, site)| {
        let address = |path| format!("{}{path}", site.lab.http_url().trim_end_matches('/'));
        json!({ "label": label, "url": address("/lab/ping"), "cold_url": address("/lab/close") })
    });
    let scenario = json!({
        "targets": targets.collect::<Vec<_>>(), "clients": ["gloo-net:reused", "js-fetch:reused"],
        "connection": ["warm", "cold"], "n": 12, "rounds": 3, "concurrency": [4],
    });
    let (report, rounds) = library.measure(scenario).await?;
    assert_ok(&report, 36);
    assert_eq!(rounds.len(), 8 * 4, "each row has a round in each block, the warm-up included");
    for (label, site) in ["near", "far"].into_iter().zip(&sites) {
        let rows: Vec<&VariantReport> =
            report.variants.iter().filter(|row| row.target.as_deref() == Some(label)).collect();
        let sum = |of: fn(&VariantReport) -> u64| rows.iter().map(|row| of(row)).sum::<u64>();
        let issued = sum(|row| row.requests.issued + row.warmup.requests.issued);
        let new = sum(|row| row.connections.new + row.warmup.connections.new);
        let drained = sum(|row| row.draining_requests);
        let truth = site.lab.sockets();
        assert!((issued..=issued + drained).contains(&truth.requests), "{label}: {issued}, {truth:?}");
        assert!((new..=new + drained).contains(&truth.first_requests), "{label}: {new}, {truth:?}");
        for row in rows {
            assert_eq!((row.unjoined, row.connections.unknown), (0, 0), "{}", row.id);
            let is_cold = row.connection == Connection::Cold;
            let others = if is_cold { row.connections.reused } else { row.connections.new };
            // What fills the pool again after a cold round may be answered before it is full.
            assert!(others <= if is_cold { 0 } else { 4 }, "{}: {:?}", row.id, row.connections);
        }
    }
    assert_eq!(report.targets.len(), 1);
    let far = &report.targets[0];
    assert_eq!((far.overall.baseline.as_str(), far.overall.candidate.as_str()), ("near", "far"));
    assert_eq!((far.rows.len(), far.overall.blocks), (4, 3), "{far:?}");
    Ok(())
}

in_chromium_and_firefox!(rows_of_one_server_are_labelled_as_it_saw_them);
async fn rows_of_one_server_are_labelled_as_it_saw_them(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    site.lab.reset();
    let scenario = json!({
        "targets": [{ "label": "short", "url": "/lab/ping" }, { "label": "long", "url": "/lab/bytes/5000" }],
        "clients": ["gloo-net:reused", "xhr:reused"], "n": 12, "rounds": 3, "concurrency": [4],
    });
    let (report, _) = library.measure(scenario).await?;
    assert_ok(&report, 36);
    let labels = report.variants.iter().flat_map(|row| [row.connections, row.warmup.connections]);
    let (new, unknown) = labels.fold((0, 0), |sum, of| (sum.0 + of.new, sum.1 + of.unknown));
    // What requests to one of them opened is not new to those to the other.
    assert_eq!((new, unknown), (site.lab.sockets().first_requests, 0), "{:?}", report.variants);
    Ok(())
}

/// A server that any page may ask, and that always answers so.
async fn answering(status: &str, headers: &str) -> io::Result<RawServer> {
    async fn serve(mut peer: Peer, answer: String) -> io::Result<()> {
        while peer.read().await?.is_some() {
            peer.send(&answer).await?;
        }
        Ok(())
    }
    const ALLOWING: &str =
        "Access-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: Age\r\nTiming-Allow-Origin: *\r\n";
    let answer = format!("HTTP/1.1 {status}\r\n{ALLOWING}{headers}Content-Length: 4\r\n\r\npong");
    RawServer::start(move |peer| serve(peer, answer.clone())).await
}

in_chromium_and_firefox!(targets_that_end_at_one_server_are_named);
async fn targets_that_end_at_one_server_are_named(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let near = answering("200 OK", "Age: 7\r\n").await?;
    let far = answering("302 Found", &format!("Location: {}there?token=T1234\r\n", near.url())).await?;
    // reqwest does not tell.
    let clients: Vec<_> = all_clients().into_iter().filter(|client| *client != "reqwest").collect();
    let scenario = json!({
        "targets": [{ "label": "near", "url": near.url() }, { "label": "far", "url": far.url() }],
        "clients": clients, "n": 3, "rounds": 2, "concurrency": [2],
    });
    let (report, _) = site.measure(browser, scenario).await?;
    assert_ok(&report, 6);
    for row in &report.variants {
        let led = if row.target.as_deref() == Some("far") { vec![near.url() + "there"] } else { Vec::new() };
        let told = if row.client.starts_with("xhr") || row.client == "axios" { 0 } else { 2 };
        assert_eq!((&row.redirected_to, row.aged_rounds), (&led, told), "{}", row.id);
    }
    let found = report.validity.iter().find(|finding| finding.code == FindingCode::TargetsSameServer);
    let detail = found.and_then(|finding| finding.detail.clone());
    assert_eq!(detail, Some(format!("near, far: {}", near.url().trim_end_matches('/'))));
    assert!(!finds(&report, FindingCode::TargetsDiffer), "{:?}", report.validity);
    Ok(())
}
