//! What this crate expects of its API, measured in the browser that runs the suite.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use fetchmark_core::{report::Ending, scenario::params};
use fetchmark_engine::measure;
use fetchmark_example_suite::API;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_api_answers_every_request_and_in_time() {
    // The same words as in a link to the page.
    // Two in flight: the runner's server may leave one of many connections that are opened at once waiting.
    let query =
        format!("url={API}&clients=gloo-net&lifecycle=reused&n=20&concurrency=2&rounds=5&thread=main");
    let report = measure(&params::parse(&query).unwrap().scenario).await.unwrap();
    assert_eq!(report.ending, Ending::Complete);
    let row = &report.variants[0];
    assert_eq!((row.requests.ok, row.requests.failed), (100, 0), "{:?}", row.error_messages);
    let p95 = row.latency_ms.as_ref().unwrap().p95;
    // A budget is what a person would notice, not what this machine does today.
    assert!(p95 < 2_000.0, "95 % of requests took up to {p95} ms");
}

#[wasm_bindgen_test]
async fn what_is_not_there_is_counted_and_told() {
    let scenario =
        params::parse("url=/no-such-file&clients=web-sys&lifecycle=reused&n=3&rounds=1&thread=main")
            .unwrap()
            .scenario;
    let report = measure(&scenario).await.unwrap();
    let row = &report.variants[0];
    assert_eq!((row.requests.ok, row.requests.failed), (0, 3));
    assert_eq!(row.statuses.get(&404), Some(&3));
}

#[wasm_bindgen_test]
async fn a_client_that_a_suite_cannot_load_is_refused_in_a_sentence() {
    let scenario = params::parse("url=/&clients=axios&n=1&rounds=1&thread=main").unwrap().scenario;
    let error = measure(&scenario).await.unwrap_err();
    assert!(error.to_string().contains("gloo-net"), "{error}");
}
