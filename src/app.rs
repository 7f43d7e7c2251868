//! The page as a whole: what belongs to it for its lifetime, and its parts in reading order.

use crate::{
    check_store::CheckStore,
    components::{
        El, classed, footer, header, kept_reports, languages, open_dropped_files, outcome, param_errors,
        run_panel, what_form,
    },
    desk::Desk,
    engine::Engine,
    form::Form,
    global_api, js, link,
    numbers::Numbers,
    run_failure::RunFailure,
    run_store::RunStore,
    text::{EN, Text},
};
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
    /// The language to begin with.
    #[prop(default = &EN)]
    text: &'static Text,
) -> impl IntoView {
    let (params, errors) = link::settings(&query);
    let begins = if !errors.is_empty() {
        Begins::Refused
    } else if params.autorun {
        Begins::Running
    } else {
        Begins::Idle
    };
    let form = Form::new(params, errors);
    let store = RunStore::new(engine.clone());
    let check = CheckStore::new(engine.clone(), form, store);
    let current = RwSignal::new(text);
    let desk = Desk::new(store, form);
    desk.follow();
    open_dropped_files(desk);
    open_links(desk, matches!(begins, Begins::Idle));
    global_api::provide(store, form, current);
    Effect::new(move || document_speaks(current.get()));
    Effect::new(move || {
        if form.is_edited() {
            link::replace(&form.params());
        }
    });
    follow_history(form, current);
    begin(begins, store, form, engine);

    let head = in_language(current, |text| {
        classed("div", "bare")
            .child(classed("a", "skip").set("href", &format!("#{MAIN}")).text(text.skip))
            .child(header())
    });
    let body = in_language(current, move |_| {
        let main = classed("main", "page")
            .set("id", MAIN)
            .set("tabindex", "-1")
            .child(param_errors(form))
            .child(what_form(form, store, check))
            .child(run_panel(store))
            .child(outcome(desk))
            .child(kept_reports(desk));
        classed("div", "bare").child(main).child(footer())
    });
    // Not made anew with the language, or who chooses one by keyboard would lose the focus.
    let languages = AnyView::from(languages(current, form));
    view! { {head} {languages} {body} }
}

/// A part that is made anew in each language; what is typed and measured stays, for it is kept elsewhere.
fn in_language(
    current: RwSignal<&'static Text>,
    part: impl Fn(&'static Text) -> El + Send + 'static,
) -> AnyView {
    let speaking = move || {
        let text = current.get();
        provide_context(text);
        provide_context(Numbers::new(text.tag));
        Some(part(text))
    };
    AnyView::from(classed("div", "bare").part(speaking))
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

/// Back and forward lead to the settings of earlier runs.
fn follow_history(form: Form, current: RwSignal<&'static Text>) {
    let listener = window_event_listener_untyped("popstate", move |_| {
        let query = js::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
        let (params, errors) = link::settings(&query);
        // A step within the page, as to its main part, is none of the settings.
        if errors.is_empty() && params == untrack(move || form.params()) {
            return;
        }
        if let Some(text) = params.lang.map(Text::of)
            && text.tag != current.get_untracked().tag
        {
            current.set(text);
        }
        form.go_to(params, errors);
    });
    on_cleanup(move || listener.remove());
}

/// Tells the browser, and with it screen readers, which language the page is in.
fn document_speaks(text: &Text) {
    let Some(document) = js::document() else { return };
    document.set_title(text.title);
    if let Some(root) = document.document_element() {
        // Any text may be set.
        let _ = root.set_attribute("lang", text.tag);
    }
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
    if matches!(begins, Begins::Running) {
        link::keep(&untrack(move || form.params()));
    }
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
