//! Progress: a bar in a terminal, a line now and then elsewhere, nothing with --quiet.

use std::cell::RefCell;
use std::io::{IsTerminal, Write, stderr};
use std::rc::Rc;
use std::time::Duration;

use fetchmark_core::run::progress::Progress;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::time::Instant;

/// Time between two lines where there is no terminal.
const LINE_INTERVAL: Duration = Duration::from_secs(10);

/// On standard error.
#[derive(Debug, Clone)]
pub(crate) enum ProgressDisplay {
    Quiet,
    Bar {
        bar: ProgressBar,
        screen: MultiProgress,
    },
    Lines {
        last: Instant,
    },
    /// One of several sessions, whose progress is shown as one.
    Session {
        number: usize,
        all: Rc<RefCell<Sessions>>,
    },
}

/// Sessions whose progress is shown together.
#[derive(Debug)]
pub(crate) struct Sessions {
    shown: ProgressDisplay,
    each: Vec<Progress>,
}

/// With more sessions one bar shows them all.
const MOST_BARS: usize = 16;

impl ProgressDisplay {
    pub(super) fn new(quiet: bool) -> Self {
        if quiet {
            return Self::Quiet;
        }
        if !stderr().is_terminal() {
            return Self::Lines { last: Instant::now() };
        }
        let screen = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        Self::Bar { bar: styled(screen.add(ProgressBar::no_length())), screen }
    }

    /// A display for each of these sessions: a bar with its name in a terminal, else one for all.
    pub(super) fn for_sessions(&self, names: &[String]) -> Vec<Self> {
        if let Self::Bar { screen, .. } = self
            && names.len() <= MOST_BARS
        {
            let bar = |name| styled(screen.add(ProgressBar::no_length())).with_prefix(format!("{name} "));
            return names.iter().map(|name| Self::Bar { bar: bar(name), screen: screen.clone() }).collect();
        }
        let each = vec![Progress::default(); names.len()];
        let all = Rc::new(RefCell::new(Sessions { shown: self.clone(), each }));
        (0..names.len()).map(|number| Self::Session { number, all: all.clone() }).collect()
    }

    /// Prints a line that stays.
    pub(crate) fn say(&self, line: &str) {
        match self {
            Self::Quiet => {}
            // Nothing is left to do if not even this can be printed.
            Self::Bar { screen, .. } => drop(screen.println(line)),
            Self::Lines { .. } => drop(writeln!(stderr(), "{line}")),
            Self::Session { all, .. } => all.borrow().shown.say(line),
        }
    }

    /// Prints a line that stays, even with --quiet.
    pub(super) fn warn(&self, line: &str) {
        match self {
            // As above.
            Self::Quiet => drop(writeln!(stderr(), "{line}")),
            Self::Session { all, .. } => all.borrow().shown.warn(line),
            _ => self.say(line),
        }
    }

    pub(crate) fn update(&mut self, progress: &Progress) {
        match self {
            Self::Quiet => {}
            Self::Bar { bar, .. } => {
                // Before the first round has ended an auto run knows no total.
                if progress.rounds_done > 0 {
                    bar.set_length(progress.rounds_total.into());
                }
                bar.set_position(progress.rounds_done.into());
                bar.set_message(time_left(progress));
            }
            Self::Session { number, all } => {
                let Sessions { shown, each } = &mut *all.borrow_mut();
                if let Some(known) = each.get_mut(*number) {
                    known.clone_from(progress);
                }
                shown.update(&of_all(each));
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

    /// Removes the bars before the answer is printed.
    pub(super) fn finish(&self) {
        match self {
            Self::Bar { bar, .. } => bar.finish_and_clear(),
            // The others may still be shown.
            Self::Quiet | Self::Lines { .. } | Self::Session { .. } => {}
        }
    }
}

fn styled(bar: ProgressBar) -> ProgressBar {
    // The template is our own, and right.
    let style = ProgressStyle::with_template("{prefix}{bar:32} {pos}/{len} rounds  {msg}");
    bar.with_style(style.unwrap_or_else(|_wrong| ProgressStyle::default_bar()))
}

/// Of all sessions together: their rounds, and the time of the one that is under way for longest.
fn of_all(each: &[Progress]) -> Progress {
    let sum = |of: fn(&Progress) -> u32| each.iter().map(of).sum();
    Progress {
        rounds_done: sum(|one| one.rounds_done),
        rounds_total: sum(|one| one.rounds_total),
        elapsed_ms: each.iter().map(|one| one.elapsed_ms).fold(0.0, f64::max),
        ..Progress::default()
    }
}

fn time_left(progress: &Progress) -> String {
    progress.left_ms().map_or_else(String::new, |ms| format!("About {:.0} s left.", ms / 1_000.0))
}
