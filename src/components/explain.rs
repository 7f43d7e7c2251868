//! The one place that says what reusing a client does and does not mean.

use super::el::{El, classed, el};
use crate::text::start;

/// Client and connection are two factors.
pub fn explain() -> El {
    let text = start();
    let paragraphs = text.what.explain.iter().map(|paragraph| el("p").text(paragraph));
    classed("details", "fold")
        .child(el("summary").text(text.what.explain_title))
        .child(classed("div", "prose").children(paragraphs))
}
