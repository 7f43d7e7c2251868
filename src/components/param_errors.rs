//! What is wrong with the link, all of it at once.

use super::el::{El, classed, el};
use crate::{form::Form, text::text};

/// The sentences, one per slip; nothing when there are none.
pub fn param_errors(form: Form) -> El {
    let text = text();
    el("div").set("role", "alert").part(move || {
        let sentences = form.link_errors();
        if sentences.is_empty() {
            return None;
        }
        let notice = classed("div", "notice notice-bad")
            .set("data-testid", "param-errors")
            .child(classed("p", "notice-title").text(text.what.param_errors))
            .child(el("ul").children(sentences.into_iter().map(|sentence| el("li").text(&sentence))));
        Some(notice)
    })
}
