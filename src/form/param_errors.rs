//! What is wrong with the link, all of it at once.

use crate::{form::model::Form, text::text, ui::card::Notice};
use leptos::prelude::*;

/// The sentences, one per slip; nothing when there are none.
#[component]
pub fn ParamErrors(form: Form) -> impl IntoView {
    let words = &text().link_errors;
    let notice = move || {
        let errors = form.link_errors();
        let slip = |error| view! { <li>{(words.error)(error)}</li> };
        (!errors.is_empty()).then(|| {
            let slips = errors.iter().map(slip).collect_view();
            view! {
                <Notice test_id="param-errors" title=words.title>
                    <ul>{slips}</ul>
                </Notice>
            }
        })
    };
    view! { <div role="alert">{notice}</div> }
}
