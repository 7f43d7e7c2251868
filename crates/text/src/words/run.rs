//! Words of the run.

use fetchmark_core::scenario::ScenarioError;

/// Words of the run.
pub struct Run {
    /// The button: idle.
    pub run: &'static str,
    /// The same after a run.
    pub again: &'static str,
    /// Running.
    pub stop: &'static str,
    /// After Stop was pressed.
    pub stopping: &'static str,
    /// Name of the progress bar.
    pub progress: &'static str,
    /// Before the first progress.
    pub starting: &'static str,
    /// While warming up: the row's label.
    pub warming: fn(&str) -> String,
    /// While measuring, where nobody knows how many blocks there will be: block, the row's label.
    pub measuring: fn(&str, &str) -> String,
    /// While measuring: block, how many there are, the row's label.
    pub measuring_of: fn(&str, &str, &str) -> String,
    /// Time left, given as seconds.
    pub left: fn(&str) -> String,
    /// How many requests per second the last finished round made.
    pub pace: fn(&str) -> String,
    /// How many it makes, before any round has finished.
    pub pace_so_far: fn(&str) -> String,
    /// For screen readers now and then: percent done.
    pub announce: fn(&str) -> String,
    /// For screen readers when it is over.
    pub announce_done: &'static str,
    /// Why there is no report.
    pub failures: Failures,
    /// Headline over a failure.
    pub failed: &'static str,
}

/// Why a run gave no report.
pub struct Failures {
    /// One run at a time.
    pub already_running: &'static str,
    /// The link holds parameters that cannot be read.
    pub bad_link: &'static str,
    /// What was asked for cannot be run.
    pub bad_scenario: fn(&[ScenarioError]) -> String,
    /// What a script asked for is no scenario: what is wrong with it.
    pub unreadable_scenario: fn(&str) -> String,
    /// A page from a file has no target of its own.
    pub no_target: &'static str,
    /// The measuring engine could not be loaded: the browser's own words.
    pub not_loaded: fn(&str) -> String,
    /// The engine's report could not be read: what is wrong with it.
    pub unreadable: fn(&str) -> String,
    /// The engine says itself what went wrong: its code, its sentence.
    pub engine: fn(&str, &str) -> String,
}
