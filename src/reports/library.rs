//! What is done with reports besides measuring them: opening, keeping, comparing.

use crate::{
    engine::EngineReport,
    form::{link, model::Form},
    js, json,
    reports::{
        history::{Entry, History, reports_in},
        tools::{ReportTools, Task},
    },
    run::{
        in_view,
        store::{RunState, RunStore},
    },
    text::ReportProblem,
    ui::files,
};
use fetchmark_core::{
    compare::{Comparison, reports::ReportComparison},
    export::Format,
    report::{Report, reading::MOST_BYTES},
    scenario::{Scenario, params::Language},
};
use leptos::prelude::*;
use std::{rc::Rc, sync::Arc};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

const HISTORY_FILE: &str = "fetchmark-history.json";

/// Copies are the same library; it belongs to the app's root.
#[derive(Clone, Copy)]
pub struct ReportLibrary {
    pub store: RunStore,
    pub form: Form,
    pub history: History,
    tools: StoredValue<Rc<dyn ReportTools>, LocalStorage>,
    compared: RwSignal<Option<Arc<Compared>>>,
    problem: RwSignal<Option<ReportProblem>>,
    /// The report that was kept last, by key: views may ask for one report many times.
    kept: StoredValue<String>,
}

#[derive(Debug)]
pub struct Compared {
    /// The one that it was compared with.
    pub before: Arc<Report>,
    /// The one shown.
    pub now: Arc<Report>,
    pub comparison: ReportComparison,
}

/// Where an opened report was.
#[derive(Clone, Copy)]
enum Source {
    /// In the page's own address.
    Link,
    /// In a file, or kept.
    Elsewhere,
}

impl ReportLibrary {
    /// An empty library. Call it at the app's root.
    pub fn new(store: RunStore, form: Form, tools: Rc<dyn ReportTools>) -> Self {
        Self {
            store,
            form,
            history: History::load(),
            tools: StoredValue::new_local(tools),
            compared: RwSignal::new(None),
            problem: RwSignal::new(None),
            kept: StoredValue::new(String::new()),
        }
    }

    pub fn compared(self) -> Option<Arc<Compared>> {
        // Of another report a comparison says nothing.
        let shown = self.store.report()?;
        self.compared.get().filter(|compared| Arc::ptr_eq(&compared.now, &shown))
    }

    pub fn problem(self) -> Option<ReportProblem> {
        self.problem.get()
    }

    /// Follows the run: what it finds is kept and compared with the baseline; a new one clears the comparison.
    pub fn follow(self) {
        Effect::new(move || {
            let report = self.store.engine_report();
            let is_over = !self.store.is_running();
            if report.is_none() {
                self.compared.set(None);
            }
            if let Some(report) = report.filter(|report| is_over && report.report.has_rounds())
                && !self.store.is_opened()
            {
                let key = Entry::of(&report.report).key;
                if self.kept.try_update_value(|kept| std::mem::replace(kept, key.clone())) == Some(key) {
                    return;
                }
                js::spawn(async move {
                    self.history.keep(&report).await;
                    if self.is_at_rest().await {
                        self.compare_with_baseline().await;
                    }
                });
            }
        });
    }

    /// Waits until programs know that the run is over and the browser is idle: whether no other run has begun by then, which loading the
    /// tools would disturb.
    async fn is_at_rest(self) -> bool {
        while self.store.published() == RunState::Running {
            js::later_task(0).await;
        }
        js::idle().await;
        !self.store.is_running_now()
    }

    /// Opens files, one after another: each one report, or all of them as they were exported. The newest of the last that can be
    /// opened is shown; what is wrong with the others is reported.
    pub async fn open_files(self, files: Vec<Blob>) {
        self.problem.set(None);
        let mut problems = Vec::new();
        for file in files {
            // To read one would disturb a run.
            if self.store.is_running_now() {
                return self.refuse(ReportProblem::Running);
            }
            let opened = match read(&file).await {
                Ok(text) => self.open(text).await,
                Err(problem) => Err(problem),
            };
            if let Err(problem) = opened {
                let name = js::property(&file, "name").and_then(|name| name.as_string());
                problems.push((name.unwrap_or_default(), problem));
            }
        }
        if problems.is_empty() {
            in_view::show(in_view::OPENED);
        } else {
            self.refuse(ReportProblem::Files(problems));
        }
    }

    /// Opens the report that the page's address holds, if it holds one.
    pub async fn open_link(self) {
        let Some(text) = link::report_text() else { return };
        let shown = self.shown();
        let opened = self.make(Task::Unpack(text)).await.and_then(|json| of_json(&json));
        // What was measured meanwhile is newer than the link.
        if self.is_gone() || !self.is_shown(shown.as_ref()) {
            return;
        }
        let opened = match opened {
            Ok(report) => self.show(vec![report], Source::Link).await,
            Err(problem) => Err(problem),
        };
        self.end_opening(opened);
    }

    /// Says why a report is not opened, where it is seen.
    fn refuse(self, problem: ReportProblem) {
        self.problem.try_set(Some(problem));
        in_view::show(in_view::NOT_OPENED);
    }

    fn end_opening(self, opened: Result<(), ReportProblem>) {
        match opened {
            Ok(()) => {
                self.problem.try_set(None);
                in_view::show(in_view::OPENED);
            }
            Err(problem) => self.refuse(problem),
        }
    }

    async fn make(self, task: Task) -> Result<String, ReportProblem> {
        match self.tools.try_get_value() {
            Some(tools) => tools.make(task).await,
            // Without a page nobody reads it.
            None => Err(ReportProblem::NoTools(String::new())),
        }
    }

    pub async fn link_with_report(self) -> Result<String, ReportProblem> {
        let params = untrack(move || self.form.params());
        let packed = self.make(Task::Pack(self.json())).await?;
        Ok(link::with_report(&params, &packed))
    }

    pub async fn exported(self, format: Format, language: Language) -> Result<String, ReportProblem> {
        self.make(Task::Export(self.json(), format, language)).await
    }

    pub async fn table(self) -> Result<String, ReportProblem> {
        self.make(Task::Table(self.json())).await
    }

    /// The rows of the report shown, compared with the one of this id.
    pub async fn compared_with_row(self, baseline: String) -> Result<Vec<Comparison>, ReportProblem> {
        let compared = self.make(Task::CompareWithRow(self.json(), baseline)).await?;
        json::read(&json::value(&compared)).map_err(ReportProblem::NoTools)
    }

    fn json(self) -> String {
        json::text(&self.store.raw_report())
    }

    pub async fn open_kept(self, key: String) {
        if let Some(json) = self.history.json(&key).await {
            self.end_opening(self.open(json).await);
        }
    }

    async fn open(self, text: String) -> Result<(), ReportProblem> {
        let found = match reports_in(&text) {
            Some(found) if !found.is_empty() => found,
            // The strict reader reports what is wrong with it.
            _ => vec![text],
        };
        // All or none: half a history would look like a whole one.
        let mut reports = Vec::new();
        for json in found {
            reports.push(of_json(&self.make(Task::Open(json)).await?)?);
        }
        self.show(reports, Source::Elsewhere).await
    }

    /// Keeps these reports, and shows the newest; does neither during a run, which it would disturb.
    async fn show(self, reports: Vec<EngineReport>, from: Source) -> Result<(), ReportProblem> {
        if self.is_gone() {
            return Ok(());
        }
        if self.store.is_running_now() {
            return Err(ReportProblem::Running);
        }
        for report in &reports {
            self.history.keep(report).await;
        }
        let Some(newest) = reports.into_iter().max_by(|a, b| a.report.started_at.cmp(&b.report.started_at))
        else {
            return Ok(());
        };
        self.show_settings(newest.report.scenario.clone(), from);
        if !self.store.show(newest).await {
            return Err(ReportProblem::Running);
        }
        self.compare_with_baseline().await;
        Ok(())
    }

    fn shown(self) -> Option<Arc<Report>> {
        untrack(move || self.store.report())
    }

    fn is_shown(self, report: Option<&Arc<Report>>) -> bool {
        self.shown().as_ref().map(Arc::as_ptr) == report.map(Arc::as_ptr)
    }

    /// The form shows what the report was asked for, so that it can be run again.
    fn show_settings(self, mut scenario: Scenario, from: Source) {
        if self.store.is_running_now() {
            return;
        }
        // What no browser runs cannot be run again here.
        scenario.clients.retain(|choice| choice.client.runtime().is_in_browser());
        self.form.show(scenario);
        // An address that holds the report stays, so that a reload shows it again.
        if matches!(from, Source::Elsewhere) {
            link::keep(&untrack(move || self.form.params()));
        }
    }

    /// Makes the report shown the baseline of those to come.
    pub async fn keep_as_baseline(self) {
        if let Some(report) = untrack(move || self.store.engine_report()) {
            // It may have just been measured and not be kept yet.
            self.history.keep(&report).await;
            self.history.set_baseline(Some(Entry::of(&report.report).key)).await;
        }
    }

    async fn compare_with_baseline(self) {
        if self.is_gone() {
            return;
        }
        let baseline = untrack(move || self.history.baseline());
        let shown = self.shown().map(|report| Entry::of(&report).key);
        match baseline {
            Some(baseline) if Some(&baseline.key) != shown.as_ref() => self.compare_with(baseline).await,
            _ => {}
        }
    }

    pub async fn compare_with(self, baseline: Entry) {
        let Some(before) = self.history.json(&baseline.key).await.filter(|_| !self.is_gone()) else { return };
        let Some(now) = self.shown() else { return };
        let task = Task::Compare { baseline: before.clone(), candidate: self.json() };
        let compared = self.make(task).await;
        // Of another report, or of a run that has begun meanwhile, it says nothing.
        if self.is_gone() || !self.is_shown(Some(&now)) {
            return;
        }
        let compared = compared.and_then(|json| {
            let comparison = json::read(&json::value(&json)).map_err(ReportProblem::NoTools)?;
            Ok(Compared { before: of_json(&before)?.report, now, comparison })
        });
        match compared {
            Ok(compared) => {
                self.problem.try_set(None);
                self.compared.try_set(Some(Arc::new(compared)));
            }
            Err(problem) => {
                self.problem.try_set(Some(problem));
            }
        }
    }

    /// Whether the page is gone: what was begun for it may end later.
    fn is_gone(self) -> bool {
        self.problem.is_disposed()
    }

    /// Saves all kept reports as one file.
    pub async fn export(self) {
        let list = self.history.export().await;
        // A browser without blobs has no WebAssembly either, so that saving cannot fail.
        drop(files::save_text(&list, HISTORY_FILE, "application/json"));
    }

    pub async fn clear(self) {
        let entries = untrack(move || self.history.entries());
        self.history.forget(entries.into_iter().map(|entry| entry.key).collect()).await;
    }
}

/// Reads what the tools gave: it can be read unless they are of another version than the page.
fn of_json(json: &str) -> Result<EngineReport, ReportProblem> {
    EngineReport::read(json::value(json)).map_err(ReportProblem::NoTools)
}

async fn read(file: &Blob) -> Result<String, ReportProblem> {
    let bytes = file.size() as usize;
    if bytes > MOST_BYTES {
        return Err(ReportProblem::TooLong);
    }
    let text =
        JsFuture::from(file.text()).await.map_err(|error| ReportProblem::NotRead(js::message(&error)))?;
    Ok(text.as_string().unwrap_or_default())
}
