//! What weakens or voids numbers is found where it happens.

use fetchmark_core::{comparison::Reason, report::Report, validity::FindingCode};
use fetchmark_e2e::{
    browser::{Browser, Kind},
    dist, in_chromium_and_firefox,
    library::Library,
    matrix::Test,
    page::Page,
    static_host::StaticHost,
};
use fetchmark_lab::{Lab, LabConfig, TlsOffer};
use serde_json::json;

fn count(report: &Report, code: FindingCode) -> usize {
    report.validity.iter().filter(|finding| finding.code == code).count()
}

in_chromium_and_firefox!(a_target_that_changes_its_protocol_is_found_and_not_compared);
async fn a_target_that_changes_its_protocol_is_found_and_not_compared(browser: &Browser) -> Test {
    let lab = Lab::start(LabConfig { page: Some(dist()?.into()), ..LabConfig::default() }).await?;
    let by_turns = Lab::start(LabConfig { tls: TlsOffer::ByTurns, ..LabConfig::default() }).await?;
    let page = Page::open(browser, &lab.http_url()).await?;
    let url = format!("{}/lab/close", by_turns.https_url().ok_or("the lab has no TLS port")?);
    let scenario = json!({
        "target": { "url": url, "cold_url": url }, "clients": ["js-fetch:reused", "gloo-net:reused"],
        "connection": ["cold"], "n": 12, "rounds": 2, "concurrency": [1],
    });
    let report = page.run(scenario).await?.report()?;
    for row in &report.variants {
        assert_eq!(row.requests.ok, 24, "{}: {:?}", row.id, row.errors);
        assert_eq!(row.protocols.keys().collect::<Vec<_>>(), ["h2", "http/1.1"], "{}", row.id);
    }
    assert_eq!(count(&report, FindingCode::ProtocolChanged), 2, "{:?}", report.validity);
    assert_eq!(report.comparisons[0].reason_code, Reason::ProtocolChanged, "{:?}", report.comparisons);
    lab.stop().await;
    by_turns.stop().await;
    Ok(())
}

in_chromium_and_firefox!(a_clock_too_coarse_for_the_target_is_found);
async fn a_clock_too_coarse_for_the_target_is_found(browser: &Browser) -> Test {
    // No header isolates this page: Firefox's clock then goes in steps of 1 ms, Chromium's in steps of 0.1 ms.
    let host = StaticHost::start_with(&[]).await?;
    let library = Library::open(browser, host.url().trim_end_matches('/')).await?;
    let scenario = json!({
        "target": { "url": "data:text/plain,pong" }, "clients": ["js-fetch:reused", "web-sys:reused"], "n": 30,
        "rounds": 3, "concurrency": [1],
    });
    let (report, _) = library.measure(scenario).await?.whole()?;
    let step_ms = report.environment.timer_step_ms;
    assert!(step_ms >= if browser.kind() == Kind::Firefox { 0.9 } else { 0.09 }, "{step_ms}");
    for row in &report.variants {
        let p50 = row.latency_ms.as_ref().ok_or("no latency")?.p50;
        let is_found = report.validity.iter().any(|finding| {
            finding.code == FindingCode::CoarseTimer && finding.variant.as_deref() == Some(row.id.as_str())
        });
        assert_eq!(is_found, p50 < 5.0 * step_ms, "{}: {p50} ms in steps of {step_ms}", row.id);
    }
    // A browser answers such an address in a fraction of a millisecond.
    assert!(browser.kind() != Kind::Firefox || count(&report, FindingCode::CoarseTimer) == 2);
    Ok(())
}
