//! What is wrong with the link, all of it at once.

use crate::{
    form::model::Form,
    text::text,
    ui::el::{El, classed, el},
};

/// The sentences, one per slip; nothing when there are none.
pub fn param_errors(form: Form) -> El {
    let text = text();
    el("div").set("role", "alert").part(move || {
        let errors = form.link_errors();
        if errors.is_empty() {
            return None;
        }
        let notice = classed("div", "notice notice-bad")
            .set("data-testid", "param-errors")
            .child(classed("p", "notice-title").text(text.link_errors.title))
            .child(
                el("ul").children(errors.iter().map(|error| el("li").text(&(text.link_errors.error)(error)))),
            );
        Some(notice)
    })
}
