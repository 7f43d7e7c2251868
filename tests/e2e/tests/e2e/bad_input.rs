//! Bad input and bad targets: a sentence, and nothing lost.

use fetchmark_core::{report::Report, sample::ErrorClass};
use fetchmark_e2e::{
    browser::Browser,
    dist, free_port,
    page::{Page, Ran},
};
use fetchmark_lab::{Lab, LabConfig};
use serde_json::json;

type Test = Result<(), Box<dyn std::error::Error>>;

/// Every request of every variant failed in this class, and the counts add up.
fn assert_all_failed(report: &Report, class: ErrorClass) {
    for row in &report.variants {
        assert_eq!((row.requests.ok, row.requests.failed), (0, row.requests.issued), "{class}: {row:?}");
        assert!(row.requests.adds_up() && row.requests.issued > 0);
        assert_eq!(row.errors.get(&class), Some(&row.requests.failed), "{class}: {:?}", row.errors);
        assert!(row.error_messages[&class].iter().all(|message| !message.is_empty()));
    }
    assert!(report.comparisons.iter().all(|comparison| comparison.ratio.is_none()), "nothing to compare");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_target_ends_in_its_own_class() -> Test {
    let lab = Lab::start(LabConfig { page: Some(dist()?.into()), ..LabConfig::default() }).await?;
    let browser = Browser::start().await?;
    let page = Page::open(&browser, &lab.http_url()).await?;
    let lab_elsewhere = format!("http://127.0.0.1:{}", lab.http_port());
    let nobody = format!("http://127.0.0.1:{}/", free_port()?);
    for (url, class) in [
        (nobody, ErrorClass::Network),
        (format!("{lab_elsewhere}/lab/no-cors"), ErrorClass::Cors),
        ("/lab/status/404".to_owned(), ErrorClass::Http4xx),
        ("/lab/status/500".to_owned(), ErrorClass::Http5xx),
        ("/lab/reset".to_owned(), ErrorClass::Network),
        ("/lab/truncate".to_owned(), ErrorClass::BodyCutShort),
        ("/lab/stall".to_owned(), ErrorClass::Timeout),
    ] {
        // Short where it is waited for; elsewhere a machine that stands still for a while must not make one.
        let timeout_ms = if class == ErrorClass::Timeout { 400 } else { 30_000 };
        let scenario =
            json!({ "target": { "url": url }, "n": 5, "rounds": 2, "warmup": 0, "timeout_ms": timeout_ms });
        let report = page.run(scenario).await?.report()?;
        assert_all_failed(&report, class);
        assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
        let shown = page.text("results").await?;
        assert!(shown.contains("gloo-net"), "{url}: {shown}");
    }
    browser.end().await?;
    lab.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_run_is_refused_with_a_sentence() -> Test {
    let lab = Lab::start(LabConfig { page: Some(dist()?.into()), ..LabConfig::default() }).await?;
    let browser = Browser::start().await?;
    let page = Page::open(&browser, &lab.http_url()).await?;
    for (scenario, words) in [
        (json!({ "target": { "url": "htp:/x" } }), "“htp:/x” is not"),
        (json!({ "target": { "url": "http://user:secret@localhost/" } }), "user name or password"),
        (json!({ "n": 0 }), "n is 0. It must be from 1 to 100000."),
        (json!({ "n": -1 }), "-1"),
        (json!({ "n": 1_000_000_000 }), "n is 1000000000."),
        (json!({ "rouns": 3 }), "rouns"),
        (json!({ "clients": ["curl"] }), "“curl” is not a client"),
    ] {
        match page.run(scenario.clone()).await? {
            Ran::Error(sentence) => assert!(sentence.contains(words), "{scenario}: {sentence}"),
            Ran::Report(report) => return Err(format!("{scenario} ran: {report:?}").into()),
        }
    }
    assert_eq!(lab.sockets().aborted, 0);
    browser.end().await?;
    lab.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_link_is_named_and_does_not_run() -> Test {
    let lab = Lab::start(LabConfig { page: Some(dist()?.into()), ..LabConfig::default() }).await?;
    let browser = Browser::start().await?;
    for (query, words) in [
        ("n=0", "n cannot be “0”"),
        ("n=-1", "n cannot be “-1”"),
        ("n=1e9", "n cannot be “1e9”"),
        ("color=blue", "“color” is not a parameter"),
        ("timeout=30", "30s or 250ms"),
        ("clients=curl", "“curl” is not a client"),
        ("%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1", "<img src=x onerror=alert(1)>"),
    ] {
        lab.reset();
        let page = Page::open(&browser, &format!("{}/?autorun&{query}", lab.http_url())).await?;
        assert_eq!(page.await_state(&["done", "failed"]).await?, "failed", "{query}");
        let shown = page.text("param-errors").await?;
        assert!(shown.contains(words), "{query}: {shown}");
        assert_eq!(page.evaluate("return document.querySelectorAll('img[src=x]').length").await?, 0);
        assert!(lab.sockets().requests <= 1, "{query}: nothing may be measured");
    }
    browser.end().await?;
    lab.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_read_of_a_bad_link_is_set_up_and_run() -> Test {
    let lab = Lab::start(LabConfig { page: Some(dist()?.into()), ..LabConfig::default() }).await?;
    let browser = Browser::start().await?;
    let query = "url=/lab/bytes/7&clients=js-fetch:fresh&n=0&rounds=3";
    let page = Page::open(&browser, &format!("{}/?{query}", lab.http_url())).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
    assert_eq!(page.value_once("url", "/7").await?, "/lab/bytes/7");
    page.click("run").await?;
    assert_eq!(page.await_state(&["done"]).await?, "done");
    let report = page.report().await?;
    assert_eq!((report.scenario.n, report.scenario.rounds, report.variants.len()), (100, 3, 1));
    assert!(report.scenario.target.url.ends_with("/lab/bytes/7"), "{}", report.scenario.target.url);
    page.count_once("param-errors", 0).await?;
    browser.end().await?;
    lab.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_none_is_named_beside_its_field() -> Test {
    let lab = Lab::start(LabConfig { page: Some(dist()?.into()), ..LabConfig::default() }).await?;
    let browser = Browser::start().await?;
    let page = Page::open(&browser, &lab.http_url()).await?;
    page.type_into("url", "htp:/x").await?;
    page.click("run").await?;
    assert!(page.text("url-error").await?.contains("htp:/x"));
    assert_eq!(page.evaluate("return globalThis.fetchmark.state").await?, "idle");
    browser.end().await?;
    lab.stop().await;
    Ok(())
}
