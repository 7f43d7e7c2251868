//! The page as a whole: what belongs to it for its lifetime, and its parts in reading order.

use crate::{
    api,
    check::store::CheckStore,
    engine::{BrowserEngine, Engine},
    form::{folding, link, model::Form, notices::ParamErrors, view::RunForm},
    frame::{
        header::{Footer, Header},
        languages::Languages,
        window_events,
    },
    js,
    reports::{
        kept::KeptReports,
        library::ReportLibrary,
        tools::{BrowserTools, ReportTools},
    },
    results::outcome::Outcome,
    run::{failure::RunFailure, panel::RunPanel, request::Request, store::RunStore},
    text::{EN, Text, text},
};
use fetchmark_core::scenario::params::Params;
use leptos::prelude::*;
use std::rc::Rc;

const MAIN: &str = "main";

#[component]
pub fn App(
    /// What measures; the engine beside the page unless another is given.
    #[prop(default = Rc::new(BrowserEngine))]
    engine: Rc<dyn Engine>,
    /// What opens, compares and exports reports; the module beside the page unless another is given.
    #[prop(default = Rc::new(BrowserTools))]
    tools: Rc<dyn ReportTools>,
    /// The query of the address the page was opened with.
    query: String,
    /// The language to begin with.
    #[prop(default = &EN)]
    text: &'static Text,
) -> impl IntoView {
    let (params, errors) = link::settings(&query);
    let begins = Begins::of(&params, !errors.is_empty());
    let form = Form::new(params, errors);
    let store = RunStore::new(engine.clone());
    let check = CheckStore::new(engine.clone(), form, store);
    let library = ReportLibrary::new(store, form, tools);
    let current = RwSignal::new(text);

    library.follow();
    folding::fold_beside_answers(form, store);
    api::provide(store, form, current);
    window_events::follow_history(form, current);
    window_events::stop_by_key(store);
    window_events::open_links(library);
    Effect::new(move || document_speaks(current.get()));
    Effect::new(move || {
        if form.is_edited() {
            link::replace(&form.params(), form.is_only_reworded());
        }
    });
    js::spawn(begin(begins, library, engine));

    view! {
        <InLanguage current>
            <SkipLink />
            <Header />
        </InLanguage>
        // Outside `InLanguage`: made anew with the language, it would lose the focus of whoever chooses one by keyboard.
        <Languages current form />
        <InLanguage current>
            <main class="page" id=MAIN tabindex="-1">
                <ParamErrors form />
                <RunForm form store check />
                <RunPanel store />
                <Outcome library />
                <KeptReports library />
            </main>
            <Footer />
        </InLanguage>
    }
}

/// A part that is made anew in each language. What is typed and measured is kept elsewhere, so it stays.
#[component]
fn InLanguage(current: RwSignal<&'static Text>, children: ChildrenFn) -> impl IntoView {
    move || {
        provide_context(current.get());
        children()
    }
}

/// A link past the page's head. It leaves the address as it is, which may hold a report.
#[component]
fn SkipLink() -> impl IntoView {
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        js::focus(MAIN);
    };
    view! { <a class="skip" href=format!("#{MAIN}") on:click=skip>{text().skip}</a> }
}

/// What the page does when it opens, before anything is pressed.
enum Begins {
    /// The link cannot be read.
    Refused,
    /// The link starts the run.
    Running(Params),
    /// Nothing: it shows the form, or the report that the address holds.
    Idle,
}

impl Begins {
    fn of(params: &Params, is_refused: bool) -> Self {
        match params.autorun {
            _ if is_refused => Self::Refused,
            true => Self::Running(params.clone()),
            false => Self::Idle,
        }
    }
}

/// Says that the page is ready once it is shown, and does what the address asks for.
async fn begin(begins: Begins, library: ReportLibrary, engine: Rc<dyn Engine>) {
    let store = library.store;
    store.be_ready_when_shown().await;
    match begins {
        Begins::Refused => store.refuse(RunFailure::BadLink).await,
        Begins::Running(params) => {
            link::keep(&params);
            // The page shows how it ended.
            let _ = store.run(Request::of(params.scenario)).await;
        }
        Begins::Idle => {
            library.open_link().await;
            js::idle().await;
            // A run that was asked for meanwhile loads it, and is not to be disturbed.
            if !store.is_running_now() {
                engine.warm_up();
            }
        }
    }
}

/// Tells the browser, and with it screen readers, which language the page is in.
fn document_speaks(text: &Text) {
    document().set_title(text.title);
    if let Some(root) = document().document_element() {
        // Any text may be set.
        let _ = root.set_attribute("lang", text.locale);
    }
}
