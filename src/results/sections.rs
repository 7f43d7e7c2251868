//! Links to the sections below.

use crate::{js, text::text};
use leptos::{ev::MouseEvent, prelude::*};

/// A link to each card, by its id and its title.
#[component]
pub fn Sections(
    /// The cards, in reading order.
    sections: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let link = |(id, title): (&'static str, &'static str)| {
        let id = format!("{id}-title");
        let href = format!("#{id}");
        // The address may hold a report: it stays as it is.
        let go = move |event: MouseEvent| {
            event.prevent_default();
            if let Some(heading) = document().get_element_by_id(&id) {
                heading.scroll_into_view();
                js::focus(&id);
            }
        };
        view! { <a href=href on:click=go>{title}</a> }
    };
    view! {
        <nav class="card sections" aria-label=text().ranking.sections data-testid="sections">
            {sections.into_iter().map(link).collect_view()}
        </nav>
    }
}
