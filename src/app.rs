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
use fetchmark_core::params::Params;
use leptos::prelude::*;
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
    let (params, errors) = match link::read(&query) {
        Ok(params) => (params, Vec::new()),
        Err(errors) => (Params::default(), errors.iter().map(ToString::to_string).collect()),
    };
    let begins = if !errors.is_empty() {
        Begins::Refused
    } else if params.autorun {
        Begins::Running
    } else {
        Begins::Idle
    };
    let form = Form::new(params, errors);
    let store = RunStore::new(engine.clone());
    global_api::provide(store, form, text);
    Effect::new(move || {
        if form.is_edited() {
            link::replace(&form.params());
        }
    });
    begin(begins, store, form, engine);

    let main = classed("main", "page")
        .set("id", MAIN)
        .set("tabindex", "-1")
        .child(param_errors(form))
        .child(what_form(form, store))
        .child(run_panel(store))
        .child(outcome(store, form));
    let skip = classed("a", "skip").set("href", &format!("#{MAIN}")).text(text.skip);
    view! { {AnyView::from(skip)} {AnyView::from(header())} {AnyView::from(main)} {AnyView::from(footer())} }
}

/// What the page does first, without a gesture.
enum Begins {
    /// The link cannot be read.
    Refused,
    /// The link starts the run.
    Running,
    /// The person reads.
    Idle,
}

fn begin(begins: Begins, store: RunStore, form: Form, engine: Rc<dyn Engine>) {
    let request = untrack(move || form.request());
    js::spawn(async move {
        match begins {
            Begins::Refused => store.refuse(RunFailure::BadLink).await,
            Begins::Running => {
                // The page shows how it ended.
                let _ = store.run_if_ok(request).await;
            }
            Begins::Idle => {
                js::idle().await;
                engine.warm_up();
            }
        }
    });
}
