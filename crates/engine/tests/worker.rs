//! The engine in a dedicated worker of a real browser, on a target that needs no server.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use fetchmark_core::{
    report::{Ending, Report},
    scenario::factors::Runtime,
};
use fetchmark_engine::exports::Engine;
use js_sys::{Error, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const TARGET: &str = r#""target":{"url":"data:text/plain,pong"}"#;

/// Hooks that count what they hear in their properties `told` and `kept`.
fn hooks() -> JsValue {
    let hooks = Object::new();
    Reflect::set(&hooks, &"samples".into(), &Function::new_no_args("")).unwrap();
    // `runtimes` is not there: nothing runs clients outside.
    for switch in ["wantsBlocks", "wantsSamples", "controlled"] {
        Reflect::set(&hooks, &switch.into(), &JsValue::FALSE).unwrap();
    }
    for (name, count) in [("progress", "told"), ("checkpoint", "kept")] {
        let body = format!("JSON.parse(json); this.{count} = (this.{count} ?? 0) + 1;");
        Reflect::set(&hooks, &name.into(), &Function::new_with_args("json", &body)).unwrap();
    }
    hooks.into()
}

async fn run(engine: &Engine, scenario: &str) -> Result<Report, Error> {
    run_with(engine, scenario, &hooks()).await
}

async fn run_with(engine: &Engine, scenario: &str, hooks: &JsValue) -> Result<Report, Error> {
    let page = "http://localhost/".to_owned();
    let load = Function::new_with_args("name", "return Promise.reject(new Error('no modules here'))");
    let promise = engine.run(scenario.to_owned(), page.clone(), page, hooks.clone().unchecked_into(), load);
    report_of(promise).await
}

async fn report_of(promise: Promise) -> Result<Report, Error> {
    let result = JsFuture::from(promise).await;
    result
        .map(|json| serde_json::from_str(&json.as_string().unwrap()).unwrap())
        .map_err(JsCast::unchecked_into)
}

fn code(error: &Error) -> Option<String> {
    Reflect::get(error, &"code".into()).unwrap().as_string()
}

#[wasm_bindgen_test]
async fn gloo_net_runs_reused_and_fresh() {
    let hooks = hooks();
    let scenario = format!(r#"{{{TARGET},"clients":["gloo-net"],"n":20,"rounds":3}}"#);
    let report = run_with(&Engine::new(), &scenario, &hooks).await.unwrap();
    assert_eq!(report.ending, Ending::Complete);
    assert_eq!(report.variants.len(), 2);
    for row in &report.variants {
        assert_eq!((row.rounds.len(), row.requests.ok, row.requests.failed), (3, 60, 0));
        assert_eq!(row.body_bytes, 60 * 4, "the whole body of each request was read");
        assert!(row.latency_ms.as_ref().unwrap().p50 > 0.0);
    }
    assert!(report.environment.timer_step_ms > 0.0 && !report.environment.user_agent.is_empty());
    let heard = |name: &str| Reflect::get(&hooks, &name.into()).unwrap().as_f64();
    assert!(heard("told") >= Some(8.0));
    assert_eq!(
        heard("kept"),
        Some(13.0),
        "one checkpoint before the first round, one after each and one after each block, warm-up included"
    );
}

#[wasm_bindgen_test]
async fn bad_scenarios_and_addresses_are_refused() {
    let engine = Engine::new();
    for (scenario, expected) in [
        ("{".to_owned(), "bad-scenario"),
        (format!(r#"{{{TARGET},"n":0}}"#), "bad-scenario"),
        (r#"{"target":{"url":"/lab/ping"},"connection":["cold"]}"#.to_owned(), "bad-scenario"),
        (r#"{"target":{"url":""}}"#.to_owned(), "bad-url"),
        (r#"{"target":{"url":"javascript:alert(1)"}}"#.to_owned(), "bad-url"),
        (r#"{"target":{"url":"http://a:b@localhost/"}}"#.to_owned(), "bad-url"),
        (r#"{"target":{"url":"/","headers":[["bad name","x"]]}}"#.to_owned(), "request-refused"),
        (format!(r#"{{{TARGET},"clients":["js-fetch"]}}"#), "engine-not-loaded"),
    ] {
        let error = run(&engine, &scenario).await.unwrap_err();
        assert_eq!(code(&error).as_deref(), Some(expected), "{scenario}: {}", String::from(error.message()));
    }
}

#[wasm_bindgen_test]
async fn stop_ends_a_run_and_keeps_what_is_finished() {
    let engine = std::rc::Rc::new(Engine::new());
    let hooks = hooks();
    let stopping = std::rc::Rc::clone(&engine);
    let stop = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || stopping.stop());
    Reflect::set(&hooks, &"stop".into(), stop.as_ref()).unwrap();
    let on_checkpoint = Function::new_with_args(
        "json",
        "this.kept = (this.kept ?? 0) + 1; if (this.kept === 6) this.stop();",
    );
    Reflect::set(&hooks, &"checkpoint".into(), &on_checkpoint).unwrap();
    let scenario = format!(r#"{{{TARGET},"clients":["gloo-net"],"n":5,"rounds":500,"warmup":0}}"#);
    let report = run_with(&engine, &scenario, &hooks).await.unwrap();
    assert_eq!(report.ending, Ending::Stopped);
    assert!(report.variants.iter().all(|row| row.rounds.len() == 2 && row.requests.adds_up()));
}

#[wasm_bindgen_test]
async fn a_stop_right_after_the_start_takes_effect() {
    let engine = Engine::new();
    let page = "http://localhost/".to_owned();
    let scenario = format!(r#"{{{TARGET},"clients":["gloo-net"],"n":5,"rounds":500}}"#);
    let running =
        engine.run(scenario, page.clone(), page, hooks().unchecked_into(), Function::new_no_args(""));
    engine.stop();
    let report = report_of(running).await.unwrap();
    assert_eq!(report.ending, Ending::Stopped);
    assert!(report.variants.iter().all(|row| row.requests.issued == 0));
}

#[wasm_bindgen_test]
async fn a_hidden_page_voids_the_round() {
    let engine = Engine::new();
    engine.set_hidden(true);
    let scenario = format!(r#"{{{TARGET},"clients":["gloo-net:fresh"],"n":2,"rounds":1,"warmup":0}}"#);
    let report = run(&engine, &scenario).await.unwrap();
    assert!(report.variants[0].rounds[0].voided);
    // This suite is built without optimisation, which is said, too.
    let codes: Vec<_> = report.validity.iter().map(|finding| finding.code.word()).collect();
    assert!(codes.contains(&"debug-build") && codes.contains(&"tab-hidden"), "{codes:?}");
}

/// Hooks that run what no browser runs with `body`, a function's body that is given an `order`.
fn hooks_with_outside(body: &str) -> JsValue {
    let hooks = hooks();
    let runtimes = r#"[{"name":"python","version":"3.11.7","libraries":{"aiohttp":"3.14.5"}}]"#;
    Reflect::set(&hooks, &"runtimes".into(), &runtimes.into()).unwrap();
    Reflect::set(&hooks, &"outside".into(), &Function::new_with_args("order", body)).unwrap();
    hooks
}

const OUTSIDE: &str = r#"{"target":{"url":"data:text/plain,pong"},"clients":["gloo-net:reused","aiohttp:reused"],"n":3,
    "rounds":4,"warmup":1}"#;

#[wasm_bindgen_test]
async fn what_no_browser_runs_is_run_outside() {
    let hooks = hooks_with_outside(
        r#"
        const { n, row, url, concurrency, first_serial, method } = JSON.parse(order);
        this.seen = [...(this.seen ?? []), [row, url, n, concurrency, method, first_serial % n].join(" ")];
        // One connection, on which something was asked before.
        const sample = (_, place) => ({
          called_ms: 0, ended_ms: 1e6, status: 200, body_bytes: 4, outcome: "ok", connection: `3-${first_serial + place + 2}`,
        });
        return Promise.resolve(JSON.stringify({ wall_ms: 1e6, samples: Array.from({ length: n }, sample) }));
        "#,
    );
    let report = run_with(&Engine::new(), OUTSIDE, &hooks).await.unwrap();
    assert_eq!(report.ending, Ending::Complete);
    assert_eq!(report.variants.len(), 2);
    let (browser, python) = (&report.variants[0], &report.variants[1]);
    assert_eq!((browser.runtime, python.runtime), (Runtime::Browser, Runtime::Python));
    assert_eq!((browser.requests.ok, python.requests.ok, python.connections.reused), (12, 12, 12));
    assert_eq!(python.round_median_ms, Some(1e6));
    assert_eq!((report.environment.runtimes.len(), report.comparisons[0].blocks), (1, 4));
    assert_eq!(report.comparisons[0].verdict.word(), "slower", "{:?}", report.comparisons);
    let seen = js_sys::Array::from(&Reflect::get(&hooks, &"seen".into()).unwrap());
    assert_eq!(seen.length(), 5, "one warm-up round and four others");
    for order in seen.iter() {
        assert_eq!(order.as_string().unwrap(), "aiohttp:reused data:text/plain,pong 3 3 GET 0");
    }
}

#[wasm_bindgen_test]
async fn rounds_outside_the_browser_go_to_each_target() {
    let hooks = hooks_with_outside(
        r#"
        const { n, url, first_serial } = JSON.parse(order);
        this.seen = [...(this.seen ?? []), url];
        const sample = () => ({ called_ms: 0, ended_ms: 1, status: 200, body_bytes: 4, outcome: "ok" });
        return Promise.resolve(JSON.stringify({ wall_ms: 1, samples: Array.from({ length: n }, sample) }));
        "#,
    );
    let scenario = r#"{"targets":[{"label":"a","url":"data:text/plain,ping"},{"label":"b","url":"data:text/plain,pong!"}],
        "clients":["gloo-net:reused","aiohttp:reused"],"n":3,"rounds":1,"warmup":0}"#;
    let report = run_with(&Engine::new(), scenario, &hooks).await.unwrap();
    let rows = report.variants.iter().map(|row| (row.target.as_deref(), row.client.as_str(), row.body_bytes));
    let expected = [("a", "gloo-net", 12), ("a", "aiohttp", 12), ("b", "gloo-net", 15), ("b", "aiohttp", 12)];
    assert_eq!(rows.collect::<Vec<_>>(), expected.map(|(label, client, bytes)| (Some(label), client, bytes)));
    assert_eq!(report.scenario.target.url, "data:text/plain,ping");
    let seen = js_sys::Array::from(&Reflect::get(&hooks, &"seen".into()).unwrap());
    let mut seen: Vec<_> = seen.iter().map(|url| url.as_string().unwrap()).collect();
    seen.sort();
    assert_eq!(seen, ["data:text/plain,ping", "data:text/plain,pong!"]);
}

#[wasm_bindgen_test]
async fn errors_outside_the_browser_are_reported() {
    let error = run(&Engine::new(), OUTSIDE).await.unwrap_err();
    assert_eq!(code(&error).as_deref(), Some("bad-scenario"));
    assert!(String::from(error.message()).starts_with("aiohttp runs in Python, not in a browser."));
    for (body, reason) in [
        ("return Promise.reject('The Python clients were ended.')", "The Python clients were ended"),
        (
            "return Promise.resolve('{\"wall_ms\":1,\"samples\":[]}')",
            "it reports 0 requests, but 3 were asked for",
        ),
    ] {
        let error = run_with(&Engine::new(), OUTSIDE, &hooks_with_outside(body)).await.unwrap_err();
        assert_eq!(code(&error).as_deref(), Some("outside-failed"));
        let sentence = String::from(error.message());
        assert!(sentence.ends_with(&format!("could not be measured: {reason}.")), "{sentence}");
    }
}
