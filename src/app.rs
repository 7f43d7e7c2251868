//! The page as a whole: what belongs to it for its lifetime, and its parts in reading order.

use crate::{
    components::{classed, footer, header, outcome, param_errors, run_panel, what_form},
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

/// The id of the page's main part.
const MAIN: &str = "main";

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
) -> impl IntoView {
    provide_context(text);
    provide_context(Numbers::new(text.tag));
    let (params, errors) = match params::parse(&query) {
        Ok(params) => (params, Vec::new()),
        Err(errors) => (Params::default(), errors.iter().map(ToString::to_string).collect()),
    };
    let autorun = params.autorun;
    let form = Form::new(params);
    let store = RunStore::new(engine.clone());
    let errors_shown = RwSignal::new(errors);
    global_api::provide(store, form, text);
    keep_link(form, errors_shown);
    begin(store, form, !errors_shown.with_untracked(Vec::is_empty), autorun, engine);

    let main = classed("main", "page")
        .set("id", MAIN)
        .set("tabindex", "-1")
        .child(param_errors(errors_shown))
        .child(what_form(form, store))
        .child(run_panel(store))
        .child(outcome(store, form));
    let skip = classed("a", "skip").set("href", &format!("#{MAIN}")).text(text.skip);
    view! { {AnyView::from(skip)} {AnyView::from(header())} {AnyView::from(main)} {AnyView::from(footer())} }
}

/// Writes the link back after each edit, which also makes what was wrong with the old link a thing of the past.
fn keep_link(form: Form, errors_shown: RwSignal<Vec<String>>) {
    Effect::new(move || {
        let params = form.params();
        if form.edits() > 0 {
            link::replace(&params);
            errors_shown.set(Vec::new());
        }
    });
}

/// What happens without a gesture: a link's errors end in `failed`, `autorun` starts, and else the engine is warmed up.
fn begin(store: RunStore, form: Form, is_bad: bool, autorun: bool, engine: Rc<dyn Engine>) {
    let request = untrack(move || form.request());
    spawn_local(async move {
        if is_bad {
            store.refuse(RunFailure::BadLink).await;
        } else if autorun {
            // The page shows how it ended.
            let _ = store.run_if_ok(request).await;
            return;
        }
        js::idle().await;
        engine.warm_up();
    });
}
