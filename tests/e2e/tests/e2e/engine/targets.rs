//! Several targets in one run, each held to its own server's sockets.

use fetchmark_core::{report::VariantReport, scenario::factors::Connection};
use fetchmark_e2e::prelude::*;

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
