//! The run: the one place that knows whether there is one, how far it is and what came of it.

use crate::{
    engine::{Engine, EngineReport, Watch},
    js,
    run::{
        default_target::default_target,
        failure::RunFailure,
        frames::{Batch, Frames},
        request::Request,
        state::RunState,
        url_check,
    },
};
use fetchmark_core::{
    progress::{FinishedRound, Progress},
    report::Report,
    scenario::Scenario,
};
use leptos::{prelude::*, task::tick};
use std::{cell::Cell, rc::Rc, sync::Arc};
use wasm_bindgen::JsValue;
use web_sys::AbortController;

/// The attribute of `<html>` that tells the state.
const STATE_ATTRIBUTE: &str = "data-run-state";

/// The run. Copies are the same run; it belongs to the app's root and ends with it.
///
/// It is one value behind two triggers rather than a signal per field: each type of signal costs the page a kilobyte
/// or two, and each signal a closure holds makes it longer.
#[derive(Clone, Copy)]
pub struct RunStore(StoredValue<Run, LocalStorage>);

struct Run {
    engine: Rc<dyn Engine>,
    stop: Option<AbortController>,
    state: RunState,
    published: RunState,
    is_stopping: bool,
    scenario: Option<Arc<Scenario>>,
    report: Option<EngineReport>,
    /// Whether that report was opened and not measured.
    is_opened: bool,
    failure: Option<Arc<RunFailure>>,
    /// Fires when any of the fields above changes.
    changed: ArcTrigger,
    progress: Option<Progress>,
    rounds: Vec<FinishedRound>,
    /// Fires when one of the two fields above changes.
    progressed: ArcTrigger,
    /// Fires between blocks, when no round is disturbed by what is drawn.
    paused: ArcTrigger,
    /// Parts of the report that are still to be drawn.
    drawing: Rc<Cell<u32>>,
}

/// A part of the report that is still to be drawn, until this is dropped.
pub struct Drawing(Rc<Cell<u32>>);

impl Drop for Drawing {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl RunStore {
    /// No run yet, with this engine to make one. Call it at the app's root.
    pub fn new(engine: Rc<dyn Engine>) -> Self {
        let store = Self(StoredValue::new_local(Run {
            engine,
            stop: None,
            state: RunState::Idle,
            published: RunState::Idle,
            is_stopping: false,
            scenario: None,
            report: None,
            is_opened: false,
            failure: None,
            changed: ArcTrigger::new(),
            progress: None,
            rounds: Vec::new(),
            progressed: ArcTrigger::new(),
            paused: ArcTrigger::new(),
            drawing: Rc::default(),
        }));
        on_cleanup(move || store.abort());
        store
    }

    /// Tells programs that the page is ready once it is shown, unless it says something else by then: a script may have begun a run.
    pub async fn be_ready_when_shown(self) {
        shown().await;
        if self.0.try_with_value(|run| run.state) == Some(RunState::Idle) {
            self.publish(RunState::Idle);
        }
    }

    /// Whether a run is under way.
    pub fn is_running(self) -> bool {
        self.state() == RunState::Running
    }

    /// The same outside of views.
    pub fn is_running_now(self) -> bool {
        self.0.try_with_value(|run| run.state) == Some(RunState::Running)
    }

    /// Where the page is with its run, as views see it.
    pub fn state(self) -> RunState {
        self.read(|run| run.state)
    }

    /// Whether Stop was asked for and the engine has not answered yet.
    pub fn is_stopping(self) -> bool {
        self.read(|run| run.is_stopping)
    }

    /// What the running or finished run was asked for.
    pub fn scenario(self) -> Option<Arc<Scenario>> {
        self.read(|run| run.scenario.clone())
    }

    /// What came of it.
    pub fn report(self) -> Option<Arc<Report>> {
        self.engine_report().map(|report| report.report)
    }

    /// The same with the value that scripts and files get.
    pub fn engine_report(self) -> Option<EngineReport> {
        self.read(|run| run.report.clone())
    }

    /// Whether that report was opened and not measured here and now.
    pub fn is_opened(self) -> bool {
        self.read(|run| run.is_opened)
    }

    /// Why there is no report.
    pub fn failure(self) -> Option<Arc<RunFailure>> {
        self.read(|run| run.failure.clone())
    }

    /// How far the run is.
    pub fn progress(self) -> Option<Progress> {
        self.0.with_value(|run| {
            run.progressed.track();
            run.progress.clone()
        })
    }

    /// The same outside of views.
    pub fn progress_now(self) -> Option<Progress> {
        self.0.try_with_value(|run| run.progress.clone()).flatten()
    }

    /// The latest finished round.
    pub fn last_round(self) -> Option<FinishedRound> {
        self.0.with_value(|run| {
            run.progressed.track();
            run.rounds.last().copied()
        })
    }

    /// Reads the rounds finished so far; again between two blocks, and not while one is measured.
    pub fn with_rounds<T>(self, read: impl FnOnce(&[FinishedRound]) -> T) -> T {
        self.0.with_value(|run| {
            run.paused.track();
            read(&run.rounds)
        })
    }

    /// Announces a part that will be drawn in a later task: until then the page does not say that it shows the report.
    pub fn begin_drawing(self) -> Drawing {
        let drawing = self.0.try_with_value(|run| run.drawing.clone()).unwrap_or_default();
        drawing.set(drawing.get() + 1);
        Drawing(drawing)
    }

    /// The state as programs see it: it changes after the page shows what belongs to it.
    pub fn published(self) -> RunState {
        self.0.try_with_value(|run| run.published).unwrap_or(RunState::Idle)
    }

    /// The report as the engine gave it; null if there is none.
    pub fn raw_report(self) -> JsValue {
        let raw = |run: &Run| run.report.as_ref().map(|report| report.raw.clone());
        self.0.try_with_value(raw).flatten().unwrap_or(JsValue::NULL)
    }

    /// Asks the engine to stop; the run ends with a report of what was finished.
    pub fn stop(self) {
        if self.is_running_now() {
            self.change(|run| run.is_stopping = true);
            self.abort();
        }
    }

    /// Shows a report that was measured earlier; not while a run is under way, and says whether.
    pub async fn show(self, report: EngineReport) -> bool {
        if self.is_running_now() {
            return false;
        }
        self.change(|run| {
            (run.report, run.is_opened) = (Some(report), true);
            run.failure = None;
            run.state = RunState::Done;
        });
        self.publish_when_shown(RunState::Done).await;
        true
    }

    /// Shows that there will be no run, and why.
    pub async fn refuse(self, failure: RunFailure) {
        self.change(|run| {
            run.failure = Some(Arc::new(failure));
            run.state = RunState::Failed;
        });
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
        let state = if ended.is_ok() { RunState::Done } else { RunState::Failed };
        self.change(|run| {
            run.state = state;
            run.report = match &ended {
                Ok(report) => Some(report.clone()),
                Err(failure) => failure.partial().cloned(),
            };
            run.failure = ended.as_ref().err().map(|failure| Arc::new(failure.clone()));
        });
        self.publish_when_shown(state).await;
        ended.map(|report| report.raw)
    }

    fn begin(self) -> Option<AbortController> {
        let stop = AbortController::new().ok();
        self.change(|run| {
            run.stop.clone_from(&stop);
            run.state = RunState::Running;
            run.is_stopping = false;
            (run.scenario, run.report, run.failure) = (None, None, None);
            run.is_opened = false;
            run.progress = None;
            run.rounds.clear();
        });
        self.publish(RunState::Running);
        stop
    }

    async fn measure(
        self,
        request: Request,
        stop: Option<AbortController>,
    ) -> Result<EngineReport, RunFailure> {
        let engine = self.0.try_with_value(|run| run.engine.clone());
        // Without an engine the page is gone, and without AbortController there was no WebAssembly either.
        let (Some(engine), Some(stop)) = (engine, stop) else {
            return Err(RunFailure::NotLoaded("AbortController".to_owned()));
        };
        self.change(|run| run.scenario = Some(Arc::new(request.scenario().clone())));
        let frames = Frames::new(move |batch| self.show_progress(batch));
        let (gathering, pausing) = (frames.clone(), frames.clone());
        let watch = Watch {
            on_progress: Box::new(move |progress| gathering.push(progress)),
            between_blocks: Box::new(move || {
                pausing.flush();
                self.show_rounds();
            }),
        };
        let ended = engine.run(&request, watch, &stop.signal()).await;
        frames.flush();
        ended
    }

    fn show_progress(self, batch: Batch) {
        let progressed = self.0.try_update_value(|run| {
            run.rounds.extend(batch.rounds);
            run.progress = batch.progress;
            run.progressed.clone()
        });
        if let Some(progressed) = progressed {
            progressed.notify();
        }
    }

    fn show_rounds(self) {
        if let Some(paused) = self.0.try_with_value(|run| run.paused.clone()) {
            paused.notify();
        }
    }

    fn abort(self) {
        if let Some(Some(stop)) = self.0.try_with_value(|run| run.stop.clone()) {
            stop.abort();
        }
    }

    fn read<T>(self, read: impl FnOnce(&Run) -> T) -> T {
        self.0.with_value(|run| {
            run.changed.track();
            read(run)
        })
    }

    /// Changes the run and tells the views; nothing once the page is gone.
    fn change(self, change: impl FnOnce(&mut Run)) {
        let changed = self.0.try_update_value(|run| {
            change(run);
            run.changed.clone()
        });
        if let Some(changed) = changed {
            changed.notify();
        }
    }

    async fn publish_when_shown(self, state: RunState) {
        shown().await;
        let drawing = self.0.try_with_value(|run| run.drawing.clone()).unwrap_or_default();
        while drawing.get() > 0 {
            js::later_task(0).await;
        }
        // Another run may have begun meanwhile.
        if self.0.try_with_value(|run| run.state) == Some(state) {
            self.publish(state);
        }
    }

    /// Tells programs where the page is with its run.
    fn publish(self, state: RunState) {
        // A page that is gone says nothing about the one in its place.
        if self.0.try_update_value(|run| run.published = state).is_none() {
            return;
        }
        if let Some(html) = js::document().and_then(|document| document.document_element()) {
            let _ = html.set_attribute(STATE_ATTRIBUTE, state.word());
        }
    }
}

/// Resolves when what signals changed is in the page. Effects run on the next tick; what they start runs on the one after.
async fn shown() {
    tick().await;
    tick().await;
}

/// Fills in the default target and finds what cannot be run before anything is requested.
async fn prepare(request: &mut Request) -> Result<(), RunFailure> {
    // Firefox gives requests made inside an input handler extra connections: a run starts in a later task.
    js::later_task(0).await;
    let problems = request.scenario().problems();
    if !problems.is_empty() {
        return Err(RunFailure::BadScenario(problems));
    }
    if request.url().is_empty() {
        request.set_url(default_target().await.ok_or(RunFailure::NoTarget)?);
    }
    url_check::check(request.url(), &js::base_uri()).map(|_| ()).map_err(RunFailure::BadUrl)
}
