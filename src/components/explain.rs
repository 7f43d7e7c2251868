//! The one place that says what reusing a client does and does not mean.

use super::el::{El, classed, el};
use crate::{
    later::Later,
    step::Step,
    text::{start, text},
};

/// Client and connection are two factors.
pub fn explain(later: Later) -> El {
    classed("details", "fold")
        .child(el("summary").text(start().what.explain_title))
        .child(later.folded_part(Step::Request, |rest| rest.explanation()))
}

/// What is in the fold.
pub fn explanation() -> El {
    let paragraphs = text().options.explain.iter().map(|paragraph| el("p").text(paragraph));
    classed("div", "prose").children(paragraphs)
}
