//! The version, for reports of trouble.

use crate::text::text;
use leptos::prelude::*;

#[component]
pub fn Footer() -> impl IntoView {
    view! { <footer class="foot">{text().name} " " {fetchmark_core::VERSION}</footer> }
}
