//! Where the time went: each request spends most of it in the phase in which the lab, or the pool, makes it wait. How exactly is in
//! `cargo xtask bench verdicts`; that the phases of an entry are cut rightly is tested on recorded entries (`crates/core/tests/traces.rs`).

use fetchmark_core::{
    report::{Report, validity::FindingCode},
    samples::{
        record::{RoundSamples, SampleRecord},
        timing::Phase,
    },
    scenario::factors::Connection,
};
use fetchmark_e2e::{
    prelude::*,
    raw_server::{ANSWER, Peer, RawServer},
};
use fetchmark_lab::{Lab, LabConfig, TlsOffer};
use std::{io, time::Duration};
use tokio::time::sleep;

/// So long the lab makes a request wait where one phase is to be longer than all others together, on the busiest machine.
const LONG_MS: u32 = 500;

/// Panics if another phase took longest.
fn assert_longest(sample: &SampleRecord, phase: Phase) {
    let longest = sample.phases_ms.iter().max_by(|(_, a), (_, b)| a.total_cmp(b));
    // Without phases: Firefox withholds them where headers came late, on a machine that stood still; `assert_withheld` counts those.
    assert!(longest.is_none_or(|(longest, _)| *longest == phase), "{phase:?} was not longest: {sample:?}");
}

/// Panics if a sample of a measured round has no phases and the report does not say so.
fn assert_withheld(report: &Report, rounds: &[RoundSamples]) {
    let measured = rounds.iter().filter(|round| round.block.is_some()).flat_map(|round| &round.samples);
    let without = measured.filter(|sample| sample.phases_ms.is_empty()).count();
    let findings = report.validity.iter().filter(|finding| finding.code == FindingCode::InterimAnswers);
    assert_eq!(findings.map(|finding| finding.count).sum::<u64>(), without as u64, "{:?}", report.validity);
}

in_each_browser!(first_byte_and_download_are_distinguished);
async fn first_byte_and_download_are_distinguished(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let over_http_2 = site.https_url()?;
    for (origin, clients) in [(site.lab.http_url(), all_clients()), (over_http_2, vec!["gloo-net", "xhr"])] {
        let library = Library::open(browser, &origin).await?;
        for (url, phase) in [
            (format!("/lab/delay/{LONG_MS}"), Phase::FirstByte),
            (format!("/lab/delay/0?body_ms={LONG_MS}&bytes=1000"), Phase::Download),
        ] {
            let scenario = json!({
                "target": { "url": url }, "clients": clients, "lifecycle": ["reused"], "n": 1, "rounds": 1, "warmup": 0,
            });
            let (report, rounds) = library.measure(scenario).await?;
            assert_ok(&report, 1);
            assert!(report.variants.iter().all(|row| row.unjoined == 0), "{report:?}");
            for sample in rounds.iter().flat_map(|round| &round.samples) {
                assert_longest(sample, phase);
            }
            assert_withheld(&report, &rounds);
        }
    }
    Ok(())
}

in_chromium_and_firefox!(a_handshake_is_a_phase_of_its_own);
async fn a_handshake_is_a_phase_of_its_own(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let handshake_delay = Duration::from_millis(LONG_MS.into());
    for tls in [TlsOffer::Http1, TlsOffer::Http2] {
        let lab = Lab::start(LabConfig { tls, handshake_delay, ..LabConfig::default() }).await?;
        let url = |path: &str| Some(format!("{}{path}", lab.https_url()?));
        let scenario = json!({
            "target": { "url": url("/lab/ping"), "cold_url": url("/lab/close") },
            "clients": ["gloo-net", "xhr"], "lifecycle": ["reused"], "connection": ["warm", "cold"], "n": 2, "rounds": 1,
            "concurrency": [1],
        });
        let (report, rounds) = site.measure(browser, scenario).await?;
        assert_ok(&report, 2);
        for round in rounds.iter().filter(|round| round.block.is_some()) {
            let row = &report.variants[round.variant];
            for sample in &round.samples {
                if row.connection == Connection::Cold {
                    assert_longest(sample, Phase::Tls);
                } else {
                    let mut opening =
                        [Phase::Connect, Phase::Tls].iter().filter_map(|phase| sample.phases_ms.get(phase));
                    assert!(opening.all(|ms| *ms == 0.0), "{}: {sample:?}", row.id);
                }
            }
        }
        assert_withheld(&report, &rounds);
    }
    Ok(())
}

in_each_browser!(requests_that_wait_for_the_cache_are_noticed);
async fn requests_that_wait_for_the_cache_are_noticed(browser: &Browser) -> Test {
    let site = Site::start().await?;
    // On its own origin XMLHttpRequest sends what makes a browser bypass its cache; elsewhere that would cost a preflight.
    let url = format!("http://127.0.0.1:{}/lab/delay/50", site.lab.http_port());
    let scenario = json!({
        "target": { "url": url }, "clients": ["xhr", "js-fetch"], "lifecycle": ["reused"], "n": 12,
        "rounds": 1, "concurrency": [6],
    });
    let (report, _) = site.measure(browser, scenario).await?;
    for row in &report.variants {
        let is_found = report.validity.iter().any(|finding| {
            finding.code == FindingCode::OneAtATime && finding.variant.as_deref() == Some(row.id.as_str())
        });
        let waits = row.client == "xhr" && browser.kind() == Kind::Chrome;
        assert_eq!(is_found, waits, "{}", row.id);
    }
    Ok(())
}

/// An interim answer, and long after it the final one.
async fn hint(mut peer: Peer) -> io::Result<()> {
    while peer.read().await?.is_some() {
        peer.send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n").await?;
        sleep(Duration::from_millis(LONG_MS.into())).await;
        peer.send(ANSWER).await?;
    }
    Ok(())
}

in_chromium_and_firefox!(an_interim_answer_is_no_first_byte);
async fn an_interim_answer_is_no_first_byte(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let server = RawServer::start(hint).await?;
    let scenario = json!({
        "target": { "url": server.url() }, "clients": all_clients(), "lifecycle": ["fresh"], "pacing": ["sequential"], "n": 2,
        "rounds": 1, "warmup": 0,
    });
    let (report, rounds) = site.measure(browser, scenario).await?;
    assert_withheld(&report, &rounds);
    let samples = rounds.iter().flat_map(|round| &round.samples);
    let (shown, hidden): (Vec<_>, Vec<_>) = samples.partition(|sample| !sample.phases_ms.is_empty());
    // Were it one, all would be so; that a machine stands still in the middle of a download happens to one.
    let is_misplaced =
        |sample: &&&SampleRecord| sample.phases_ms[&Phase::FirstByte] < sample.phases_ms[&Phase::Download];
    let misplaced = shown.iter().filter(is_misplaced).count();
    assert!(misplaced <= shown.len() / 2, "{misplaced} of {}: {shown:?}", shown.len());
    // Firefox's workers take the first byte of all for that of the answer; what cannot be told is left out, and that is said.
    assert!(browser.kind() == Kind::Firefox || hidden.is_empty(), "{hidden:?}");
    Ok(())
}
