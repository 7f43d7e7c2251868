//! What a page that was opened from a file may reach.

use crate::{
    form::{model::Form, presets::PresetChip},
    js,
    text::text,
};
use fetchmark_core::scenario::preset::Preset;
use leptos::prelude::*;

/// The sentences, and the question that needs no network; nothing for a page that a server sent.
#[component]
pub fn FromFile(form: Form) -> impl IntoView {
    let [reach, floor] = text().options.from_file;
    js::is_from_file().then(|| {
        view! {
            <div class="notice" data-testid="from-file">
                <p>{reach}</p>
                <p class="chip-row">
                    <span>{floor}</span>
                    <PresetChip form preset=Preset::Floor test_id="from-file-floor" />
                </p>
            </div>
        }
    })
}
