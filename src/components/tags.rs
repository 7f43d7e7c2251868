//! A row's label: what tells it from the others.

use crate::{labels::Tag, text::text};
use leptos::prelude::*;

/// The client's name first and strongest, the other factors as tags.
pub(super) fn tags(tags: Vec<Tag>) -> Vec<AnyView> {
    let text = text();
    let mut views = Vec::new();
    for tag in tags {
        if !views.is_empty() {
            // The comma is for copying and for screen readers; the eye sees the tags apart.
            views.push(view! { <span class="unseen">{text.comma}</span> }.into_any());
        }
        let class = if matches!(tag, Tag::Client(_)) { "tag tag-client" } else { "tag" };
        views.push(view! { <span class=class>{(text.tag_word)(&tag)}</span> }.into_any());
    }
    views
}
