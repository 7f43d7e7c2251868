//! The target check against a lab of known behaviour: each fault is found, and nothing is found where there is none.

use fetchmark_core::{
    request::target::{Method, Target},
    target_check::{CheckFinding, Mark, TargetCheck},
};
use fetchmark_e2e::{free_port, prelude::*};

/// Of each topic that is named, as in `warm=kept cold=cold-forced`, this was found.
fn assert_found(check: &TargetCheck, expected: &str) {
    for expected in expected.split_whitespace() {
        let is_of_topic = |found: &&CheckFinding| expected.starts_with(&format!("{}=", found.topic.word()));
        let found =
            check.findings.iter().find(is_of_topic).map(|found| (found.topic.word(), found.code.word()));
        assert_eq!(found, expected.split_once('='), "{check:?}");
    }
}

fn at(url: &str) -> Target {
    Target { url: url.to_owned(), ..Target::default() }
}

fn with_key(url: &str) -> Target {
    Target { headers: vec![("X-Key".to_owned(), "1".to_owned())], ..at(url) }
}

fn with_method(url: &str, method: Method) -> Target {
    Target { method, ..at(url) }
}

fn with_cold(url: &str, cold_url: &str) -> Target {
    Target { cold_url: Some(cold_url.to_owned()), ..at(url) }
}

in_chromium_and_firefox!(on_the_page_s_own_origin_everything_can_be_measured);
async fn on_the_page_s_own_origin_everything_can_be_measured(browser: &Browser) -> Test {
    let site = Site::start().await?;
    for (target, expected) in [
        (at("/lab/ping"), "warm=kept cold=cold-unforceable cache=not-stored"),
        // The page's own loading has left connections open, which each of these closes one of.
        (at("/lab/close"), "warm=closed-each-time cold=cold-always"),
        (with_cold("/lab/ping?{n}", "/lab/close"), "cold=cold-forced"),
        (with_cold("/lab/ping", "/lab/no-id"), "cold=cold-reused"),
        (at("/lab/cacheable"), "cache=may-be-cached"),
        (at("/lab/redirect/2"), "redirects=redirected"),
        (with_method("/lab/ping", Method::Head), "warm=kept"),
        (at("data:,x"), "protocol=no-network cold=no-network"),
    ] {
        let found = site.open(browser).await?.check(&target).await?;
        assert_found(&found, expected);
        assert_found(&found, "reachable=answers");
        let problems = found.findings.iter().filter(|found| found.mark == Mark::Problem).count();
        let is_problem = |found: &&str| ["cold=cold-reused", "warm=closed-each-time"].contains(found);
        assert_eq!(problems, expected.split(' ').filter(is_problem).count(), "{found:?}");
        assert_eq!(found.findings.len(), 9, "{found:?}");
        if target.url.starts_with("/lab/ping") {
            assert_found(&found, "cors=same-origin timing=same-origin preflight=same-origin");
            assert_found(&found, "protocol=http1 redirects=direct warm=kept");
        }
    }
    Ok(())
}

in_chromium_and_firefox!(on_another_origin_each_fault_is_found);
async fn on_another_origin_each_fault_is_found(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let port = site.lab.http_port();
    let elsewhere = |path: &str| format!("http://127.0.0.1:{port}/lab/{path}");
    let dead = format!("http://127.0.0.1:{}/", free_port()?);
    for (target, expected) in [
        (
            at(&elsewhere("ping")),
            "reachable=answers cors=cors-allowed timing=times-shown preflight=no-preflight protocol=http1 warm=kept",
        ),
        (at(&elsewhere("no-cors")), "reachable=answers-unseen cors=cors-refused timing=unknown warm=unknown"),
        (at(&elsewhere("no-tao")), "cors=cors-allowed timing=times-hidden protocol=hidden warm=hidden"),
        (at(&elsewhere("redirect/2")), "redirects=redirected timing=times-shown"),
        (at(&elsewhere("cacheable")), "cache=may-be-cached"),
        (at(&elsewhere("close")), "warm=closed-each-time cold=cold-always"),
        (at(&elsewhere("status/503")), "reachable=answers-with-error cors=cors-allowed"),
        (at(&elsewhere("stall")), "reachable=timed-out cors=unknown"),
        (at(&elsewhere("bytes/20000000")), "reachable=answers warm=unknown"),
        (at(&elsewhere("truncate")), "reachable=broken-off cors=cors-allowed"),
        (with_method(&elsewhere("ping"), Method::Put), "preflight=preflight-untried cache=method-not-cached"),
        (with_method(&elsewhere("status/405"), Method::Post), "reachable=answers-get-with-error"),
        (with_key(&elsewhere("ping")), "preflight=preflight-allowed reachable=answers"),
        (with_key(&elsewhere("no-cors")), "cors=cors-refused"),
        (at(&format!("http://h{{n}}.localhost:{port}/lab/ping")), "cold=cold-forced warm=kept"),
        (at(&dead), "reachable=unreachable cors=unknown"),
        (at("http://127.0.0.1:6000/"), "reachable=blocked-port"),
    ] {
        let library = site.open(browser).await?;
        site.lab.reset();
        let found = library.check(&target).await?;
        assert_found(&found, expected);
        // A redirect counts as a request of its own; what others left open is used up first.
        let sent = site.lab.sockets().requests;
        assert!(sent <= 9, "{target:?}: {sent} requests");
    }
    Ok(())
}

in_chromium!(a_check_is_harmless_and_can_be_aborted);
async fn a_check_is_harmless_and_can_be_aborted(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    site.lab.reset();
    let found = library.check(&with_method("/lab/ping", Method::Delete)).await?;
    assert_eq!((found.method, found.cross_origin), (Method::Get, false));
    assert_eq!(u64::from(found.requests), site.lab.sockets().requests);
    assert_eq!(library.check_for(&at("/lab/stall"), 500).await?["name"], json!("TimeoutError"));
    assert_eq!(library.check_for(&at("htp:/x"), 0).await?["code"], json!("bad-url"));
    Ok(())
}
