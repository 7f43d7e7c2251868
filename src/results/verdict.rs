//! A verdict as a chip.

use crate::text::text;
use fetchmark_core::compare::Verdict;
use leptos::prelude::*;

/// The verdict's word in its colour.
#[component]
pub fn VerdictChip(
    /// The verdict.
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
