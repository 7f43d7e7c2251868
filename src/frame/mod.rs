//! What stands around the page's parts: header, choice of languages, footer, and the window's own events.

pub mod header;
pub mod languages;
pub mod window_events;
