//! Words of the target check.

use fetchmark_core::target_check::{CheckFinding, Fix, Mark, Topic, server_lines::Server};

/// Words of the target check.
pub struct Check {
    /// The button.
    pub button: &'static str,
    /// What it does.
    pub what: &'static str,
    /// While it is under way.
    pub asking: &'static str,
    /// The measuring engine could not be loaded: the browser's own words.
    pub not_loaded: fn(&str) -> String,
    /// What it came to: problems, notes.
    pub summary: fn(usize, usize) -> String,
    /// Headline of the panel.
    pub title: &'static str,
    /// Button: close the panel.
    pub close: &'static str,
    /// How it was checked: method, address, requests.
    pub how: fn(&str, &str, u32) -> String,
    /// Why it was not checked with the method chosen.
    pub harmless: fn(&str) -> String,
    /// What was looked at.
    pub topic: fn(Topic) -> &'static str,
    /// How much it matters, in a word.
    pub mark: fn(Mark) -> &'static str,
    /// What was found, and what it means.
    pub sentence: fn(&CheckFinding) -> String,
    /// Label of the choice of servers.
    pub server: &'static str,
    /// Summary over the lines that mend something.
    pub lines: fn(Fix) -> &'static str,
    /// Where they go.
    pub place: fn(Server, Fix) -> &'static str,
    /// Button: copy the lines.
    pub copy: &'static str,
    /// When the browser did not allow it.
    pub not_copied: &'static str,
}
