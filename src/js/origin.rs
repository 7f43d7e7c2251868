//! Where the page came from.

use leptos::prelude::*;

/// The address that relative addresses are resolved against.
pub fn base_uri() -> String {
    document().base_uri().ok().flatten().unwrap_or_default()
}

/// Whether the page was opened from a file, and not sent by a server.
pub fn is_from_file() -> bool {
    location().protocol().is_ok_and(|protocol| protocol == "file:")
}
