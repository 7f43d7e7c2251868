//! Who this is, in one line.

use crate::text::text;
use leptos::prelude::*;

/// The wordmark and the promise.
#[component]
pub fn Header() -> AnyView {
    let text = text();
    view! {
        <header class="masthead">
            <h1 class="wordmark">
                <img class={"logo"} src="favicon.svg" alt="" width="32" height="32" />
                {text.name}
            </h1>
            <p class="promise">{text.promise}</p>
        </header>
    }
    .into_any()
}
