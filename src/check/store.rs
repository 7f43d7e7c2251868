//! The check of the target: whether there is one, and what came of it.

use crate::{
    engine::Engine,
    form::model::Form,
    js,
    run::{default_target::default_target, failure::RunFailure, store::RunStore, url_check},
};
use fetchmark_core::{server_lines::Server, target::Target, target_check::TargetCheck};
use leptos::prelude::*;
use std::{rc::Rc, sync::Arc};
use web_sys::AbortController;

/// The check. Copies are the same check; it belongs to the app's root and ends with it.
#[derive(Clone, Copy)]
pub struct CheckStore(StoredValue<Check, LocalStorage>);

/// How far a check is.
#[derive(Clone, Debug)]
pub enum CheckState {
    /// None was asked for, or it is no longer of what the form says.
    Unasked,
    /// It is under way.
    Asking,
    /// It is done.
    Done(Arc<TargetCheck>),
    /// It could not be made.
    Failed(Arc<RunFailure>),
}

struct Check {
    engine: Rc<dyn Engine>,
    abort: Option<AbortController>,
    /// What is checked, as the form has it.
    of: Target,
    state: CheckState,
    /// Whose lines are shown. It outlives the check: who has one server has it the next time, too.
    server: Server,
    /// Fires when another server is chosen: the panel stays as it is, its lines change.
    chosen: ArcTrigger,
    /// Fires when anything else changes.
    changed: ArcTrigger,
}

impl CheckStore {
    /// No check yet, with this engine to make one. Call it at the app's root. A check ends where the form asks for
    /// something else, and where a run begins.
    pub fn new(engine: Rc<dyn Engine>, form: Form, store: RunStore) -> Self {
        let check = Self(StoredValue::new_local(Check {
            engine,
            abort: None,
            of: Target::default(),
            state: CheckState::Unasked,
            server: Server::Nginx,
            chosen: ArcTrigger::new(),
            changed: ArcTrigger::new(),
        }));
        Effect::new(move || {
            let (target, is_running) = (form.target_to_check(), store.is_running());
            let is_over = |check: &Check| check.of != target || (is_running && check.abort.is_some());
            // Headers that cannot be read are not what was checked either.
            if form.headers_problem().is_some() || check.0.with_value(is_over) {
                check.forget();
            }
        });
        on_cleanup(move || check.forget());
        check
    }

    /// How far it is.
    pub fn state(self) -> CheckState {
        self.0.with_value(|check| {
            check.changed.track();
            check.state.clone()
        })
    }

    /// Whether it is under way.
    pub fn is_asking(self) -> bool {
        matches!(self.state(), CheckState::Asking)
    }

    /// The server whose lines are shown.
    pub fn server(self) -> Server {
        self.0.with_value(|check| {
            check.chosen.track();
            check.server
        })
    }

    /// Shows another server's lines.
    pub fn choose_server(self, server: Server) {
        let chosen = self.0.try_update_value(|check| {
            check.server = server;
            check.chosen.clone()
        });
        if let Some(chosen) = chosen {
            chosen.notify();
        }
    }

    /// Checks a target; another check under way ends.
    pub fn ask(self, target: Target) {
        self.forget();
        // A browser without it has no WebAssembly either.
        let Ok(abort) = AbortController::new() else { return };
        let signal = abort.signal();
        self.change(|check| {
            check.of.clone_from(&target);
            check.abort = Some(abort);
            check.state = CheckState::Asking;
        });
        let Some(engine) = self.0.try_with_value(|check| check.engine.clone()) else { return };
        js::spawn(async move {
            let ended = match prepare(target).await {
                Ok(target) if !signal.aborted() => engine.check(&target, &signal).await,
                Ok(_) => return,
                Err(failure) => Err(failure),
            };
            if !signal.aborted() {
                self.change(|check| {
                    check.abort = None;
                    check.state = match ended {
                        Ok(found) => CheckState::Done(Arc::new(found)),
                        Err(failure) => CheckState::Failed(Arc::new(failure)),
                    };
                });
            }
        });
    }

    /// Ends the check, and shows none.
    pub fn forget(self) {
        let is_there = |check: &Check| !matches!(check.state, CheckState::Unasked);
        if self.0.try_with_value(is_there) != Some(true) {
            return;
        }
        self.change(|check| {
            if let Some(abort) = check.abort.take() {
                abort.abort();
            }
            check.state = CheckState::Unasked;
        });
    }

    fn change(self, change: impl FnOnce(&mut Check)) {
        let changed = self.0.try_update_value(|check| {
            change(check);
            check.changed.clone()
        });
        if let Some(changed) = changed {
            changed.notify();
        }
    }
}

/// Fills in the default target, and finds an address that is none.
async fn prepare(mut target: Target) -> Result<Target, RunFailure> {
    if target.url.is_empty() {
        target.url = default_target().await.ok_or(RunFailure::NoTarget)?;
    }
    url_check::check(&target.url, &js::base_uri()).map_err(RunFailure::BadUrl)?;
    Ok(target)
}
