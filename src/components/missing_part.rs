//! A part of the page that is waited for, or that could not be loaded.

use super::el::{El, classed, el};
use crate::{later::Later, text::start};

/// That it is waited for; that it is missing, and a button that tries again.
pub fn missing_part(later: Later) -> El {
    let words = &start().later;
    let waiting = move || if later.is_awaited() { words.waiting.to_owned() } else { String::new() };
    let missing = el("div").set("role", "alert").part(move || {
        if !later.is_missing() {
            return None;
        }
        let again = classed("button", "quiet-button")
            .set("type", "button")
            .set("data-testid", "load-again")
            .on("click", move |_| later.retry())
            .text(words.again);
        let notice = classed("div", "notice notice-bad")
            .set("data-testid", "missing-part")
            .child(classed("p", "notice-title").text(words.failed))
            .child(el("p").text(words.advice))
            .child(again);
        Some(notice)
    });
    classed("div", "bare").child(classed("p", "caption").set("role", "status").words(waiting)).child(missing)
}
