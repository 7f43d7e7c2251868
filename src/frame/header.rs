//! Who this is, in one line, and at the foot the version, for reports of trouble.

use crate::text::text;
use leptos::prelude::*;

/// The side of the logo, in CSS pixels.
const LOGO_SIZE: &str = "32";

/// The wordmark and the promise.
#[component]
pub fn Header() -> impl IntoView {
    let text = text();
    view! {
        <header class="masthead">
            <h1 class="wordmark">
                <img class="logo" src=icon() alt="" width=LOGO_SIZE height=LOGO_SIZE />
                <span>{text.name}</span>
            </h1>
            <p class="promise">{text.promise}</p>
        </header>
    }
}

/// The document's own icon: a page in one file has no second one beside it.
fn icon() -> String {
    let link = document().query_selector("link[rel=icon]").ok().flatten();
    link.and_then(|link| link.get_attribute("href")).unwrap_or_default()
}

#[component]
pub fn Footer() -> impl IntoView {
    view! { <footer class="foot">{text().name} " " {fetchmark_core::VERSION}</footer> }
}
