//! Buttons: one that does something, one that copies, and one that stays pressed.

use crate::{js, ui::clipboard};
use leptos::prelude::*;

/// A button that does something at once.
#[component]
pub fn Button(
    #[prop(into)] test_id: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_click: Callback<()>,
    /// Its look: `quiet-button` in a card, `text-button` in a row of a table or below a picture.
    #[prop(default = "quiet-button")]
    class: &'static str,
    /// Its id, where the focus is sent to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// Its accessible name, where the label does not say enough.
    #[prop(optional, into)]
    name: Option<String>,
    /// Whether it is pressed, for a button that stays so.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            id=id
            data-testid=test_id
            aria-label=name
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            disabled=disabled
            on:click=move |_| on_click.run(())
        >
            {label}
        </button>
    }
}

/// A button that copies text, and reports whether the browser allowed it.
#[component]
pub fn CopyButton(
    #[prop(into)] test_id: String,
    #[prop(into)] label: Signal<String>,
    /// The text as it is when the button is pressed.
    #[prop(into)]
    text: Signal<String>,
    /// Called afterwards with whether the text was copied.
    #[prop(into)]
    on_copied: Callback<bool>,
) -> impl IntoView {
    let copy = move || {
        let text = text.get_untracked();
        js::spawn(async move {
            let is_copied = clipboard::copied(&text).await;
            // The button may be gone by then.
            on_copied.try_run(is_copied);
        });
    };
    view! { <Button test_id label on_click=copy /> }
}

/// One choice among several, on or off.
#[component]
pub fn Chip(
    #[prop(into)] test_id: String,
    #[prop(into)] label: String,
    /// Its tooltip: what the choice means.
    #[prop(optional)]
    title: Option<&'static str>,
    /// Its accessible name, where the label does not say enough.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(into)] pressed: Signal<bool>,
    #[prop(into)] on_click: Callback<()>,
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
