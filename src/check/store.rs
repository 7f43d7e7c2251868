use crate::{
    engine::Engine,
    form::model::Form,
    js,
    run::{default_target::default_target, failure::RunFailure, store::RunStore, url_check},
};
use fetchmark_core::{
    request::target::Target,
    target_check::{TargetCheck, server_lines::Server},
};
use leptos::prelude::*;
use std::{rc::Rc, sync::Arc};
use web_sys::AbortController;

/// The check. Copies are the same check; it belongs to the app's root and ends with it.
#[derive(Clone, Copy)]
pub struct CheckStore {
    pub state: RwSignal<CheckState, LocalStorage>,
    /// The server whose lines are shown. It outlives the check: who has one server has it the next time, too.
    pub server: RwSignal<Server>,
    engine: StoredValue<Rc<dyn Engine>, LocalStorage>,
    /// The check under way, and what ends it.
    abort: StoredValue<Option<AbortController>, LocalStorage>,
    /// What is checked, as the form has it, by label.
    targets: StoredValue<Vec<(String, Target)>>,
}

/// How far a check is.
#[derive(Clone, Debug)]
pub enum CheckState {
    /// None was asked for, or it is no longer of what the form says.
    Unasked,
    /// It is under way: of the target with this label, which is empty where there is one target.
    Asking(String),
    Over(Arc<Vec<Checked>>),
}

#[derive(Debug)]
pub struct Checked {
    /// Its label; empty where there is one target.
    pub label: String,
    pub target: Target,
    pub found: Result<TargetCheck, RunFailure>,
}

impl CheckStore {
    /// No check yet, with this engine to make one. Call it at the app's root. A check ends where the form asks for
    /// something else, and where a run begins.
    pub fn new(engine: Rc<dyn Engine>, form: Form, store: RunStore) -> Self {
        let check = Self {
            state: RwSignal::new_local(CheckState::Unasked),
            server: RwSignal::new(Server::Nginx),
            engine: StoredValue::new_local(engine),
            abort: StoredValue::new_local(None),
            targets: StoredValue::new(Vec::new()),
        };
        Effect::new(move || {
            let is_of_another = form.targets_to_check() != check.targets.get_value();
            let is_disturbing = store.is_running() && check.abort.with_value(Option::is_some);
            // Headers that cannot be read are not what was checked either.
            if form.headers_problem().is_some() || is_of_another || is_disturbing {
                check.forget();
            }
        });
        on_cleanup(move || check.forget());
        check
    }

    /// Checks targets, one after another; another check under way ends.
    pub fn ask(self, targets: Vec<(String, Target)>) {
        self.forget();
        // A browser without it has no WebAssembly either.
        let Ok(abort) = AbortController::new() else { return };
        let signal = abort.signal();
        self.targets.set_value(targets.clone());
        self.abort.set_value(Some(abort));
        let engine = self.engine.get_value();
        js::spawn(async move {
            let mut checked = Vec::new();
            for (label, target) in targets {
                self.state.set(CheckState::Asking(label.clone()));
                let found = match prepare(&target).await {
                    Ok(target) if !signal.aborted() => engine.check(&target, &signal).await,
                    Ok(_) => return,
                    Err(failure) => Err(failure),
                };
                if signal.aborted() {
                    return;
                }
                checked.push(Checked { label, target, found });
            }
            self.abort.set_value(None);
            self.state.set(CheckState::Over(Arc::new(checked)));
        });
    }

    /// Ends the check, and shows none. Nothing happens once the page is gone.
    pub fn forget(self) {
        if let Some(Some(abort)) = self.abort.try_update_value(Option::take) {
            abort.abort();
        }
        if self.state.try_with_untracked(|state| matches!(state, CheckState::Unasked)) == Some(false) {
            self.state.set(CheckState::Unasked);
        }
    }
}

/// Fills in the default target, and finds an address that is none.
async fn prepare(target: &Target) -> Result<Target, RunFailure> {
    let mut target = target.clone();
    if target.url.is_empty() {
        target.url = default_target().await.ok_or(RunFailure::NoTarget)?;
    }
    url_check::check(&target.url, &js::base_uri()).map_err(RunFailure::BadUrl)?;
    Ok(target)
}
