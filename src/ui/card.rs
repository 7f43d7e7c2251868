//! Cards and notices: what the page is made of.

use leptos::prelude::*;

/// A section of the page under a heading of its own, which names it for assistive technology.
#[component]
pub fn Card(
    /// The heading's id is this and `-title`.
    #[prop(into)]
    id: String,
    /// The heading.
    #[prop(into)]
    title: String,
    /// The unit of the card's figures, beside the heading.
    #[prop(optional)]
    unit: Option<&'static str>,
    /// Its `data-testid`.
    #[prop(optional)]
    test_id: Option<&'static str>,
    /// Its look; a class beside `card` lays out what it holds.
    #[prop(default = "card")]
    class: &'static str,
    /// What stands below the heading.
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
pub fn Notice(
    /// Its `data-testid`.
    test_id: &'static str,
    /// What went wrong.
    title: &'static str,
    /// The details.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="notice notice-bad" data-testid=test_id>
            <p class="notice-title">{title}</p>
            {children()}
        </div>
    }
}
