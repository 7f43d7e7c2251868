//! What a row and a verdict look like wherever they stand.

use crate::text::{Tag, text};
use fetchmark_core::compare::Verdict;
use leptos::prelude::*;

/// The client's name first and strongest, the other factors as tags.
#[component]
pub fn Tags(tags: Vec<Tag>) -> impl IntoView {
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

/// The verdict's word in its colour.
#[component]
pub fn VerdictChip(
    verdict: Verdict,
    /// What to say instead of its word.
    #[prop(optional, into)]
    words: Option<String>,
) -> impl IntoView {
    let class = match verdict {
        Verdict::Faster => "verdict-chip verdict-faster",
        Verdict::Slower => "verdict-chip verdict-slower",
        Verdict::Equivalent => "verdict-chip verdict-equivalent",
        Verdict::Inconclusive => "verdict-chip",
        Verdict::Refused => "verdict-chip verdict-refused",
    };
    let words = words.unwrap_or_else(|| (text().answer.verdict)(verdict).to_owned());
    view! { <span class=class>{words}</span> }
}
