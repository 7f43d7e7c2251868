//! The page, as a test sees it.

use super::{browser, engine::FakeEngine, events, json, tools::TestTools};
use fetchmark_core::report::Report;
use fetchmark_page::{app::App, engine::Engine, js, reports::tools::ReportTools};
use js_sys::{Date, JSON};
use leptos::prelude::*;
use std::{any::Any, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement, Url};

/// How long anything may take before a test calls it stuck, in ms: far longer than it ever takes, for other programs may keep the
/// processor busy.
const PATIENCE_MS: f64 = 60_000.0;

/// A page, gone from the document when it is dropped.
pub struct Page {
    root: HtmlElement,
    _mounted: Box<dyn Any>,
    /// What opens, compares and exports its reports.
    pub tools: TestTools,
}

/// Changes the document's address. Chromium lets a document do so 200 times in 10 s, and ignores what is beyond.
async fn go_to(address: &str) {
    let wanted = Url::new_with_base(address, &location().origin().unwrap()).unwrap().href();
    let limit = Date::now() + PATIENCE_MS;
    loop {
        window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(address)).unwrap();
        if location().href().unwrap() == wanted {
            return;
        }
        assert!(Date::now() < limit, "the address never becomes {wanted}");
        js::next_frame().await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
        // The next page says itself where it is.
        if let Some(html) = document().document_element() {
            let _ = html.remove_attribute("data-run-state");
        }
    }
}

impl Page {
    /// Opens the page with this query in a browser in which nothing was done yet.
    pub async fn open(query: &str, engine: FakeEngine) -> Self {
        browser::fresh().await;
        Self::reopen(&format!("/{query}"), engine).await
    }

    /// Opens the page at this address in a browser that has kept what was done before.
    pub async fn reopen(address: &str, engine: FakeEngine) -> Self {
        go_to(address).await;
        let document = document();
        let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&root).unwrap();
        let query = fetchmark_page::form::link::query();
        let engine: Rc<dyn Engine> = Rc::new(engine);
        let tools = TestTools::default();
        let given: Rc<dyn ReportTools> = Rc::new(tools.clone());
        let mounted =
            leptos::mount::mount_to(root.clone(), move || view! { <App engine tools=given query /> });
        let page = Self { root, _mounted: Box::new(mounted), tools };
        // It says where it is once it is shown.
        page.until("a page that is shown", || page.state().is_some()).await;
        page
    }

    /// Opens the page with a link that starts a run, and waits for its report.
    pub async fn measured(query: &str) -> Self {
        let page = Self::open(&format!("?{query}&autorun"), FakeEngine::measuring()).await;
        assert_eq!(page.settled_state().await, "done");
        page
    }

    pub async fn showing(report: &Report) -> Self {
        let page = Self::open("", FakeEngine::default()).await;
        browser::drop_files(&[("report.json", &json(report))]);
        page.get_once("opened").await;
        page
    }

    /// Presses Run, and waits for the report.
    pub async fn run_to_end(&self) {
        self.click("run").await;
        assert_eq!(self.settled_state().await, "done");
    }

    /// Opens the page once more, where this one is.
    pub async fn reload(self, engine: FakeEngine) -> Self {
        drop(self);
        Self::reopen(&window().location().href().unwrap(), engine).await
    }

    pub async fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let limit = Date::now() + PATIENCE_MS;
        while !is_so() {
            assert!(Date::now() < limit, "there is never {what}: {}", self.body());
            self.drawn().await;
        }
    }

    /// Waits until what was changed is drawn.
    pub async fn drawn(&self) {
        js::next_frame().await;
    }

    pub async fn get_once(&self, test_id: &str) -> Element {
        self.until(test_id, || self.find(test_id).is_some()).await;
        self.get(test_id)
    }

    pub async fn count_once(&self, test_id: &str, count: usize) {
        let selector = format!("[data-testid={test_id}]");
        self.until(&format!("{count} of {test_id}"), || self.all(&selector).len() == count).await;
    }

    pub async fn text_once(&self, test_id: &str, part: &str) -> String {
        let found = || self.find(test_id).and_then(|element| element.text_content());
        self.until(part, || found().is_some_and(|text| text.contains(part))).await;
        self.text(test_id)
    }

    pub async fn value_once(&self, test_id: &str, value: &str) {
        self.until(value, || self.find(test_id).is_some() && self.value(test_id) == value).await;
    }

    pub async fn focused_once(&self, test_id: &str) {
        self.until(&format!("focus on {test_id}"), || {
            let active = document().active_element();
            active.and_then(|active| active.get_attribute("data-testid")).as_deref() == Some(test_id)
        })
        .await;
    }

    /// The state once no run is under way or about to be, and what was measured is kept.
    pub async fn settled_state(&self) -> String {
        let is_over = || ["done", "failed"].contains(&self.state().unwrap_or_default().as_str());
        self.until("an end of the run", is_over).await;
        // There is nothing to compare the report shown with where it is itself.
        let is_kept = || self.is_failed() || !self.all("[data-testid=compare-kept]:disabled").is_empty();
        self.until("a kept report", is_kept).await;
        self.state().unwrap()
    }

    fn is_failed(&self) -> bool {
        self.state().as_deref() == Some("failed")
    }

    pub async fn state_once(&self, state: &str) {
        self.until(state, || self.state().as_deref() == Some(state)).await;
    }

    pub fn state(&self) -> Option<String> {
        document().document_element().unwrap().get_attribute("data-run-state")
    }

    /// The report shown, as scripts get it.
    pub fn report(&self) -> Report {
        let report = JSON::stringify(&events::api("report")).unwrap();
        Report::from_json(&String::from(report)).unwrap()
    }

    pub fn find(&self, test_id: &str) -> Option<Element> {
        self.root.query_selector(&format!("[data-testid={test_id}]")).unwrap()
    }

    pub fn get(&self, test_id: &str) -> Element {
        self.find(test_id).unwrap_or_else(|| panic!("no {test_id} in {}", self.body()))
    }

    pub fn elements(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|index| found.get(index).unwrap().unchecked_into()).collect()
    }

    pub fn text(&self, test_id: &str) -> String {
        self.get(test_id).text_content().unwrap()
    }

    pub fn text_of(&self, id: &str) -> String {
        self.root.query_selector(&format!("#{id}")).unwrap().unwrap().text_content().unwrap()
    }

    pub fn value(&self, test_id: &str) -> String {
        self.get(test_id).unchecked_into::<HtmlInputElement>().value()
    }

    pub fn is_pressed(&self, test_id: &str) -> bool {
        self.get(test_id).get_attribute("aria-pressed").as_deref() == Some("true")
    }

    pub fn all(&self, selector: &str) -> Vec<String> {
        self.elements(selector).iter().map(|element| element.text_content().unwrap()).collect()
    }

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
        self.drawn().await;
    }

    pub async fn click(&self, test_id: &str) {
        self.get(test_id).unchecked_into::<HtmlElement>().click();
        self.drawn().await;
    }

    /// Presses the button with this place (from 0) among those that match.
    pub async fn click_nth(&self, selector: &str, place: usize) {
        self.elements(selector)[place].click();
        self.drawn().await;
    }

    pub async fn unfold(&self) {
        for fold in self.elements("details") {
            fold.set_attribute("open", "").unwrap();
        }
        self.drawn().await;
    }

    /// Calls `fetchmark.run` with this JSON.
    pub async fn run_by_script(&self, scenario: &str) -> Result<JsValue, JsValue> {
        events::call_run(&JSON::parse(scenario).unwrap()).await
    }
}
