//! Progress: a bar in a terminal, a line now and then elsewhere, nothing with --quiet.

use std::io::{IsTerminal, Write, stderr};
use std::time::Duration;

use fetchmark_core::run::progress::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::time::Instant;

/// Time between two lines where there is no terminal.
const LINE_INTERVAL: Duration = Duration::from_secs(10);

/// On standard error.
#[derive(Debug)]
pub(crate) enum ProgressDisplay {
    Quiet,
    Bar(ProgressBar),
    Lines {
        /// When the last one was written.
        last: Instant,
    },
}

impl ProgressDisplay {
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

    /// Prints a line that stays.
    pub(crate) fn say(&self, line: &str) {
        match self {
            Self::Quiet => {}
            Self::Bar(bar) => bar.println(line),
            // Nothing is left to do if not even this can be printed.
            Self::Lines { .. } => drop(writeln!(stderr(), "{line}")),
        }
    }

    /// Prints a line that stays, even with --quiet.
    pub(super) fn warn(&self, line: &str) {
        match self {
            // As above.
            Self::Quiet => drop(writeln!(stderr(), "{line}")),
            _ => self.say(line),
        }
    }

    pub(crate) fn update(&mut self, progress: &Progress) {
        match self {
            Self::Quiet => {}
            Self::Bar(bar) => {
                // Before the first round has ended an auto run knows no total.
                if progress.rounds_done > 0 {
                    bar.set_length(progress.rounds_total.into());
                }
                bar.set_position(progress.rounds_done.into());
                bar.set_message(time_left(progress));
            }
            Self::Lines { last } => {
                if last.elapsed() >= LINE_INTERVAL {
                    *last = Instant::now();
                    let Progress { rounds_done, rounds_total, .. } = progress;
                    let left = time_left(progress);
                    let _ = if *rounds_done == 0 {
                        writeln!(stderr(), "The first round is under way.")
                    } else {
                        writeln!(stderr(), "{rounds_done} of {rounds_total} rounds. {left}")
                    };
                }
            }
        }
    }

    /// Removes the bar before the answer is printed.
    pub(super) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn time_left(progress: &Progress) -> String {
    progress.left_ms().map_or_else(String::new, |ms| format!("About {:.0} s left.", ms / 1_000.0))
}
