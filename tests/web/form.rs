//! What is to be measured: the form, and the link that sets it.

use crate::support::{FakeEngine, Page, linked};
use fetchmark_core::scenario::{AutoBudget, Scenario, factors::Thread, preset::Preset};
use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_form_opens_with_the_default_scenario() {
    let page = Page::open("", FakeEngine::default()).await;
    assert_eq!(page.value("url"), "");
    assert_eq!((page.value("n"), page.value("rounds")), ("100".to_owned(), "auto".to_owned()));
    assert_eq!(page.value("timeout"), "30");
    for (chip, is_on) in [("chip-gloo-net-reused", true), ("chip-js-fetch-fresh", false)] {
        assert_eq!(page.is_pressed(chip), is_on, "{chip}");
    }
    assert_eq!(page.text("run"), "Run");
    page.state_once("idle").await;
    assert!(page.find("results").is_none() && page.find("param-errors").is_none());
}

#[wasm_bindgen_test]
async fn without_settings_a_run_ends_when_it_knows() {
    let engine = FakeEngine::default();
    let page = Page::open("", engine.clone()).await;
    page.run_to_end().await;
    assert_eq!(engine.asked_for().auto, Some(AutoBudget { min_blocks: 5, budget_ms: 30_000 }));
}

#[wasm_bindgen_test]
async fn a_link_sets_the_form() {
    let page =
        Page::open("?url=/lab/ping&n=7&concurrency=6&clients=js-fetch:fresh", FakeEngine::default()).await;
    assert_eq!((page.value("url"), page.value("n")), ("/lab/ping".to_owned(), "7".to_owned()));
    assert_eq!(page.value("concurrency"), "6");
    assert!(page.is_pressed("chip-js-fetch-fresh") && !page.is_pressed("chip-gloo-net-fresh"));
}

#[wasm_bindgen_test]
async fn a_setting_without_a_field_is_shown_as_the_link_has_it() {
    let page = Page::open("?rounds=auto&budget=10s&n=7&lang=en&autorun=false", FakeEngine::default()).await;
    assert_eq!(page.all(".hint code"), ["budget=10s"]);
}

#[wasm_bindgen_test]
async fn every_error_in_a_link_is_listed_and_nothing_runs() {
    for (query, words) in [
        ("color=red&n=0", "n cannot be “0”"),
        ("%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1", "<img src=x onerror=alert(1)>"),
    ] {
        let engine = FakeEngine::default();
        let page = Page::open(&format!("?{query}&autorun"), engine.clone()).await;
        let told = page.get_once("param-errors").await.text_content().unwrap();
        assert!(told.contains(words), "{told}");
        assert_eq!((page.settled_state().await, engine.runs()), ("failed".to_owned(), 0));
        assert!(page.all("img[src=x]").is_empty());
    }
}

#[wasm_bindgen_test]
async fn what_can_be_read_of_a_bad_link_is_set_up_and_run() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/lab/bytes/7&clients=js-fetch:fresh&n=0&rounds=3", engine.clone()).await;
    page.state_once("failed").await;
    assert_eq!(page.value("url"), "/lab/bytes/7");
    page.click("run").await;
    page.state_once("done").await;
    let ran = engine.asked_for();
    assert_eq!((ran.n, ran.rounds, ran.variants().len()), (100, 3, 1));
    assert_eq!(ran.target.url, "/lab/bytes/7");
    assert!(page.find("param-errors").is_none());
}

#[wasm_bindgen_test]
async fn a_bad_address_is_shown_beside_the_field_and_not_run() {
    let engine = FakeEngine::default();
    let page = Page::open("", engine.clone()).await;
    page.type_into("url", "htp:/x").await;
    let sentence = page.text("url-error");
    assert_eq!(sentence, "“htp:/x” is not a URL. Enter one like https://example.com/path.");
    page.click("run").await;
    assert_eq!((page.state().as_deref(), engine.runs()), (Some("idle"), 0));
    page.type_into("url", "https://h{n}.example.com/").await;
    assert_eq!(page.text("url-error"), "");
}

#[wasm_bindgen_test]
async fn a_bad_number_is_shown_beside_the_field_and_not_run() {
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
    assert!(page.is_pressed("connection-warm") && !page.is_pressed("connection-cold"));
    assert!(page.find("cold-url").is_none());
    page.click("connection-cold").await;
    assert!(page.is_pressed("connection-cold"));
    assert!(page.text("cold-url-error").starts_with("Cold connections cannot be forced with this URL"));
    page.click("run").await;
    assert_eq!((page.state().as_deref(), engine.runs()), (Some("idle"), 0));
    page.type_into("cold-url", "/lab/close").await;
    assert_eq!(page.text("cold-url-error"), "");
    page.run_to_end().await;
    assert!(engine.last_scenario().contains("/lab/close") && engine.last_scenario().contains("cold"));
    // One treatment is always chosen.
    page.click("edit-form").await;
    page.click("connection-cold").await;
    page.click("connection-warm").await;
    assert!(page.is_pressed("connection-cold"));
}

#[wasm_bindgen_test]
async fn cold_needs_no_address_where_each_request_has_its_own_host() {
    let page = Page::open("?url=http://h{n}.localhost/x&connection=warm,cold", FakeEngine::default()).await;
    assert!(page.is_pressed("connection-cold"));
    assert_eq!(page.text("cold-url-error"), "");
}

#[wasm_bindgen_test]
async fn a_preset_is_in_the_link_and_finds_the_lab_s_cold_address() {
    let page = Page::open("", FakeEngine::default()).await;
    page.click("preset-warm-vs-cold").await;
    let origin = window().location().origin().unwrap();
    page.value_once("cold-url", &format!("{origin}/lab/close")).await;
    assert_eq!(Preset::of(&linked().scenario), Some(Preset::WarmVsCold));
    assert!(page.is_pressed("preset-warm-vs-cold"));
    page.click("preset-rate").await;
    assert!(page.is_pressed("preset-rate") && !page.is_pressed("preset-warm-vs-cold"));
}

#[wasm_bindgen_test]
async fn both_threads_can_be_chosen() {
    let engine = FakeEngine::measuring();
    let page = Page::open("?url=/x&n=20&rounds=3&clients=js-fetch:reused", engine.clone()).await;
    assert!(page.is_pressed("thread-worker") && !page.is_pressed("thread-main"));
    page.click("thread-main").await;
    assert!(page.is_pressed("thread-main"));
    assert_eq!(linked().scenario.thread, [Thread::Worker, Thread::Main]);
    page.run_to_end().await;
    assert_eq!(engine.asked_for().thread, [Thread::Worker, Thread::Main]);
    assert!(page.text("answer").contains("on the main thread"), "{}", page.text("answer"));
}

#[wasm_bindgen_test]
async fn with_nothing_chosen_the_link_is_one_that_can_be_read() {
    let page = Page::open("?clients=ky:reused&n=11", FakeEngine::default()).await;
    page.click("chip-ky-reused").await;
    page.until("a link without ky", || linked().scenario.clients != clients("clients=ky:reused")).await;
    let page = page.reload(FakeEngine::default()).await;
    page.state_once("idle").await;
    assert_eq!(page.value("n"), "11");
}

fn clients(query: &str) -> Vec<fetchmark_core::scenario::client_choice::ClientChoice> {
    fetchmark_core::scenario::params::parse(query).unwrap().scenario.clients
}

fn warnings(page: &Page) -> String {
    page.all(".hint-warning").join(" ")
}

#[wasm_bindgen_test]
async fn a_large_run_to_someone_else_s_server_is_pointed_out() {
    // Two rows, warm-up included: 2 × 110 × 10 requests, more than 1,000.
    let large = "clients=js-fetch&n=110&rounds=9&warmup=1&concurrency=5";
    let small = "clients=js-fetch&n=10&rounds=9&warmup=1&concurrency=5";
    let elsewhere = "https://api.example/a";
    for (url, query, said) in [
        (elsewhere, large.to_owned(), "sends 2,200 requests to api.example. Make sure that the owner agrees"),
        (
            &format!("{elsewhere}&url=https://b.example/&url=/lab/ping&url=https://b.example/x"),
            large.to_owned(),
            "sends 2,200 requests to api.example and 4,400 requests to b.example. Make sure that the owners agree",
        ),
        // How many a run sends that ends when it knows cannot be said.
        (elsewhere, small.replace("rounds=9", "rounds=auto"), "sends at least "),
        // Few requests trouble nobody, and one's own computer is one's own.
        (elsewhere, small.to_owned(), ""),
        ("/lab/ping", large.to_owned(), ""),
        // To an insecure address a page that is none itself may send.
        ("http://api.example/a", small.to_owned(), ""),
    ] {
        let page = Page::open(&format!("?url={url}&{query}"), FakeEngine::default()).await;
        assert!(page.all(".plan").join("").contains("requests in total"), "{}", page.body());
        assert!(
            if said.is_empty() { warnings(&page).is_empty() } else { warnings(&page).contains(said) },
            "{url} {query}: {}",
            warnings(&page)
        );
    }
}

#[wasm_bindgen_test]
async fn what_is_typed_is_what_runs() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x", engine.clone()).await;
    page.type_into("n", "15").await;
    page.type_into("rounds", "3").await;
    page.run_to_end().await;
    let Scenario { n, rounds, auto, .. } = engine.asked_for();
    assert_eq!((n, rounds, auto), (15, 3, None));
}

fn is_shown(page: &Page, test_id: &str) -> bool {
    page.get(test_id).get_bounding_client_rect().height() > 0.0
}

#[wasm_bindgen_test]
async fn beside_its_report_the_form_is_one_line_until_it_is_edited() {
    let page = Page::open("?url=/x&n=20&rounds=3", FakeEngine::measuring()).await;
    // A link with settings and nothing measured shows all of them.
    assert!(is_shown(&page, "url") && is_shown(&page, "n"));
    assert!(page.find("form-summary").is_none() && !is_shown(&page, "edit-form"));
    page.run_to_end().await;
    assert!(!is_shown(&page, "url") && !is_shown(&page, "n"));
    assert_eq!(page.text("form-summary"), "3 variants · /x · 20 requests × 3 rounds");
    assert_eq!(page.get("edit-form").get_attribute("aria-expanded").as_deref(), Some("false"));
    page.click("edit-form").await;
    page.focused_once("url").await;
    assert!(is_shown(&page, "n") && page.find("form-summary").is_none());
    assert_eq!(page.get("edit-form").get_attribute("aria-expanded").as_deref(), Some("true"));
    page.type_into("n", "7").await;
    page.click("run").await;
    page.text_once("form-summary", "7 requests").await;
    // The field that had the focus is gone: the button that starts and stops has it.
    assert_eq!(page.settled_state().await, "done");
    page.focused_once("run").await;
    // What cannot be run is shown, and led to.
    page.type_into("n", "0").await;
    page.click("run").await;
    page.focused_once("n").await;
}

#[wasm_bindgen_test]
async fn the_one_line_form_hides_secrets_and_shows_warnings() {
    let query = "?url=https://api.example/a%3Ftoken%3Dabcd&clients=js-fetch&n=110&rounds=9";
    let page = Page::open(query, FakeEngine::measuring()).await;
    page.run_to_end().await;
    let summary = page.text("form-summary");
    assert!(summary.contains(" · https://api.example/a?token=••• · "), "{summary}");
    assert!(warnings(&page).contains("requests to api.example."), "{}", warnings(&page));
    assert!(page.elements(".form-fields .hint-warning").is_empty());
}

#[wasm_bindgen_test]
async fn who_edits_the_form_during_a_run_goes_on_when_it_ends() {
    let engine = FakeEngine::holding();
    let page = Page::open("?url=/x&autorun", engine.clone()).await;
    page.until("a run", || engine.runs() == 1).await;
    page.get_once("form-summary").await;
    assert!(is_shown(&page, "stop"));
    page.click("edit-form").await;
    engine.finish();
    assert_eq!(page.settled_state().await, "done");
    assert!(is_shown(&page, "n"));
}

#[wasm_bindgen_test]
async fn without_a_report_the_whole_form_is_shown_again() {
    let page = Page::open("?url=/x&autorun", FakeEngine::failing("The worker ended.")).await;
    assert_eq!(page.settled_state().await, "failed");
    page.until("the form", || is_shown(&page, "n")).await;
}
