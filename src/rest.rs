//! The rest of the page: running, what came of it, the check of the target, reports, and the page for scripts. Nothing of it is
//! needed to show the form, so that it is loaded after it ([`crate::later`]); whoever needs it asks for a [`Rest`].

use crate::{
    app::{Begins, MAIN},
    check_store::CheckStore,
    components::{
        El, classed, explanation, from_file, kept_reports, open_dropped_files, option_fields, outcome,
        param_errors, run_panel, target_check,
    },
    desk::Desk,
    engine::{BrowserEngine, Engine},
    form::Form,
    global_api, in_view, js,
    later::Later,
    link,
    request::Request,
    run_failure::RunFailure,
    run_store::{Drawing, RunStore},
    step::Step,
    text::Start,
};
use fetchmark_core::params::Params;
use leptos::prelude::*;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// What the rest of the page does for the form.
pub trait Rest {
    /// Runs what the form asks for; the page shows how it ends.
    fn run(&self);

    /// Checks the form's target.
    fn check(&self);

    /// What a check found.
    fn found(&self) -> El;

    /// What a page from a file may reach; nothing where a server sent it.
    fn notice_of_file(&self) -> El;

    /// What is wrong with the link.
    fn link_errors(&self) -> El;

    /// What the two factors are.
    fn explanation(&self) -> El;

    /// The fields behind the fold of the form.
    fn option_fields(&self) -> El;

    /// What stands below the form: the run, what came of it, and the reports kept.
    fn below(&self) -> El;

    /// Says that the page is ready, and does what the address asks for without a gesture. Call it once, when all is to be shown.
    fn begin(&self);
}

/// What the rest of the page belongs to.
#[derive(Clone)]
pub struct Page {
    /// The form.
    pub form: Form,
    /// The run.
    pub store: RunStore,
    /// The language.
    pub current: RwSignal<&'static Start>,
    /// What measures; the engine beside the page unless another is given.
    pub engine: Option<Rc<dyn Engine>>,
    /// What happens first.
    pub begins: Begins,
    /// What the address asked for: the form may have been changed since.
    pub asked: Rc<Params>,
}

/// Makes the rest of a page. Call it once, under the page's owner.
pub type Make = fn(Page, Later) -> Rc<dyn Rest>;

struct Whole {
    later: Later,
    form: Form,
    store: RunStore,
    check: CheckStore,
    desk: Desk,
    engine: Rc<dyn Engine>,
    begins: Begins,
    asked: Rc<Params>,
    /// Until all is shown.
    drawing: Cell<Option<Drawing>>,
}

/// [`Make`].
pub fn make(page: Page, later: Later) -> Rc<dyn Rest> {
    let Page { form, store, current, engine, begins, asked } = page;
    let engine = engine.unwrap_or_else(|| Rc::new(BrowserEngine));
    store.measure_with(engine.clone());
    let drawing = store.begin_drawing();
    let check = CheckStore::new(engine.clone(), form, store);
    let desk = Desk::new(store, form);
    desk.follow();
    open_dropped_files(desk);
    open_links(desk, begins == Begins::Idle);
    global_api::provide(store, form, current);
    Effect::new(move || {
        if form.is_edited() {
            link::replace(&form.params(), form.is_only_reworded());
        }
    });
    follow_history(form, later);
    stop_by_key(store);
    skip_in_place();
    Rc::new(Whole {
        later,
        form,
        store,
        check,
        desk,
        engine,
        begins,
        asked,
        drawing: Cell::new(Some(drawing)),
    })
}

impl Rest for Whole {
    fn run(&self) {
        let (request, params) = untrack(|| (self.form.request(), self.form.params()));
        // What could not be read of the page's own link is left behind with it.
        self.form.accept_link();
        link::keep(&params);
        in_view::run(self.store, request);
    }

    fn check(&self) {
        self.check.ask(untrack(|| self.form.target_to_check()));
    }

    fn found(&self) -> El {
        target_check(self.form, self.check)
    }

    fn notice_of_file(&self) -> El {
        classed("div", "bare").children(from_file(self.form))
    }

    fn link_errors(&self) -> El {
        param_errors(self.form)
    }

    fn explanation(&self) -> El {
        explanation()
    }

    fn option_fields(&self) -> El {
        option_fields(self.form, self.later)
    }

    fn below(&self) -> El {
        let desk = self.desk;
        classed("div", "bare")
            .child(run_panel(self.store))
            .child(self.later.part(Step::Outcome, move || outcome(desk)))
            .child(self.later.part(Step::Kept, move || kept_reports(desk)))
    }

    fn begin(&self) {
        let (begins, store, form, asked) = (self.begins, self.store, self.form, self.asked.clone());
        let (engine, drawing) = (self.engine.clone(), self.drawing.take());
        js::spawn(async move {
            store.be_ready_when_shown(drawing).await;
            match begins {
                // Whoever has changed the settings meanwhile, or runs them, has left the link behind.
                Begins::Refused if !form.link_errors().is_empty() && !store.is_running_now() => {
                    store.refuse(RunFailure::BadLink).await;
                }
                Begins::Refused => {}
                Begins::Running => {
                    link::keep(&asked);
                    run(store, Request::of(asked.scenario.clone()));
                }
                Begins::Idle => {
                    js::idle().await;
                    // A run that was asked for meanwhile loads it, and is not to be disturbed.
                    if !store.is_running_now() {
                        engine.warm_up();
                    }
                }
            }
        });
    }
}

fn run(store: RunStore, request: Result<Request, RunFailure>) {
    js::spawn(async move {
        // The page shows how it ended.
        let _ = store.run_if_ok(request).await;
    });
}

/// Back and forward lead to the settings of earlier runs.
fn follow_history(form: Form, later: Later) {
    let listener = window_event_listener_untyped("popstate", move |_| {
        let query = js::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
        let (params, errors) = link::settings(&query);
        // A step within the page, as to its main part, is none of the settings.
        if errors.is_empty() && params == untrack(move || form.params()) {
            return;
        }
        later.speak(crate::language(&query));
        form.go_to(params, errors);
    });
    on_cleanup(move || listener.remove());
}

/// Escape stops a run, unless it closes something else.
fn stop_by_key(store: RunStore) {
    let listener = window_event_listener_untyped("keydown", move |event| {
        let key = js::property(&event, "key").and_then(|key| key.as_string());
        // Escape may also end the composing of a syllable.
        let is_composing =
            js::property(&event, "isComposing").is_some_and(|is_composing| is_composing == true);
        if key.as_deref() == Some("Escape") && !is_composing && !event.default_prevented() {
            store.stop();
        }
    });
    on_cleanup(move || listener.remove());
}

/// The link past the page's head leads there without a step of the history: the address may hold a report.
fn skip_in_place() {
    let listener = window_event_listener_untyped("click", move |event| {
        let is_skip = js::property(&event, "target")
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| target.class_list().contains("skip"));
        if is_skip {
            event.prevent_default();
            js::focus(MAIN);
        }
    });
    on_cleanup(move || listener.remove());
}

/// A report that the address holds is opened: at once, unless something else is to happen, and when such an address is pasted.
fn open_links(desk: Desk, is_at_once: bool) {
    if is_at_once {
        js::spawn(desk.open_link());
    }
    let listener = window_event_listener_untyped("hashchange", move |_| {
        if !desk.store.is_running_now() {
            js::spawn(desk.open_link());
        }
    });
    on_cleanup(move || listener.remove());
}
