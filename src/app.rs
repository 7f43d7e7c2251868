//! The page as a whole: what belongs to it for its lifetime, and its parts in reading order.

use crate::{
    components::{Footer, Header, Outcome, ParamErrors, RunPanel, WhatForm},
    engine::Engine,
    form::Form,
    global_api, js, link,
    numbers::Numbers,
    run_failure::RunFailure,
    run_store::RunStore,
    text::{EN, Text},
};
use fetchmark_core::params::{self, Params};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// The page.
#[component]
pub fn App(
    /// What measures.
    engine: Rc<dyn Engine>,
    /// The query of the address the page was opened with.
    query: String,
    /// The language.
    #[prop(default = &EN)]
    text: &'static Text,
) -> AnyView {
    provide_context(text);
    provide_context(Numbers::new(text.tag));
    let (params, errors) = match params::parse(&query) {
        Ok(params) => (params, Vec::new()),
        Err(errors) => (Params::default(), errors.iter().map(ToString::to_string).collect()),
    };
    let autorun = params.autorun;
    let form = Form::new(params);
    let store = RunStore::new(engine.clone());
    let param_errors = RwSignal::new(errors);
    global_api::provide(store, form, text);
    keep_link(form, param_errors);
    begin(store, form, !param_errors.with_untracked(Vec::is_empty), autorun, engine);

    view! {
        <a class="skip" href="#main">{text.skip}</a>
        <Header />
        <main id="main" tabindex="-1" class="page">
            <ParamErrors errors=param_errors />
            <WhatForm form store />
            <RunPanel store />
            <Outcome store form />
        </main>
        <Footer />
    }
    .into_any()
}

/// Writes the link back after each edit, which also makes what was wrong with the old link a thing of the past.
fn keep_link(form: Form, param_errors: RwSignal<Vec<String>>) {
    Effect::new(move || {
        let params = form.params();
        if form.edits() > 0 {
            link::replace(&params);
            param_errors.set(Vec::new());
        }
    });
}

/// What happens without a gesture: a link's errors end in `failed`, `autorun` starts, and else the engine is warmed up.
fn begin(store: RunStore, form: Form, is_bad: bool, autorun: bool, engine: Rc<dyn Engine>) {
    let scenario = untrack(move || form.scenario());
    spawn_local(async move {
        if is_bad {
            store.refuse(RunFailure::BadLink).await;
        } else if autorun {
            // The page shows how it ended.
            let _ = store.run(scenario).await;
            return;
        }
        js::idle().await;
        engine.warm_up();
    });
}
