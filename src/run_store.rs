//! The run: the one place that knows whether there is one, how far it is and what came of it.

use crate::{
    default_target::default_target,
    engine::{Engine, EngineReport},
    frames::{Batch, Frames},
    js,
    report_view::ReportView,
    request::Request,
    run_failure::RunFailure,
    url_check,
};
use fetchmark_core::{
    progress::{FinishedRound, Progress},
    scenario::Scenario,
};
use leptos::{prelude::*, task::tick};
use std::{rc::Rc, sync::Arc};
use wasm_bindgen::JsValue;
use web_sys::AbortController;

/// Where the page is with its run. The words are those of `fetchmark.state` and `data-run-state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// None yet.
    Idle,
    /// Under way.
    Running,
    /// Over, with a report.
    Done,
    /// Over, or not begun, without a whole report.
    Failed,
}

impl RunState {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// The attribute of `<html>` that tells the state.
const STATE_ATTRIBUTE: &str = "data-run-state";

/// The run, as signals. Copies are the same run; it belongs to the app's root and ends with it.
#[derive(Clone, Copy)]
pub struct RunStore {
    state: RwSignal<RunState>,
    is_stopping: RwSignal<bool>,
    scenario: RwSignal<Option<Arc<Scenario>>>,
    progress: RwSignal<Option<Progress>>,
    rounds: RwSignal<Vec<FinishedRound>>,
    report: RwSignal<Option<Arc<ReportView>>>,
    failure: RwSignal<Option<Arc<RunFailure>>, LocalStorage>,
    own: StoredValue<Own, LocalStorage>,
}

struct Own {
    engine: Rc<dyn Engine>,
    stop: Option<AbortController>,
    raw_report: JsValue,
    published: RunState,
}

impl RunStore {
    /// No run yet, with this engine to make one. Call it at the app's root.
    pub fn new(engine: Rc<dyn Engine>) -> Self {
        let own = Own { engine, stop: None, raw_report: JsValue::NULL, published: RunState::Idle };
        let store = Self {
            state: RwSignal::new(RunState::Idle),
            is_stopping: RwSignal::new(false),
            scenario: RwSignal::new(None),
            progress: RwSignal::new(None),
            rounds: RwSignal::new(Vec::new()),
            report: RwSignal::new(None),
            failure: RwSignal::new_local(None),
            own: StoredValue::new_local(own),
        };
        on_cleanup(move || store.abort());
        store.publish(RunState::Idle);
        store
    }

    /// Whether a run is under way.
    pub fn is_running(self) -> bool {
        self.state.get() == RunState::Running
    }

    /// The same outside of views.
    pub fn is_running_now(self) -> bool {
        self.state.try_get_untracked() == Some(RunState::Running)
    }

    /// Where the page is with its run, as views see it.
    pub fn state(self) -> RunState {
        self.state.get()
    }

    /// Whether Stop was asked for and the engine has not answered yet.
    pub fn is_stopping(self) -> bool {
        self.is_stopping.get()
    }

    /// What the running or finished run was asked for.
    pub fn scenario(self) -> Option<Arc<Scenario>> {
        self.scenario.get()
    }

    /// How far the run is.
    pub fn progress(self) -> Option<Progress> {
        self.progress.get()
    }

    /// The rounds finished so far.
    pub fn with_rounds<T>(self, read: impl FnOnce(&[FinishedRound]) -> T) -> T {
        self.rounds.with(|rounds| read(rounds))
    }

    /// What came of it.
    pub fn report(self) -> Option<Arc<ReportView>> {
        self.report.get()
    }

    /// Why there is no report.
    pub fn failure(self) -> Option<Arc<RunFailure>> {
        self.failure.get()
    }

    /// The state as programs see it: it changes after the page shows what belongs to it.
    pub fn published(self) -> RunState {
        self.own.try_with_value(|own| own.published).unwrap_or(RunState::Idle)
    }

    /// The report as the engine gave it; null if there is none.
    pub fn raw_report(self) -> JsValue {
        self.own.try_with_value(|own| own.raw_report.clone()).unwrap_or(JsValue::NULL)
    }

    /// Asks the engine to stop; the run ends with a report of what was finished.
    pub fn stop(self) {
        if self.is_running_now() {
            self.is_stopping.set(true);
            self.abort();
        }
    }

    /// Shows that there will be no run, and why.
    pub async fn refuse(self, failure: RunFailure) {
        self.failure.set(Some(Arc::new(failure)));
        self.state.set(RunState::Failed);
        self.publish_when_shown(RunState::Failed).await;
    }

    /// Runs the scenario, an empty address meaning the default target.
    ///
    /// # Errors
    /// Why there is no report; the page shows it too, unless it is that another run is under way.
    pub async fn run(self, mut request: Request) -> Result<JsValue, RunFailure> {
        if self.is_running_now() {
            return Err(RunFailure::AlreadyRunning);
        }
        let stop = self.begin();
        let ended = match prepare(&mut request).await {
            Ok(()) => self.measure(request, stop).await,
            Err(failure) => Err(failure),
        };
        self.finish(&ended);
        let state = if ended.is_ok() { RunState::Done } else { RunState::Failed };
        self.publish_when_shown(state).await;
        ended.map(|report| report.raw)
    }

    /// The same for a request that may have failed to be made.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub async fn run_if_ok(self, request: Result<Request, RunFailure>) -> Result<JsValue, RunFailure> {
        match request {
            Ok(request) => self.run(request).await,
            Err(failure) => {
                self.refuse(failure.clone()).await;
                Err(failure)
            }
        }
    }

    fn begin(self) -> Option<AbortController> {
        let stop = AbortController::new().ok();
        self.own.update_value(|own| {
            own.stop.clone_from(&stop);
            own.raw_report = JsValue::NULL;
        });
        self.is_stopping.set(false);
        self.failure.set(None);
        self.report.set(None);
        self.progress.set(None);
        self.rounds.set(Vec::new());
        self.scenario.set(None);
        self.state.set(RunState::Running);
        self.publish(RunState::Running);
        stop
    }

    async fn measure(
        self,
        request: Request,
        stop: Option<AbortController>,
    ) -> Result<EngineReport, RunFailure> {
        let engine = self.own.try_with_value(|own| own.engine.clone());
        // Without an engine the page is gone, and without AbortController there was no WebAssembly either.
        let (Some(engine), Some(stop)) = (engine, stop) else {
            return Err(RunFailure::NotLoaded("AbortController".to_owned()));
        };
        self.scenario.set(Some(Arc::new(request.scenario().clone())));
        let frames = Frames::new(move |batch| self.show(batch));
        let gathering = frames.clone();
        let ended =
            engine.run(request.json(), Box::new(move |progress| gathering.push(progress)), &stop.signal()).await;
        frames.flush();
        ended
    }

    fn show(self, batch: Batch) {
        self.rounds.try_update(|rounds| rounds.extend(batch.rounds));
        self.progress.set(batch.progress);
    }

    fn finish(self, ended: &Result<EngineReport, RunFailure>) {
        let report = match ended {
            Ok(report) => Some(report),
            Err(failure) => failure.partial(),
        };
        if let Some(report) = report {
            self.own.try_update_value(|own| own.raw_report = report.raw.clone());
            self.report.set(Some(report.view.clone()));
        }
        if let Err(failure) = ended {
            self.failure.set(Some(Arc::new(failure.clone())));
        }
        self.state.set(if ended.is_ok() { RunState::Done } else { RunState::Failed });
    }

    fn abort(self) {
        if let Some(Some(stop)) = self.own.try_with_value(|own| own.stop.clone()) {
            stop.abort();
        }
    }

    async fn publish_when_shown(self, state: RunState) {
        // Effects run on the next tick; what they start runs on the one after.
        tick().await;
        tick().await;
        self.publish(state);
    }

    fn publish(self, state: RunState) {
        self.own.try_update_value(|own| own.published = state);
        if let Some(html) = js::document().and_then(|document| document.document_element()) {
            let _ = html.set_attribute(STATE_ATTRIBUTE, state.word());
        }
    }
}

/// Fills in the default target and finds what cannot be run before anything is requested.
async fn prepare(request: &mut Request) -> Result<(), RunFailure> {
    // Firefox gives requests made inside an input handler extra connections: a run starts in a later task.
    js::later_task(0).await;
    let problems = request.scenario().problems();
    if !problems.is_empty() {
        return Err(RunFailure::BadScenario(problems.iter().map(ToString::to_string).collect()));
    }
    if request.url().is_empty() {
        request.set_url(default_target().await.ok_or(RunFailure::NoTarget)?);
    }
    url_check::check(request.url(), &js::base_uri()).map(|_| ()).map_err(RunFailure::BadUrl)
}
