//! Cards, notices, and what is folded away until it is asked for: what the page is made of.

use leptos::prelude::*;
use web_sys::HtmlDetailsElement;

/// A section of the page under a heading of its own, which names it for assistive technology.
#[component]
pub fn Card(
    /// The heading's id is this and `-title`.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    /// The unit of the card's figures, beside the heading.
    #[prop(optional)]
    unit: Option<&'static str>,
    #[prop(optional)] test_id: Option<&'static str>,
    /// Its look; a class beside `card` lays out what it holds.
    #[prop(default = "card")]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <section class=class aria-labelledby=labelled_by data-testid=test_id>
            <h2 id=title_id tabindex="-1">{title} {unit.map(|unit| view! { " " <span class="unit">{unit}</span> })}</h2>
            {children()}
        </section>
    }
}

/// Something went wrong: what, and below it the details. Put it into an element with `role="alert"` that is there before.
#[component]
pub fn Notice(test_id: &'static str, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="notice notice-bad" data-testid=test_id>
            <p class="notice-title">{title}</p>
            {children()}
        </div>
    }
}

/// A summary that unfolds what it sums up.
#[component]
pub fn Fold(
    summary: &'static str,
    /// Whether it is unfolded: as it begins, and as the person leaves it. What is costly to draw waits for it.
    #[prop(optional, into)]
    open: RwSignal<bool>,
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
