use crate::support::{FakeEngine, Page, events};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn scripts_run_and_read_the_page() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x", engine.clone()).await;
    let report = page.run_by_script(r#"{"n": 50, "target": {"url": "/y"}}"#).await.unwrap();
    assert_eq!(events::text(&report, "ending"), "complete");
    assert_eq!(page.settled_state().await, "done");
    assert_eq!((page.value("n"), page.value("url")), ("50".into(), "/y".into()));
    assert_eq!((engine.asked_for().n, page.report().ending.word()), (50, "complete"));
}

#[wasm_bindgen_test]
async fn what_a_script_runs_is_in_the_form() {
    let page = Page::open("?url=/x", FakeEngine::default()).await;
    let target = r#"{"url":"/y","cold_url":"/z","method":"PUT","headers":[["A","b"],["C","d"]],"body":"e","credentials":"include"}"#;
    page.run_by_script(&format!(r#"{{"target":{target},"connection":["warm","cold"]}}"#)).await.unwrap();
    assert_eq!(page.settled_state().await, "done");
    assert_eq!((page.value("url"), page.value("cold-url")), ("/y".to_owned(), "/z".to_owned()));
    assert_eq!((page.value("method"), page.value("credentials")), ("PUT".to_owned(), "include".to_owned()));
    assert_eq!((page.value("headers"), page.value("body")), ("A: b\nC: d".to_owned(), "e".to_owned()));
}

#[wasm_bindgen_test]
async fn what_a_script_cannot_run_is_refused_with_a_sentence() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x", engine.clone()).await;
    for (scenario, words) in [
        (r#"{"target": {"url": "htp:/x"}}"#, "“htp:/x” is not"),
        (r#"{"target": {"url": "http://user:secret@localhost/"}}"#, "user name or password"),
        (r#"{"n": 0}"#, "n is 0. It must be from 1 to 100000."),
        (r#"{"n": "7"}"#, "invalid type"),
        (r#"{"rouns": 7}"#, "unknown field `rouns`"),
        (r#"{"clients": null}"#, "expected a value or a list of values"),
        (r#"{"target": {"url": "/y", "headers": [["A", "b", "c"]]}}"#, "unknown field `target.headers.0.2`"),
        (r#"{"target": {"url": "/y", "verb": "PUT"}}"#, "unknown field `target.verb`"),
    ] {
        let error = page.run_by_script(scenario).await.unwrap_err();
        assert!(events::text(&error, "message").contains(words), "{scenario}: {error:?}");
    }
    assert_eq!(engine.runs(), 0);
}

#[wasm_bindgen_test]
async fn one_run_at_a_time() {
    let engine = FakeEngine::holding();
    let page = Page::open("?url=/x&autorun", engine.clone()).await;
    page.until("a run", || engine.runs() == 1).await;
    let error = page.run_by_script("{}").await.unwrap_err();
    assert_eq!(events::text(&error, "code"), "already-running");
    assert_eq!(page.state().as_deref(), Some("running"));
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
}
