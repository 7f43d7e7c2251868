//! The page's own address: each run is a step of the history.

use crate::support::{FakeEngine, Page};
use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn going_back_leads_to_the_settings_of_the_run_before() {
    let history = window().history().unwrap();
    let page = Page::open("?url=/x&n=11&rounds=2", FakeEngine::measuring()).await;
    page.click("run").await;
    assert_eq!(page.settled_state().await, "done");
    page.click("edit-form").await;
    page.type_into("n", "22").await;
    history.back().unwrap();
    page.value_once("n", "11").await;
    history.forward().unwrap();
    page.value_once("n", "22").await;
    // What was measured is still there.
    assert_eq!(page.report().scenario.n, 11);
    // Run again and again it is one step.
    for _ in 0..2 {
        page.click("run").await;
        assert_eq!(page.settled_state().await, "done");
    }
    history.back().unwrap();
    page.value_once("n", "11").await;
}
