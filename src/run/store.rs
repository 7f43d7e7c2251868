//! The run: the one place that knows whether there is one, how far it is and what came of it.

use crate::{
    engine::{Engine, EngineReport, Watch},
    js,
    run::{default_target::default_target, failure::RunFailure, far, request::Request, url_check},
};
use fetchmark_core::{
    report::Report,
    run::progress::{Progress, Standing},
    scenario::Scenario,
};
use js_sys::Date;
use leptos::{prelude::*, task::tick};
use std::{cell::Cell, mem, rc::Rc, sync::Arc, time::Duration};
use wasm_bindgen::JsValue;
use web_sys::AbortController;

/// The attribute of `<html>` that tells the state.
const STATE_ATTRIBUTE: &str = "data-run-state";

/// Between two blocks, progress and ranking are drawn at most so often: drawing takes time from what is measured.
const DRAWN_EACH: Duration = Duration::from_millis(400);

/// The same while a round is under way.
const DRAWN_EACH_IN_ROUND: Duration = Duration::from_secs(1);

/// Where the page is with its run. The words are those of `fetchmark.state` and `data-run-state`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunState {
    /// None yet.
    #[default]
    Idle,
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

/// The run. Copies are the same run; it belongs to the app's root and ends with it.
#[derive(Clone, Copy)]
pub struct RunStore {
    engine: StoredValue<Rc<dyn Engine>, LocalStorage>,
    run: RwSignal<Run, LocalStorage>,
    progress: RwSignal<Option<Progress>>,
    /// How the rows stand. It changes between blocks, when no round is disturbed by what is drawn.
    standings: RwSignal<Vec<Standing>>,
    /// The state that was published last.
    published: StoredValue<RunState>,
    /// Parts of the report that are still to be drawn.
    drawing: StoredValue<Rc<Cell<u32>>, LocalStorage>,
}

/// A run as views see it.
#[derive(Default)]
struct Run {
    state: RunState,
    /// What ends it; asked for already if `is_stopping`.
    stop: Option<AbortController>,
    is_stopping: bool,
    scenario: Option<Arc<Scenario>>,
    report: Option<EngineReport>,
    /// Whether that report was opened and not measured.
    is_opened: bool,
    failure: Option<Arc<RunFailure>>,
}

/// A part of the report that is still to be drawn, until this is dropped.
pub struct Drawing(Rc<Cell<u32>>);

impl Drop for Drawing {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

/// When progress was last drawn, in ms by the wall clock.
#[derive(Default)]
struct Drawn {
    any_ms: Cell<f64>,
    after_block_ms: Cell<f64>,
}

impl Drawn {
    /// Whether this was so long ago; then it is now.
    fn is_due(&self, last_ms: &Cell<f64>, pause: Duration) -> bool {
        let now_ms = Date::now();
        // The clock may be set back.
        let is_due = (now_ms - last_ms.get()).abs() >= pause.as_millis() as f64;
        if is_due {
            last_ms.set(now_ms);
            self.any_ms.set(now_ms);
        }
        is_due
    }
}

impl RunStore {
    /// No run yet, with this engine to make one. Call it at the app's root.
    pub fn new(engine: Rc<dyn Engine>) -> Self {
        let store = Self {
            engine: StoredValue::new_local(engine),
            run: RwSignal::new_local(Run::default()),
            progress: RwSignal::new(None),
            standings: RwSignal::new(Vec::new()),
            published: StoredValue::new(RunState::Idle),
            drawing: StoredValue::new_local(Rc::default()),
        };
        on_cleanup(move || store.abort());
        store
    }

    /// Tells programs that the page is ready once it is shown, unless it says something else by then: a script may have begun a run.
    pub async fn be_ready_when_shown(self) {
        shown().await;
        if self.state_now() == Some(RunState::Idle) {
            self.publish(RunState::Idle);
        }
    }

    pub fn is_running(self) -> bool {
        self.state() == RunState::Running
    }

    /// The same outside of views.
    pub fn is_running_now(self) -> bool {
        self.state_now() == Some(RunState::Running)
    }

    pub fn state(self) -> RunState {
        self.run.with(|run| run.state)
    }

    /// The same outside of views; `None` once the page is gone.
    fn state_now(self) -> Option<RunState> {
        self.run.try_with_untracked(|run| run.state)
    }

    /// Whether Stop was asked for and the engine has not answered yet.
    pub fn is_stopping(self) -> bool {
        self.run.with(|run| run.is_stopping)
    }

    /// What the running or finished run was asked for.
    pub fn scenario(self) -> Option<Arc<Scenario>> {
        self.run.with(|run| run.scenario.clone())
    }

    pub fn report(self) -> Option<Arc<Report>> {
        self.engine_report().map(|report| report.report)
    }

    /// The same with the value that scripts and files get.
    pub fn engine_report(self) -> Option<EngineReport> {
        self.run.with(|run| run.report.clone())
    }

    /// Whether that report was opened and not measured here and now.
    pub fn is_opened(self) -> bool {
        self.run.with(|run| run.is_opened)
    }

    pub fn failure(self) -> Option<Arc<RunFailure>> {
        self.run.with(|run| run.failure.clone())
    }

    pub fn progress(self) -> Option<Progress> {
        self.progress.get()
    }

    /// The same outside of views.
    pub fn progress_now(self) -> Option<Progress> {
        self.progress.try_get_untracked().flatten()
    }

    /// How the rows stand so far; empty before the first block has ended.
    pub fn standings(self) -> Signal<Vec<Standing>> {
        self.standings.into()
    }

    /// Announces a part that will be drawn in a later task: until then the page does not say that it shows the report.
    pub fn begin_drawing(self) -> Drawing {
        let drawing = self.drawing.get_value();
        drawing.set(drawing.get() + 1);
        Drawing(drawing)
    }

    /// The state as programs see it: it changes after the page shows what belongs to it.
    pub fn published(self) -> RunState {
        self.published.try_get_value().unwrap_or_default()
    }

    /// The report as the engine gave it; null if there is none.
    pub fn raw_report(self) -> JsValue {
        let raw = |run: &Run| run.report.as_ref().map(|report| report.raw.clone());
        self.run.try_with_untracked(raw).flatten().unwrap_or(JsValue::NULL)
    }

    /// Asks the engine to stop; the run ends with a report of what was finished.
    pub fn stop(self) {
        if self.is_running_now() {
            self.run.update(|run| run.is_stopping = true);
            self.abort();
        }
    }

    /// Shows a report that was measured earlier; not while a run is under way, and says whether.
    pub async fn show(self, report: EngineReport) -> bool {
        if self.is_running_now() {
            return false;
        }
        self.run.try_update(|run| {
            (run.report, run.is_opened) = (Some(report), true);
            run.failure = None;
            run.state = RunState::Done;
        });
        self.publish_when_shown(RunState::Done).await;
        true
    }

    /// Shows that there will be no run, and why.
    pub async fn refuse(self, failure: RunFailure) {
        self.run.try_update(|run| {
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
        self.run.try_update(|run| {
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
        self.progress.set(None);
        self.standings.set(Vec::new());
        self.run.set(Run { state: RunState::Running, stop: stop.clone(), ..Run::default() });
        self.publish(RunState::Running);
        stop
    }

    async fn measure(
        self,
        request: Request,
        stop: Option<AbortController>,
    ) -> Result<EngineReport, RunFailure> {
        // Without an engine the page is gone, and without AbortController there was no WebAssembly either.
        let (Some(engine), Some(stop)) = (self.engine.try_get_value(), stop) else {
            return Err(RunFailure::NotLoaded("AbortController".to_owned()));
        };
        self.run.try_update(|run| run.scenario = Some(Arc::new(request.scenario().clone())));
        let latest = Rc::default();
        let drawn = Rc::<Drawn>::default();
        let draw_in_round = {
            let (latest, drawn) = (Rc::clone(&latest), Rc::clone(&drawn));
            move || {
                if drawn.is_due(&drawn.any_ms, DRAWN_EACH_IN_ROUND) {
                    self.show_progress(&latest);
                }
            }
        };
        // A round that hangs reports nothing further: what it reported last is still drawn.
        let timer = set_interval_with_handle(draw_in_round.clone(), DRAWN_EACH_IN_ROUND).ok();
        let (shown, after_block) = (Rc::clone(&latest), Rc::clone(&latest));
        let watch = Watch {
            on_progress: Box::new(move |progress| {
                latest.set(Some(progress));
                draw_in_round();
            }),
            between_blocks: Box::new(move || {
                if drawn.is_due(&drawn.after_block_ms, DRAWN_EACH) {
                    self.show_progress(&after_block);
                }
            }),
        };
        let ended = engine.run(&request, watch, &stop.signal()).await;
        if let Some(timer) = timer {
            timer.clear();
        }
        self.show_progress(&shown);
        Ok(ended?.at(far::of_run(request.scenario()).await))
    }

    fn show_progress(self, latest: &Cell<Option<Progress>>) {
        let Some(mut progress) = latest.take() else { return };
        // Only what is reported between two blocks has them.
        let standings = mem::take(&mut progress.standings);
        if !standings.is_empty() {
            self.standings.try_set(standings);
        }
        self.progress.try_set(Some(progress));
    }

    fn abort(self) {
        if let Some(Some(stop)) = self.run.try_with_untracked(|run| run.stop.clone()) {
            stop.abort();
        }
    }

    async fn publish_when_shown(self, state: RunState) {
        shown().await;
        let drawing = self.drawing.try_get_value().unwrap_or_default();
        while drawing.get() > 0 {
            js::later_task(0).await;
        }
        // Another run may have begun meanwhile.
        if self.state_now() == Some(state) {
            self.publish(state);
        }
    }

    /// Tells programs where the page is with its run.
    fn publish(self, state: RunState) {
        // A page that is gone says nothing about the one in its place.
        if self.published.try_set_value(state).is_some() {
            return;
        }
        if let Some(html) = document().document_element() {
            // Any text may be set.
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
    for url in request.urls_mut() {
        if url.is_empty() {
            *url = default_target().await.ok_or(RunFailure::NoTarget)?;
        }
        url_check::check(url, &js::base_uri()).map_err(RunFailure::BadUrl)?;
    }
    Ok(())
}
