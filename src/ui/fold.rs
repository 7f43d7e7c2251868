//! What is folded away until it is asked for.

use leptos::prelude::*;
use web_sys::HtmlDetailsElement;

/// A summary that unfolds what it sums up.
#[component]
pub fn Fold(
    /// The summary.
    summary: &'static str,
    /// Whether it is unfolded: as it begins, and as the person leaves it. What is costly to draw waits for it.
    #[prop(optional, into)]
    open: RwSignal<bool>,
    /// What is folded away.
    children: Children,
) -> impl IntoView {
    view! {
        <details
            class="fold"
            open=open.get_untracked()
            on:toggle=move |event| open.set(event_target::<HtmlDetailsElement>(&event).open())
        >
            <summary>{summary}</summary>
            {children()}
        </details>
    }
}
