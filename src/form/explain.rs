//! The one place that says what reusing a client does and does not mean.

use crate::{text::text, ui::fold::Fold};
use leptos::prelude::*;

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
