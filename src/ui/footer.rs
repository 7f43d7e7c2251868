//! The version, for reports of trouble.

use crate::{
    text::text,
    ui::el::{El, classed},
};

/// The foot of the page.
pub fn footer() -> El {
    classed("footer", "foot").text(&format!("{} {}", text().name, fetchmark_core::VERSION))
}
