//! What the form says beside its fields: what is wrong with the link, what a page from a file may reach, what the options mean.

use crate::{
    form::{model::Form, presets::PresetChip},
    js,
    text::text,
    ui::card::{Fold, Notice},
};
use fetchmark_core::scenario::preset::Preset;
use leptos::prelude::*;

/// The sentences, one per parameter; nothing when there are none.
#[component]
pub fn ParamErrors(form: Form) -> impl IntoView {
    let text = text();
    let notice = move || {
        let errors = form.link_errors();
        let item = |error| view! { <li>{(text.problems.parameter)(error)}</li> };
        (!errors.is_empty()).then(|| {
            let items = errors.iter().map(item).collect_view();
            view! {
                <Notice test_id="param-errors" title=text.form.link_errors>
                    <ul>{items}</ul>
                </Notice>
            }
        })
    };
    view! { <div role="alert">{notice}</div> }
}

/// The sentences, and the question that needs no network; nothing for a page that a server sent.
#[component]
pub fn FromFile(form: Form) -> impl IntoView {
    let [reach, floor] = text().options.from_file;
    js::is_from_file().then(|| {
        view! {
            <div class="notice" data-testid="from-file">
                <p>{reach}</p>
                <p class="chip-row">
                    <span>{floor}</span>
                    <PresetChip form preset=Preset::Floor test_id="from-file-floor" />
                </p>
            </div>
        }
    })
}

/// Client and connection are two factors.
#[component]
pub fn Explain() -> impl IntoView {
    let text = text();
    let paragraphs = text.options.explain.iter().map(|&paragraph| view! { <p>{paragraph}</p> });
    view! {
        <Fold summary=text.form.explain_title>
            <div class="prose">{paragraphs.collect_view()}</div>
        </Fold>
    }
}
