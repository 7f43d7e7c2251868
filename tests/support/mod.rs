//! A page in the test's document, and an engine that does as it is told.

pub mod events;

use fetchmark_core::{
    progress::{FinishedRound, Progress},
    server_lines::Asker,
    target::{Method, Target},
    target_check::{CheckCode, CheckFinding, TargetCheck, Topic},
};
use fetchmark_page::{
    app::App,
    engine::{CheckFuture, Engine, RunFuture, Watch, read_report},
    js,
    request::Request,
    run_failure::RunFailure,
};
use js_sys::JSON;
use leptos::prelude::*;
use std::{
    any::Any,
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortSignal, Element, HtmlElement, HtmlInputElement};

/// A report of three rows, as an engine gives it.
const REPORT: &str = include_str!("report.json");
/// How long anything may take before a test calls it stuck, in frames.
const PATIENCE: u32 = 200;

/// The same report when no request got through.
pub fn all_failed() -> String {
    REPORT
        .replace(r#""ok": 1000, "failed": 0"#, r#""ok": 0, "failed": 1000"#)
        .replace(r#""errors": {}"#, r#""errors": {"network": 1000}"#)
        .replace(r#""error_messages": {}"#, r#""error_messages": {"network": ["Failed to fetch"]}"#)
        .replace(r#""verdict": "inconclusive""#, r#""verdict": "refused""#)
        .replace(r#""reason_code": "interval-too-wide""#, r#""reason_code": "no-success""#)
}

/// An engine that measures nothing.
#[derive(Clone)]
pub struct FakeEngine(Rc<Told>);

struct Told {
    answer: Result<String, String>,
    may_finish: Cell<bool>,
    runs: Cell<u32>,
    scenario: RefCell<String>,
}

impl Default for FakeEngine {
    fn default() -> Self {
        Self::reporting(REPORT.to_owned())
    }
}

impl FakeEngine {
    /// Reports this at once.
    pub fn reporting(report: String) -> Self {
        Self::told(Ok(report), true)
    }

    /// Reports once it is told to finish, or to stop.
    pub fn holding() -> Self {
        Self::told(Ok(REPORT.to_owned()), false)
    }

    /// Fails with this sentence.
    pub fn failing(sentence: &str) -> Self {
        Self::told(Err(sentence.to_owned()), true)
    }

    fn told(answer: Result<String, String>, may_finish: bool) -> Self {
        Self(Rc::new(Told {
            answer,
            may_finish: Cell::new(may_finish),
            runs: Cell::new(0),
            scenario: RefCell::default(),
        }))
    }

    /// Lets a held run finish.
    pub fn finish(&self) {
        self.0.may_finish.set(true);
    }

    /// Runs asked for so far.
    pub fn runs(&self) -> u32 {
        self.0.runs.get()
    }

    /// What the last run was asked for, as JSON.
    pub fn last_scenario(&self) -> String {
        self.0.scenario.borrow().clone()
    }

    /// Waits until a run is asked for.
    pub async fn started(&self) {
        for _ in 0..PATIENCE {
            if self.runs() > 0 {
                return;
            }
            js::next_frame().await;
        }
        panic!("no run was asked for");
    }
}

impl Engine for FakeEngine {
    fn run(&self, request: &Request, watch: Watch, signal: &AbortSignal) -> RunFuture {
        let (told, signal) = (self.0.clone(), signal.clone());
        told.scenario.replace(JSON::stringify(request.json()).unwrap().into());
        told.runs.set(told.runs.get() + 1);
        Box::pin(async move {
            (watch.on_progress)(progress());
            (watch.between_blocks)();
            while !told.may_finish.get() && !signal.aborted() {
                js::next_frame().await;
            }
            match &told.answer {
                Ok(report) if signal.aborted() => {
                    read_report(JSON::parse(&report.replace(r#""complete""#, r#""stopped""#)).unwrap())
                }
                Ok(report) => read_report(JSON::parse(report).unwrap()),
                Err(sentence) => Err(RunFailure::Engine {
                    code: "engine-crashed".to_owned(),
                    message: sentence.clone(),
                    partial: None,
                }),
            }
        })
    }

    fn check(&self, target: &Target, _: &AbortSignal) -> CheckFuture {
        let told = self.0.clone();
        let url = target.url.clone();
        Box::pin(async move {
            while !told.may_finish.get() {
                js::next_frame().await;
            }
            let target = Target::default();
            let asker = Asker { origin: "http://page.example", is_cross_origin: true, target: &target };
            let finding =
                |topic, code| CheckFinding::new(topic, code).with("<img src=x>").with_lines_for(asker);
            Ok(TargetCheck {
                url,
                method: Method::Get,
                cross_origin: true,
                requests: 2,
                findings: vec![
                    finding(Topic::Cors, CheckCode::CorsRefused),
                    finding(Topic::Redirects, CheckCode::Redirected),
                ],
            })
        })
    }

    fn warm_up(&self) {}
}

fn progress() -> Progress {
    Progress {
        rounds_done: 4,
        rounds_total: 33,
        requests_done: 0,
        requests_total: 100,
        variant: 1,
        block: Some(0),
        elapsed_ms: 400.0,
        last_round: Some(FinishedRound { variant: 0, block: Some(0), wall_ms: 152.0, ok: 100, failed: 0 }),
    }
}

/// A page, gone from the document when it is dropped.
pub struct Page {
    root: HtmlElement,
    _mounted: Box<dyn Any>,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
        // The next page says itself where it is.
        if let Some(html) = js::document().and_then(|document| document.document_element()) {
            let _ = html.remove_attribute("data-run-state");
        }
    }
}

impl Page {
    /// Opens the page with this query.
    pub async fn open(query: &str, engine: FakeEngine) -> Self {
        let document = js::document().unwrap();
        let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&root).unwrap();
        let query = query.to_owned();
        let mounted =
            leptos::mount::mount_to(root.clone(), move || view! { <App engine=Rc::new(engine) query /> });
        let page = Self { root, _mounted: Box::new(mounted) };
        // It says where it is once it is shown.
        for _ in 0..PATIENCE {
            page.frames(1).await;
            if js::document().unwrap().document_element().unwrap().has_attribute("data-run-state") {
                return page;
            }
        }
        panic!("the page did not come up: {}", page.body());
    }

    /// Waits for so many frames.
    pub async fn frames(&self, frames: u32) {
        for _ in 0..frames {
            js::next_frame().await;
        }
    }

    /// The state once no run is under way or about to be.
    pub async fn settled_state(&self) -> String {
        for _ in 0..PATIENCE {
            let state = self.state();
            if state == "done" || state == "failed" {
                return state;
            }
            self.frames(1).await;
        }
        panic!("the run did not end: {}", self.body());
    }

    /// The state that the document shows.
    pub fn state(&self) -> String {
        let html = js::document().unwrap().document_element().unwrap();
        html.get_attribute("data-run-state").unwrap()
    }

    /// The element with this test id, if it is there.
    pub fn find(&self, test_id: &str) -> Option<Element> {
        self.root.query_selector(&format!("[data-testid={test_id}]")).unwrap()
    }

    /// The element with this test id.
    pub fn get(&self, test_id: &str) -> Element {
        self.find(test_id).unwrap_or_else(|| panic!("no {test_id} in {}", self.body()))
    }

    /// Its text.
    pub fn text(&self, test_id: &str) -> String {
        self.get(test_id).text_content().unwrap()
    }

    /// The text of the element with this id.
    pub fn text_of(&self, id: &str) -> String {
        self.root.query_selector(&format!("#{id}")).unwrap().unwrap().text_content().unwrap()
    }

    /// What a field holds.
    pub fn value(&self, test_id: &str) -> String {
        self.get(test_id).unchecked_into::<HtmlInputElement>().value()
    }

    /// The texts of all elements that match.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|index| found.get(index).unwrap().text_content().unwrap()).collect()
    }

    /// All text of the page.
    pub fn body(&self) -> String {
        self.root.text_content().unwrap()
    }

    /// Types into a field and leaves it.
    pub async fn type_into(&self, test_id: &str, text: &str) {
        let field: HtmlInputElement = self.get(test_id).unchecked_into();
        field.set_value(text);
        for event in ["input", "change"] {
            field.dispatch_event(&events::bubbling(event)).unwrap();
        }
        self.frames(1).await;
    }

    /// Presses a button.
    pub async fn click(&self, test_id: &str) {
        self.get(test_id).unchecked_into::<HtmlElement>().click();
        self.frames(1).await;
    }

    /// Calls `fetchmark.run` with this JSON.
    pub async fn run_by_script(&self, scenario: &str) -> Result<JsValue, JsValue> {
        events::call_run(&JSON::parse(scenario).unwrap()).await
    }
}
