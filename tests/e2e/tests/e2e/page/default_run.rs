//! The default scenario on the built page, held to the server's own counts.

use fetchmark_core::report::{Distance, Ending, Report};
use fetchmark_e2e::prelude::*;
use fetchmark_lab::{self as lab, LabConfig};
use std::time::Duration;

/// 3 variants × 10 rounds × 100 requests, none failed, every count adding up.
fn assert_default_run(report: &Report) {
    assert_eq!(report.ending, Ending::Complete);
    let clients: Vec<_> =
        report.variants.iter().map(|row| format!("{} {}", row.client, row.lifecycle)).collect();
    assert_eq!(clients, ["gloo-net reused", "gloo-net fresh", "js-fetch reused"]);
    assert_ok(report, 1_000);
    for row in &report.variants {
        assert_eq!(row.rounds.len(), 10, "{}", row.id);
        assert!(row.requests.adds_up() && row.warmup.requests.adds_up(), "{}", row.id);
        assert_eq!(row.unjoined, 0, "{}: every request has its timing entry", row.id);
        assert!(row.round_median_ms > Some(0.0) && row.requests_per_second > Some(0.0));
    }
    assert_eq!(report.comparisons.len(), 2);
}

in_chromium!(on_the_lab_the_report_agrees_with_the_lab_s_counts);
async fn on_the_lab_the_report_agrees_with_the_lab_s_counts(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = Page::open(browser, &format!("{}/?autorun", site.lab.http_url())).await?;
    let report = page.done().await?;
    assert_default_run(&report);

    let truth = site.lab.sockets();
    let issued = issued(&report);
    let labels = report.variants.iter().flat_map(|row| [row.connections, row.warmup.connections]);
    let new: u64 = labels.clone().map(|labels| labels.new).sum();
    let reused: u64 = labels.clone().map(|labels| labels.reused).sum();
    // The page asks the lab once whether it is there: a request of its own, on a connection of its own or not.
    let asked = truth.requests - issued;
    assert!(asked <= 1, "the lab served {} requests, the report holds {issued}", truth.requests);
    let most = truth.first_requests;
    assert!(new <= most && most - new <= asked, "{new} labelled new, {truth:?}");
    assert_eq!(new + reused, issued, "every label rests on the server's word");
    assert!(labels.clone().all(|labels| labels.unknown == 0 && labels.cached == 0));
    assert_eq!(truth.options, 0);
    assert!(report.environment.cross_origin_isolated);

    let table = page.text("results").await?;
    for row in ["gloo-net", "js-fetch", "reused", "fresh"] {
        assert!(table.contains(row), "{table}");
    }
    assert!(page.text("answer").await?.contains('×'));
    Ok(())
}

in_chromium!(a_lab_with_a_distance_is_measured_there);
async fn a_lab_with_a_distance_is_measured_there(browser: &Browser) -> Test {
    let distance = lab::Distance { rtt: Duration::from_millis(10), slow_start: true, bandwidth: None };
    let site = Site::start_as(LabConfig { distance: Some(distance), ..LabConfig::default() }, &[]).await?;
    let query = "preset=warm-vs-cold&clients=js-fetch&n=6&rounds=2";
    let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
    page.attribute_once("distance-near", "aria-pressed", "true").await?;
    page.click("distance-far").await?;
    let far = site.lab.far().context("the lab has no far door")?.http.clone();
    page.property_once("url", "value", &format!("{far}/lab/ping")).await?;
    page.property_once("cold-url", "value", &format!("{far}/lab/close")).await?;
    page.click("run").await?;
    let report = page.done().await?;
    assert_ok(&report, 12);
    let expected = Distance { rtt_ms: 10.0, slow_start: true, bandwidth_mbit: None };
    assert_eq!(report.environment.distance, Some(expected));
    assert!(page.text("environment").await?.contains("a round trip of 10 ms, slow start"));

    let without = Site::start().await?;
    let page = Page::open(browser, &without.lab.http_url()).await?;
    page.property_once("url", "placeholder", "/lab/ping").await?;
    page.count_once("distance-near", 0).await
}

in_chromium!(under_a_sub_path_of_a_static_host_it_measures_its_file);
async fn under_a_sub_path_of_a_static_host_it_measures_its_file(browser: &Browser) -> Test {
    let host = StaticHost::start(&[]).await?;
    let page = Page::open(browser, &format!("{}?autorun", host.url())).await?;
    let report = page.done().await?;
    assert_default_run(&report);
    assert!(report.scenario.target.url.starts_with(&host.url()), "{}", report.scenario.target.url);
    assert!(!report.environment.cross_origin_isolated);
    Ok(())
}
