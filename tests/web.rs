//! The page in a real browser, with an engine that answers at once.
#![cfg(target_arch = "wasm32")]

mod support;

use support::{FakeEngine, Page, events};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_form_opens_with_the_default_scenario() {
    let page = Page::open("", FakeEngine::default()).await;
    assert_eq!(page.value("url"), "");
    assert_eq!((page.value("n"), page.value("rounds")), ("100".to_owned(), "auto".to_owned()));
    assert_eq!(page.value("timeout"), "30");
    for (chip, is_on) in [("chip-gloo-net-reused", "true"), ("chip-js-fetch-fresh", "false")] {
        assert_eq!(page.get(chip).get_attribute("aria-pressed").as_deref(), Some(is_on), "{chip}");
    }
    assert_eq!(page.text("run"), "Run");
    assert_eq!(page.state(), "idle");
    assert!(page.find("results").is_none() && page.find("param-errors").is_none());
}

#[wasm_bindgen_test]
async fn a_link_sets_the_form() {
    let page =
        Page::open("?url=/lab/ping&n=7&concurrency=6&clients=js-fetch:fresh", FakeEngine::default()).await;
    assert_eq!((page.value("url"), page.value("n")), ("/lab/ping".to_owned(), "7".to_owned()));
    assert_eq!(page.value("concurrency"), "6");
    assert_eq!(page.get("chip-js-fetch-fresh").get_attribute("aria-pressed").as_deref(), Some("true"));
    assert_eq!(page.get("chip-gloo-net-fresh").get_attribute("aria-pressed").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn a_bad_address_is_told_beside_the_field_and_not_run() {
    let engine = FakeEngine::default();
    let page = Page::open("", engine.clone()).await;
    page.type_into("url", "htp:/x").await;
    let sentence = page.text("url-error");
    assert_eq!(sentence, "“htp:/x” is not a web address. Write it like https://example.com/path.");
    page.click("run").await;
    assert_eq!((page.state(), engine.runs()), ("idle".to_owned(), 0));
    page.type_into("url", "https://h{n}.example.com/").await;
    assert_eq!(page.text("url-error"), "");
}

#[wasm_bindgen_test]
async fn a_bad_number_is_told_beside_the_field_and_not_run() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x", engine.clone()).await;
    for typed in ["0", "-1", "1e9"] {
        page.type_into("n", typed).await;
        assert!(page.text_of("n-error").contains("Write a whole number from 1 to 100000."), "{typed}");
        assert_eq!(page.get("n").get_attribute("aria-invalid").as_deref(), Some("true"));
    }
    page.click("run").await;
    assert_eq!(engine.runs(), 0);
}

#[wasm_bindgen_test]
async fn cold_connections_are_a_factor_that_needs_an_address() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x", engine.clone()).await;
    let pressed = |id: &str| page.get(id).get_attribute("aria-pressed");
    assert_eq!(
        (pressed("connection-warm").as_deref(), pressed("connection-cold").as_deref()),
        (Some("true"), Some("false"))
    );
    assert!(page.find("cold-url").is_none());
    page.click("connection-cold").await;
    assert_eq!(pressed("connection-cold").as_deref(), Some("true"));
    assert!(page.text("cold-url-error").starts_with("Cold connections cannot be forced like this"));
    page.click("run").await;
    assert_eq!((page.state(), engine.runs()), ("idle".to_owned(), 0));
    page.type_into("cold-url", "/lab/close").await;
    assert_eq!(page.text("cold-url-error"), "");
    page.click("run").await;
    assert_eq!(engine.runs(), 1);
    assert!(
        engine.last_scenario().contains("/lab/close") && engine.last_scenario().contains("cold"),
        "{}",
        engine.last_scenario()
    );
    // One treatment is always chosen.
    page.click("connection-cold").await;
    page.click("connection-warm").await;
    assert_eq!(pressed("connection-cold").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn cold_needs_no_address_where_each_request_has_a_host_of_its_own() {
    let page = Page::open("?url=http://h{n}.localhost/x&connection=warm,cold", FakeEngine::default()).await;
    assert_eq!(page.get("connection-cold").get_attribute("aria-pressed").as_deref(), Some("true"));
    assert_eq!(page.text("cold-url-error"), "");
}

#[wasm_bindgen_test]
async fn every_slip_in_a_link_is_listed_and_autorun_does_not_start() {
    let engine = FakeEngine::default();
    let page = Page::open("?color=red&n=0&autorun", engine.clone()).await;
    let told = page.text("param-errors");
    assert!(told.contains("“color” is not a parameter") && told.contains("n cannot be “0”"), "{told}");
    assert_eq!((page.settled_state().await, engine.runs()), ("failed".to_owned(), 0));
}

#[wasm_bindgen_test]
async fn a_run_shows_progress_and_then_answer_and_table() {
    let engine = FakeEngine::holding();
    let page = Page::open("?url=/x", engine.clone()).await;
    page.click("run").await;
    engine.started().await;
    page.frames(2).await;
    assert_eq!((page.state(), page.text("stop")), ("running".to_owned(), "Stop".to_owned()));
    assert_eq!(page.get("progress").get_attribute("max").as_deref(), Some("1000"));
    assert!(page.body().contains("Block 1 of 10: gloo-net, fresh"), "{}", page.body());
    assert_eq!(events::progress(&["rounds_done", "rounds_total", "left_ms"]), [4.0, 33.0, 2_900.0]);
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
    assert!(page.find("progress").is_none());

    let rows = page.all("[data-testid=results] tbody tr");
    assert_eq!(rows.len(), 3);
    for figure in ["152", "655", "78.2", "1,000", "baseline"] {
        assert!(rows[0].contains(figure), "{figure} in {}", rows[0]);
    }
    assert!(rows[1].contains("1.03") && rows[1].contains("0.99–1.08"), "{}", rows[1]);
    let answer = page.text("answer");
    assert!(
        answer.contains(
            "Building gloo-net afresh for each request took 1.03× as long as reusing it (95 % interval 0.99–1.08): \
             no difference shown; more rounds would narrow it."
        ),
        "{answer}"
    );
    assert!(answer.contains("js-fetch took 0.90× as long as gloo-net, both reused"), "{answer}");
    assert!(page.text("validity").contains("The tab was hidden during 2 rounds"));
    assert!(page.text("environment").contains("http/1.1 (3,000)"));
    assert!(page.find("copy-link").is_some() && page.find("download-json").is_some());
    assert_eq!(page.text("run"), "Run again");
}

#[wasm_bindgen_test]
async fn stop_reaches_the_engine_and_keeps_what_was_finished() {
    let engine = FakeEngine::holding();
    let page = Page::open("?url=/x", engine.clone()).await;
    page.click("run").await;
    engine.started().await;
    page.click("stop").await;
    assert_eq!(page.settled_state().await, "done");
    assert!(
        page.text("answer").contains("You stopped the run. What was finished until then is kept: 3 rounds.")
    );
}

#[wasm_bindgen_test]
async fn a_failure_is_a_sentence() {
    let page = Page::open("?url=/x&autorun", FakeEngine::failing("The worker ended.")).await;
    assert_eq!(page.settled_state().await, "failed");
    assert!(page.text("run-error").contains("The worker ended."));
    assert!(page.find("results").is_none());
}

#[wasm_bindgen_test]
async fn failed_requests_are_explained_with_the_browser_s_own_words() {
    let page = Page::open("?url=/x&autorun", FakeEngine::reporting(support::all_failed())).await;
    assert_eq!(page.settled_state().await, "done");
    let answer = page.text("answer");
    let expected = "3,000 of 3,000 requests failed: the browser reports a network error (“Failed to fetch”)";
    assert!(answer.contains(expected), "{answer}");
    assert!(answer.contains("Building gloo-net afresh was not compared with reusing it."), "{answer}");
}

#[wasm_bindgen_test]
async fn scripts_run_and_read_the_page() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x", engine.clone()).await;
    let report = page.run_by_script(r#"{"n": 50, "target": {"url": "/y"}}"#).await.unwrap();
    assert_eq!(events::text(&report, "ending"), "complete");
    assert_eq!((page.state(), page.value("n"), page.value("url")), ("done".into(), "50".into(), "/y".into()));
    assert!(engine.last_scenario().contains(r#""n":50"#), "{}", engine.last_scenario());
}

#[wasm_bindgen_test]
async fn one_run_at_a_time() {
    let engine = FakeEngine::holding();
    let page = Page::open("?url=/x&autorun", engine.clone()).await;
    engine.started().await;
    let error = page.run_by_script("{}").await.unwrap_err();
    assert_eq!(events::text(&error, "code"), "already-running");
    assert_eq!(page.state(), "running");
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
}

#[wasm_bindgen_test]
async fn nothing_from_outside_becomes_markup() {
    let engine = FakeEngine::failing("<img src=x onerror=alert(1)>");
    let page = Page::open("?url=/x&<b>bold</b>=1", engine).await;
    page.type_into("url", "<i>x</i>").await;
    page.type_into("url", "/x").await;
    page.click("run").await;
    assert_eq!(page.settled_state().await, "failed");
    assert!(page.text("run-error").contains("<img src=x"));
    assert_eq!(page.all("b, i, img[src=x]").len(), 0);
}

#[wasm_bindgen_test]
async fn the_request_s_own_fields_are_sent_and_a_bad_header_is_told_and_not_run() {
    let engine = FakeEngine::default();
    let page =
        Page::open("?url=/x&method=POST&header=X-Key:+1&body=hi&credentials=omit", engine.clone()).await;
    assert_eq!((page.value("method"), page.value("credentials")), ("POST".to_owned(), "omit".to_owned()));
    assert_eq!((page.value("headers"), page.value("body")), ("X-Key: 1".to_owned(), "hi".to_owned()));
    page.type_into("headers", "X-Key: 1\nCookie: a=b").await;
    assert!(page.text("headers-error").contains("the header Cookie"), "{}", page.text("headers-error"));
    assert_eq!(page.get("headers").get_attribute("aria-invalid").as_deref(), Some("true"));
    page.click("run").await;
    assert_eq!(engine.runs(), 0);
    page.type_into("headers", "X-Key: 2").await;
    page.click("run").await;
    let sent = engine.last_scenario();
    assert!(sent.contains(r#"["X-Key","2"]"#) && sent.contains(r#""body":"hi""#), "{sent}");
}

#[wasm_bindgen_test]
async fn a_typed_body_outlives_a_method_that_takes_none() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x&method=PUT&body=hi", engine.clone()).await;
    page.type_into("method", "GET").await;
    assert_eq!(page.value("body"), "hi");
    assert!(page.text("body-hint").starts_with("GET sends no body."), "{}", page.text("body-hint"));
    page.type_into("method", "POST").await;
    assert!(page.text("body-hint").starts_with("Sent as text."));
    page.click("run").await;
    assert!(engine.last_scenario().contains(r#""body":"hi""#), "{}", engine.last_scenario());
    // Without a body there is nothing to keep.
    page.type_into("body", "").await;
    page.type_into("method", "HEAD").await;
    assert!(page.find("body").is_none());
}

#[wasm_bindgen_test]
async fn what_a_script_runs_is_in_the_form() {
    let page = Page::open("?url=/x", FakeEngine::default()).await;
    let target = r#"{"url":"/y","cold_url":"/z","method":"PUT","headers":[["A","b"],["C","d"]],"body":"e","credentials":"include"}"#;
    page.run_by_script(&format!(r#"{{"target":{target},"connection":["warm","cold"]}}"#)).await.unwrap();
    assert_eq!((page.value("url"), page.value("cold-url")), ("/y".to_owned(), "/z".to_owned()));
    assert_eq!((page.value("method"), page.value("credentials")), ("PUT".to_owned(), "include".to_owned()));
    assert_eq!((page.value("headers"), page.value("body")), ("A: b\nC: d".to_owned(), "e".to_owned()));
}

#[wasm_bindgen_test]
async fn a_check_is_shown_until_the_target_changes() {
    let page = Page::open("?url=/x", FakeEngine::default()).await;
    assert!(page.find("check-found").is_none());
    page.click("check").await;
    page.frames(2).await;
    assert_eq!(page.get("check-cors").get_attribute("data-code").as_deref(), Some("cors-refused"));
    assert_eq!(page.get("check-redirects").get_attribute("data-mark").as_deref(), Some("note"));
    assert_eq!(page.text("check-status"), "Problems: 1. Worth knowing: 1.");
    // What comes from outside stays text.
    assert!(page.text("check-redirects").contains("<img src=x>") && page.all("img[src=x]").is_empty());
    assert!(page.text("lines-cors").starts_with("add_header Access-Control-Allow-Origin \"http"));
    page.type_into("check-server", "Caddy").await;
    assert!(page.text("lines-cors").starts_with("header {"), "{}", page.text("lines-cors"));
    page.click("check-close").await;
    assert!(page.find("check-found").is_none());
    let focused = fetchmark_page::js::document().unwrap().active_element().unwrap();
    assert_eq!(focused.id(), "check");
    page.click("check").await;
    page.frames(2).await;
    assert!(page.text("lines-cors").starts_with("header {"), "{}", page.text("lines-cors"));
    page.type_into("url", "/y").await;
    assert!(page.find("check-found").is_none());
    assert_eq!(page.text("check-status"), "");
}

#[wasm_bindgen_test]
async fn a_check_ends_where_a_run_begins_and_none_begins_meanwhile() {
    let engine = FakeEngine::holding();
    let page = Page::open("?url=/x", engine.clone()).await;
    page.click("check").await;
    assert_eq!(page.text("check-status"), "Checking the target…");
    page.click("run").await;
    engine.started().await;
    page.frames(1).await;
    assert_eq!(page.text("check-status"), "");
    page.click("check").await;
    assert_eq!(page.text("check-status"), "");
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
    assert!(page.find("check-found").is_none());
    page.click("check").await;
    page.frames(2).await;
    assert!(page.find("check-found").is_some());
}
