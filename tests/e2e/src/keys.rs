//! Keys that are no characters, as WebDriver names them (W3C WebDriver, keyboard actions).

/// Tab.
pub const TAB: &str = "\u{E004}";
/// Enter, the main one.
pub const ENTER: &str = "\u{E006}";
/// Control, held down for what follows.
pub const CONTROL: &str = "\u{E009}";
/// Escape.
pub const ESCAPE: &str = "\u{E00C}";
/// Arrow to the right.
pub const RIGHT: &str = "\u{E014}";
