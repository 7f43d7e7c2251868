//! What a page that was opened from a file may reach.

use crate::{
    form::{model::Form, presets::preset_chip},
    js,
    text::text,
    ui::el::{El, classed, el},
};
use fetchmark_core::preset::Preset;

/// The sentences, and the question that needs no network; `None` for a page that a server sent.
pub fn from_file(form: Form) -> Option<El> {
    let [reach, floor] = text().options.from_file;
    js::is_from_file().then(|| {
        classed("div", "notice").set("data-testid", "from-file").child(el("p").text(reach)).child(
            classed("p", "chip-row")
                .child(el("span").text(floor))
                .child(preset_chip(form, Preset::Floor).set("data-testid", "from-file-floor")),
        )
    })
}
