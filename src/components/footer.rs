//! The version, for reports of trouble.

use super::el::{El, classed};
use crate::text::text;

/// The foot of the page.
pub fn footer() -> El {
    classed("footer", "foot").text(&format!("{} {}", text().name, fetchmark_core::VERSION))
}
