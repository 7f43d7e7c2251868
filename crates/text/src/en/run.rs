//! The run, in English.

use crate::words::{Failures, Run};

pub(super) const RUN: Run = Run {
    run: "Run",
    again: "Run again",
    stop: "Stop",
    stopping: "Stopping…",
    progress: "Progress of the run",
    starting: "Starting the engine…",
    warming: |row| format!("Warming up: {row}"),
    measuring: |block, row| format!("Block {block}: {row}"),
    measuring_of: |block, blocks, row| format!("Block {block} of {blocks}: {row}"),
    left: |seconds| format!("about {seconds} s left"),
    pace: |per_second| format!("{per_second} requests/s in the last round"),
    pace_so_far: |per_second| format!("{per_second} requests/s so far"),
    announce: |percent| format!("{percent} done"),
    announce_done: "The run has finished.",
    failures: FAILURES,
    failed: "The run failed",
};

const FAILURES: Failures = Failures {
    already_running: "A run is in progress. Stop it first, or wait until it has finished.",
    bad_link: "The link has parameters that cannot be read.",
    bad_scenario: |problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    unreadable_scenario: |reason| format!("The scenario cannot be read: {reason}."),
    no_target: "A page opened from a file has no default URL. Enter one, such as https://example.com/path.",
    not_loaded: |detail| {
        format!(
            "The measuring engine could not be loaded ({detail}). Check the connection to the server of this page, then run again."
        )
    },
    unreadable: |detail| {
        format!(
            "The engine’s report could not be read ({detail}). Reload the page: engine and page may have different versions."
        )
    },
    engine: |_, message| message.to_owned(),
};
