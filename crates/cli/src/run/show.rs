//! How far the run is: a bar on a terminal, a line now and then elsewhere, nothing where quiet is wanted.

use std::io::{IsTerminal, Write, stderr};
use std::time::Duration;

use fetchmark_core::progress::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::time::Instant;

/// Between two lines where there is no terminal.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Where progress is shown.
#[derive(Debug)]
pub(super) enum Show {
    /// Nowhere.
    Quiet,
    /// In a line that is drawn anew.
    Bar(ProgressBar),
    /// In a line of its own each time, on standard error.
    Lines {
        /// When the last one was written.
        last: Instant,
    },
}

impl Show {
    /// On standard error, unless `quiet`.
    pub(super) fn new(quiet: bool) -> Self {
        if quiet {
            return Self::Quiet;
        }
        if !stderr().is_terminal() {
            return Self::Lines { last: Instant::now() };
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        // The template is our own, and right.
        let style = ProgressStyle::with_template("{bar:32} {pos}/{len} rounds  {msg}");
        Self::Bar(bar.with_style(style.unwrap_or_else(|_wrong| ProgressStyle::default_bar())))
    }

    /// Says something that stays.
    pub(super) fn say(&self, line: &str) {
        match self {
            Self::Quiet => {}
            Self::Bar(bar) => bar.println(line),
            // Nothing is left to do if not even this can be told.
            Self::Lines { .. } => drop(writeln!(stderr(), "{line}")),
        }
    }

    /// Says what must be known however little is to be said.
    pub(super) fn warn(&self, line: &str) {
        match self {
            // As above.
            Self::Quiet => drop(writeln!(stderr(), "{line}")),
            _ => self.say(line),
        }
    }

    /// Shows how far the run is.
    pub(super) fn progress(&mut self, progress: &Progress) {
        match self {
            Self::Quiet => {}
            Self::Bar(bar) => {
                // Before the first round has ended an auto run knows no total.
                if progress.rounds_done > 0 {
                    bar.set_length(progress.rounds_total.into());
                }
                bar.set_position(progress.rounds_done.into());
                bar.set_message(left(progress));
            }
            Self::Lines { last } => {
                if last.elapsed() >= BETWEEN_LINES {
                    *last = Instant::now();
                    let Progress { rounds_done, rounds_total, .. } = progress;
                    let left = left(progress);
                    let _ = if *rounds_done == 0 {
                        writeln!(stderr(), "The first round is under way.")
                    } else {
                        writeln!(stderr(), "{rounds_done} of {rounds_total} rounds. {left}")
                    };
                }
            }
        }
    }

    /// Shows that the run was asked to stop.
    pub(super) fn stopping(&self) {
        self.say("Stopping: the finished rounds are kept.");
    }

    /// Makes way for the answer.
    pub(super) fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn left(progress: &Progress) -> String {
    progress.left_ms().map_or_else(String::new, |ms| format!("About {:.0} s left.", ms / 1_000.0))
}
