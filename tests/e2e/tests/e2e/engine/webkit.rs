//! What WebKitGTK hides in a worker, and that nothing is guessed in its place.
//!
//! Seen in 2.50: entries of a worker's own requests are cut as if they came from another origin (no `Server-Timing`, sizes
//! of zero), names lose their fragments, the clock makes steps of 1 ms, and XMLHttpRequests for one address that are under
//! way at a time are answered with one answer, often without an entry for any of them.

use fetchmark_core::{
    compare::Verdict,
    report::validity::FindingCode,
    samples::label::{ConnectionLabel, Evidence},
    scenario::{client::Client, factors::Connection},
};
use fetchmark_e2e::prelude::*;

in_webkit!(labels_are_new_or_unknown_and_never_guessed);
async fn labels_are_new_or_unknown_and_never_guessed(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let cold = format!("http://h{{n}}.localhost:{}/lab/ping", site.lab.http_port());
    for (origin, url, connection) in [
        (site.lab.http_url(), "/lab/ping", Connection::Warm),
        (site.https_url()?, "/lab/ping", Connection::Warm),
        (site.lab.http_url(), cold.as_str(), Connection::Cold),
    ] {
        let library = Library::open(browser, &origin).await?;
        site.lab.reset();
        let scenario = json!({
            "target": { "url": url }, "clients": all_clients(), "connection": [connection], "n": 20, "rounds": 1,
        });
        let (report, rounds) = library.measure(scenario).await?;
        assert!(report.variants.iter().all(|row| row.requests.failed == 0), "{report:?}");
        let mut new = 0;
        for sample in rounds.iter().flat_map(|round| &round.samples) {
            match sample.connection {
                ConnectionLabel::New => {
                    assert_eq!(sample.evidence, Evidence::ResourceTiming);
                    new += 1;
                }
                label => assert_eq!((label, sample.evidence), (ConnectionLabel::Unknown, Evidence::Nothing)),
            }
        }
        let truth = site.lab.sockets();
        assert!(new <= truth.first_requests, "{new} labelled new, {truth:?}");
    }
    Ok(())
}

in_webkit!(shared_answers_void_the_rounds_and_refuse_the_comparison);
async fn shared_answers_void_the_rounds_and_refuse_the_comparison(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    let scenario = |url: &str| {
        json!({
            "target": { "url": url }, "clients": ["js-fetch:reused", "xhr:reused", "axios:reused"], "n": 20, "rounds": 3,
            "warmup": 0,
        })
    };
    let (report, _) = library.measure(scenario("/lab/delay/20")).await?;
    assert!(site.lab.sockets().requests < 180, "answers are not shared any more: this refusal can go");
    for row in &report.variants {
        let is_shared = row.client != "js-fetch";
        assert!(row.rounds.iter().all(|round| round.voided == is_shared), "{}", row.id);
        assert_eq!(row.round_median_ms.is_none(), is_shared, "{}", row.id);
    }
    assert!(report.comparisons.iter().all(|comparison| comparison.verdict == Verdict::Refused));
    assert!(finds(&report, FindingCode::SharedAnswers));

    // With an address each, nothing is shared.
    site.lab.reset();
    let (report, _) = library.measure(scenario("/lab/delay/20?as={n}")).await?;
    assert_eq!(site.lab.sockets().requests, 180);
    assert!(report.variants.iter().flat_map(|row| &row.rounds).all(|round| !round.voided));
    Ok(())
}

in_webkit!(stop_ends_what_is_not_shared);
async fn stop_ends_what_is_not_shared(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    for client in Client::all().filter(|client| client.info().bypasses_cache).map(Client::name) {
        let scenario = json!({
            "target": { "url": "/lab/delay/20" }, "clients": [client], "n": 300, "concurrency": ["all"], "warmup": 0,
        });
        let report = library.measure_and_stop(scenario, json!({ "requests": 5 })).await?;
        assert_eq!(report.ending.word(), "stopped", "{client}");
    }
    Ok(())
}
