//! The one place that says what reusing a client does and does not mean.

use crate::text::text;
use leptos::prelude::*;

/// Client and connection are two factors.
#[component]
pub fn Explain() -> AnyView {
    let text = text();
    let paragraphs: Vec<_> =
        text.what.explain.iter().map(|paragraph| view! { <p>{*paragraph}</p> }.into_any()).collect();
    view! {
        <details class="fold">
            <summary>{text.what.explain_title}</summary>
            <div class="prose">{paragraphs}</div>
        </details>
    }
    .into_any()
}
