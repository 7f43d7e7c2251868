//! A row's label: what tells it from the others.

use crate::text::{Tag, text};
use leptos::prelude::*;

/// The client's name first and strongest, the other factors as tags.
#[component]
pub fn Tags(
    /// The factors that tell the row from the others.
    tags: Vec<Tag>,
) -> impl IntoView {
    let text = text();
    tags.iter()
        .enumerate()
        .map(|(place, tag)| {
            let class = if matches!(tag, Tag::Client(..)) { "tag tag-client" } else { "tag" };
            view! {
                // The comma is for copying and for screen readers; the eye sees the tags apart.
                {(place > 0).then(|| view! { <span class="unseen">{text.comma}</span> })}
                <span class=class>{(text.tag_word)(tag)}</span>
            }
        })
        .collect_view()
}
