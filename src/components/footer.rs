//! The version, for reports of trouble.

use super::el::{El, classed};
use crate::text::start;

/// The foot of the page.
pub fn footer() -> El {
    classed("footer", "foot").text(&format!("{} {}", start().name, fetchmark_core::VERSION))
}
