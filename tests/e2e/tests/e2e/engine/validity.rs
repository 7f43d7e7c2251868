//! What weakens or voids numbers is found where it happens.

use fetchmark_core::report::validity::FindingCode;
use fetchmark_e2e::prelude::*;
use fetchmark_lab::{Lab, LabConfig};

in_chromium_and_firefox!(a_clock_too_coarse_for_the_target_is_found);
async fn a_clock_too_coarse_for_the_target_is_found(browser: &Browser) -> Test {
    // No header isolates this page: Firefox's clock then goes in steps of 1 ms, Chromium's in steps of 0.1 ms.
    let host = StaticHost::start(&[]).await?;
    let library = Library::open(browser, &host.url()).await?;
    let lab = Lab::start(LabConfig::default()).await?;
    let slow = format!("{}/lab/delay/20", lab.http_url());
    // A browser answers the first in a fraction of a millisecond or a few, and the lab the second after twenty.
    for url in ["data:text/plain,pong", &slow] {
        let scenario = json!({
            "target": { "url": url }, "clients": ["js-fetch:reused", "web-sys:reused"], "n": 20, "rounds": 3,
            "concurrency": [1],
        });
        let (report, _) = library.measure(scenario).await?;
        let step_ms = report.environment.timer_step_ms;
        assert!(step_ms >= if browser.kind() == Kind::Firefox { 0.9 } else { 0.09 }, "{step_ms}");
        // How quick the first is depends on the machine: of each row that is quicker than five steps it is told.
        let medians = report.variants.iter().filter_map(|row| Some(row.latency_ms.as_ref()?.p50));
        let quick = if url == slow { 0 } else { medians.filter(|p50| *p50 < 5.0 * step_ms).count() };
        let found = report.validity.iter().filter(|found| found.code == FindingCode::CoarseTimer).count();
        assert_eq!(found, quick, "{url}, {step_ms} ms: {:?}", report.validity);
    }
    Ok(())
}
