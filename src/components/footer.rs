//! The version, for reports of trouble.

use crate::text::text;
use leptos::prelude::*;

/// The foot of the page.
#[component]
pub fn Footer() -> AnyView {
    let version = format!("{} {}", text().name, fetchmark_core::VERSION);
    view! { <footer class="foot">{version}</footer> }.into_any()
}
