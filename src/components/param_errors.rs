//! What is wrong with the link, all of it at once.

use super::lean::part;
use crate::text::text;
use leptos::prelude::*;

/// The sentences, one per slip; nothing when there are none.
#[component]
pub fn ParamErrors(
    /// The sentences.
    errors: RwSignal<Vec<String>>,
) -> AnyView {
    let text = text();
    let shown = part(move || {
        let sentences = errors.get();
        if sentences.is_empty() {
            return None;
        }
        let items: Vec<_> =
            sentences.into_iter().map(|sentence| view! { <li>{sentence}</li> }.into_any()).collect();
        let notice = view! {
            <div class="notice notice-bad" role="alert" data-testid="param-errors">
                <p class="notice-title">{text.what.param_errors}</p>
                <ul>{items}</ul>
            </div>
        };
        Some(notice.into_any())
    });
    view! { {shown} }.into_any()
}
