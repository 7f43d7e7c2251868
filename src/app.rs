//! The page as a whole: what belongs to it for its lifetime, and its parts in reading order.

use crate::{
    components::{El, classed, footer, header, languages, missing_part, what_form},
    engine::Engine,
    form::Form,
    js,
    later::Later,
    link,
    numbers::Numbers,
    parts,
    rest::Page,
    run_store::RunStore,
    step::Step,
    text::{EN_START, Start},
};
use fetchmark_core::language::Language;
use leptos::prelude::*;
use std::rc::Rc;

/// The id of the page's main part.
pub const MAIN: &str = "main";

/// What the page does first, without a gesture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// The link cannot be read.
    Refused,
    /// The link starts the run.
    Running,
    /// The person reads.
    Idle,
}

/// The page.
#[component]
pub fn App(
    /// What measures; the engine beside the page unless another is given.
    #[prop(optional)]
    engine: Option<Rc<dyn Engine>>,
    /// The query of the address the page was opened with.
    query: String,
    /// The language to begin with.
    #[prop(default = &EN_START)]
    text: &'static Start,
    /// What could not be loaded before.
    #[prop(default = None)]
    missing: Option<Language>,
) -> impl IntoView {
    let (params, errors) = link::settings(&query);
    let begins = if !errors.is_empty() {
        Begins::Refused
    } else if params.autorun {
        Begins::Running
    } else {
        Begins::Idle
    };
    let asked = Rc::new(params.clone());
    let form = Form::new(params, errors);
    let store = RunStore::default();
    let current = RwSignal::new(text);
    let later = Later::new(Page { form, store, current, engine, begins, asked }, missing);
    Effect::new(move || document_speaks(current.get()));
    show_all(later, begins);

    let head = in_language(current, |text| {
        classed("div", "bare")
            .child(classed("a", "skip").set("href", &format!("#{MAIN}")).text(text.skip))
            .child(header())
    });
    let body = in_language(current, move |_| {
        let main = classed("main", "page")
            .set("id", MAIN)
            .set("tabindex", "-1")
            .child(missing_part(later))
            .child(later.rest_part(Step::Run, |rest| rest.link_errors()))
            .child(later.part(Step::Address, move || what_form(form, store, later)))
            .child(later.rest_part(Step::Run, |rest| rest.below()));
        classed("div", "bare").child(main).child(later.part(Step::Foot, footer))
    });
    // Not made anew with the language, or who chooses one by keyboard would lose the focus.
    let languages = AnyView::from(languages(current, form, later));
    view! { {head} {languages} {body} }
}

/// A part that is made anew in each language; what is typed and measured stays, for it is kept elsewhere.
fn in_language(
    current: RwSignal<&'static Start>,
    part: impl Fn(&'static Start) -> El + Send + 'static,
) -> AnyView {
    let speaking = move || {
        let text = current.get();
        provide_context(text);
        provide_context(Numbers::new(text.tag));
        Some(part(text))
    };
    AnyView::from(classed("div", "bare").part(speaking))
}

/// Shows the form and loads the rest of the page: when the browser has nothing better to do, or at once where the address asks for more
/// than the form.
fn show_all(later: Later, begins: Begins) {
    let can_wait = parts::ARE_APART && begins == Begins::Idle && link::report_text().is_none();
    js::spawn(async move {
        if can_wait {
            later.show_form().await;
            js::idle().await;
            later.load().await;
        } else {
            later.load_urgently().await;
        }
    });
}

/// Tells the browser, and with it screen readers, which language the page is in.
fn document_speaks(text: &Start) {
    let Some(document) = js::document() else { return };
    document.set_title(text.title);
    if let Some(root) = document.document_element() {
        // Any text may be set.
        let _ = root.set_attribute("lang", text.tag);
    }
}
