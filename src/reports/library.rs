//! What is done with reports besides measuring them: opening, keeping, comparing.

use crate::{
    engine::{EngineReport, read_report},
    form::{link, model::Form},
    js,
    reports::{
        comparison_view::ReportComparisonView,
        formats as reports,
        history::{self, Entry, History},
        reading::{Value, Wrong},
        report_view::ReportView,
    },
    run::{failure::RunFailure, in_view, request::Request, store::RunStore},
    text::ReportProblem,
    ui::files,
};
use fetchmark_core::{
    report::Runtime,
    report_reading::{MOST_BYTES, ReportError},
};
use js_sys::JSON;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// What is wrong with a field that this page cannot show.
const MISSING: &str = "it is missing, or of another kind";

/// The name under which all kept reports are saved.
const HISTORY_FILE: &str = "fetchmark-history.json";

/// Copies are the same desk; it belongs to the app's root.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The run, and the report shown.
    pub store: RunStore,
    /// The form, which shows an opened report's settings.
    pub form: Form,
    /// The reports kept.
    pub history: History,
    /// Whether a file is held over the page.
    pub is_file_over: RwSignal<bool>,
    /// The report shown held against another.
    compared: RwSignal<Option<Arc<ReportComparisonView>>>,
    /// Why the last report could not be opened or compared.
    problem: RwSignal<Option<ReportProblem>>,
    /// The report that was kept last, by key: views may ask for one report many times.
    kept: StoredValue<String>,
}

/// Where an opened report was.
#[derive(Clone, Copy)]
enum Source {
    /// In the page's own address.
    Link,
    /// In a file, or kept.
    Elsewhere,
}

impl Desk {
    /// An empty desk. Call it at the app's root.
    pub fn new(store: RunStore, form: Form) -> Self {
        let history = History::default();
        Self {
            store,
            form,
            history,
            is_file_over: RwSignal::new(false),
            compared: RwSignal::new(None),
            problem: RwSignal::new(None),
            kept: StoredValue::new(String::new()),
        }
    }

    /// The report shown held against another.
    pub fn compared(self) -> Option<Arc<ReportComparisonView>> {
        let shown = Entry::of(&*self.store.report()?).key;
        self.compared.get().filter(|compared| compared.candidate == shown)
    }

    /// Why the last report could not be opened or compared.
    pub fn problem(self) -> Option<ReportProblem> {
        self.problem.get()
    }

    /// Follows the run: what it finds is kept and held against the baseline; a new one clears the comparison.
    pub fn follow(self) {
        self.history.load();
        Effect::new(move || {
            let report = self.store.report();
            let is_over = !self.store.is_running();
            if report.is_none() {
                self.compared.set(None);
            }
            if let Some(report) = report.filter(|report| is_over && report.has_rounds())
                && !self.store.is_opened()
            {
                let key = Entry::of(&report).key;
                if self.kept.try_update_value(|kept| std::mem::replace(kept, key.clone())) == Some(key) {
                    return;
                }
                let raw = self.store.raw_report();
                js::spawn(async move {
                    self.history.keep(report, raw).await;
                    self.compare_with_baseline().await;
                });
            }
        });
    }

    /// Opens files, one after another: each one report, or all of them as they were exported. The newest of the last that can be
    /// opened is shown; what is wrong with the others is told.
    pub async fn open_files(self, files: Vec<Blob>) {
        self.problem.set(None);
        let mut problems = Vec::new();
        for file in files {
            // To read one would disturb a run.
            if self.store.is_running_now() {
                return self.refuse(ReportProblem::Running);
            }
            let opened = match read(&file).await {
                Ok(text) => self.open(text, Source::Elsewhere).await,
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
        let opened = match reports::unpack(&text) {
            Ok(json) => self.open(json, Source::Link).await,
            Err(problem) => Err(problem),
        };
        self.end_opening(opened);
    }

    /// Says why a report is not opened, where it is seen.
    fn refuse(self, problem: ReportProblem) {
        self.problem.set(Some(problem));
        in_view::show(in_view::NOT_OPENED);
    }

    fn end_opening(self, opened: Result<(), ReportProblem>) {
        match opened {
            Ok(()) => {
                self.problem.set(None);
                in_view::show(in_view::OPENED);
            }
            Err(problem) => self.refuse(problem),
        }
    }

    /// A link that holds the report shown.
    ///
    /// # Errors
    /// [`ReportProblem`].
    pub fn link_with_report(self) -> Result<String, ReportProblem> {
        let json = self.store.report_json().ok_or(ReportProblem::Report(ReportError::NotAReport))?;
        let packed = reports::pack(&json)?;
        Ok(link::with_report(&untrack(move || self.form.params()), &packed))
    }

    /// Shows a kept report.
    pub async fn open_kept(self, key: String) {
        if let Some(json) = self.history.json(&key).await {
            self.end_opening(self.open(json, Source::Elsewhere).await);
        }
    }

    async fn open(self, text: String, from: Source) -> Result<(), ReportProblem> {
        let found = match history::reports_in(&text) {
            Some(found) if !found.is_empty() => found,
            // What is wrong with it is told by who reads it strictly.
            _ => vec![text],
        };
        // All or none: half a history would look like a whole one.
        let found: Vec<_> =
            found.iter().map(|json| reports::without_secrets(json)).collect::<Result<_, _>>()?;
        let mut newest: Option<EngineReport> = None;
        for json in found {
            let raw =
                history::parsed(&json).map_err(|words| ReportProblem::Report(ReportError::NotJson(words)))?;
            let report = read_report(raw).map_err(|failure| match failure {
                RunFailure::Unreadable(wrong) => cannot_be_shown(wrong),
                _ => ReportProblem::Report(ReportError::NotAReport),
            })?;
            self.history.keep(report.view.clone(), report.raw.clone()).await;
            if newest.as_ref().is_none_or(|newest| newest.view.started_at < report.view.started_at) {
                newest = Some(report);
            }
        }
        let Some(report) = newest else { return Err(ReportProblem::Report(ReportError::NotAReport)) };
        self.show_settings(&report.raw, from);
        if self.store.show(report).await {
            self.compare_with_baseline().await;
        }
        Ok(())
    }

    /// The form shows what the report was asked for, so that it can be run again.
    fn show_settings(self, raw: &JsValue, from: Source) {
        let scenario = js::property(raw, "scenario").unwrap_or_default();
        if let Ok(request) = Request::from_script(&scenario)
            && !self.store.is_running_now()
        {
            let mut scenario = request.scenario().clone();
            // What no browser runs cannot be run again here.
            scenario.clients.retain(|choice| choice.client.runtime() == Runtime::Browser);
            self.form.show(scenario);
            // An address that holds the report stays, so that a reload shows it again.
            if matches!(from, Source::Elsewhere) {
                link::keep(&untrack(move || self.form.params()));
            }
        }
    }

    /// Makes the report shown the baseline of those to come.
    pub async fn keep_as_baseline(self) {
        if let Some(report) = untrack(move || self.store.report()) {
            // It may have just been measured and not be kept yet.
            self.history.keep(report.clone(), self.store.raw_report()).await;
            self.history.set_baseline(Some(Entry::of(&report).key)).await;
        }
    }

    async fn compare_with_baseline(self) {
        if self.is_gone() {
            return;
        }
        let baseline = untrack(move || self.history.baseline());
        let shown = untrack(move || self.store.report()).map(|report| Entry::of(&report).key);
        match baseline {
            Some(baseline) if Some(&baseline.key) != shown.as_ref() => self.compare_with(baseline).await,
            _ => {}
        }
    }

    /// Holds the report shown against a kept one.
    pub async fn compare_with(self, baseline: Entry) {
        let Some(before) = self.history.json(&baseline.key).await.filter(|_| !self.is_gone()) else { return };
        let Some(shown) = untrack(move || self.store.report()) else { return };
        let Some(now) = self.store.report_json() else { return };
        let compared = reports::compare(&before, &now).and_then(|comparison| {
            // Both are reports: whoever compared them read them strictly.
            let before = JSON::parse(&before).unwrap_or(JsValue::NULL);
            let before = ReportView::read(&Value::new(before)).map_err(cannot_be_shown)?;
            Ok(ReportComparisonView::of(baseline, &before, &shown, comparison))
        });
        match compared {
            Ok(compared) => {
                self.problem.set(None);
                self.compared.set(Some(Arc::new(compared)));
            }
            Err(problem) => self.problem.set(Some(problem)),
        }
    }

    /// Whether the page is gone: what was begun for it may end later.
    fn is_gone(self) -> bool {
        self.problem.is_disposed()
    }

    /// Saves all kept reports as one file.
    pub async fn export(self) {
        let list = history::export(self.history).await;
        // A browser without blobs has no WebAssembly either, so that saving cannot fail.
        drop(files::save_text(&list, HISTORY_FILE, "application/json"));
    }

    /// Forgets all kept reports.
    pub async fn clear(self) {
        let entries = untrack(move || self.history.entries());
        self.history.forget(entries.into_iter().map(|entry| entry.key).collect()).await;
    }
}

fn cannot_be_shown(Wrong(field): Wrong) -> ReportProblem {
    ReportProblem::Report(ReportError::Field { field: field.to_owned(), problem: MISSING.to_owned() })
}

async fn read(file: &Blob) -> Result<String, ReportProblem> {
    let bytes = file.size() as usize;
    if bytes > MOST_BYTES {
        return Err(ReportProblem::Report(ReportError::TooLong { bytes }));
    }
    let text =
        JsFuture::from(file.text()).await.map_err(|error| ReportProblem::NotRead(js::message(&error)))?;
    Ok(text.as_string().unwrap_or_default())
}
