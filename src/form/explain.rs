//! The one place that says what reusing a client does and does not mean.

use crate::{
    text::text,
    ui::el::{El, classed, el},
};

/// Client and connection are two factors.
pub fn explain() -> El {
    let text = text();
    let paragraphs = text.options.explain.iter().map(|paragraph| el("p").text(paragraph));
    classed("details", "fold")
        .child(el("summary").text(text.what.explain_title))
        .child(classed("div", "prose").children(paragraphs))
}
