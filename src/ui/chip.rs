//! Chips: small buttons that stay pressed.

use leptos::prelude::*;

/// One choice among several, on or off.
#[component]
pub fn Chip(
    /// Its `data-testid`.
    #[prop(into)]
    test_id: String,
    /// Its label.
    label: &'static str,
    /// Its tooltip: what the choice means.
    #[prop(optional)]
    title: Option<&'static str>,
    /// Its accessible name, where the label does not say enough.
    #[prop(optional, into)]
    name: Option<String>,
    /// Whether it is on.
    #[prop(into)]
    pressed: Signal<bool>,
    /// Turns it on or off.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            title=title
            aria-label=name
            data-testid=test_id
            aria-pressed=move || pressed.get().to_string()
            on:click=move |_| on_click.run(())
        >
            {label}
        </button>
    }
}
