//! What a command's exit code says.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It did what was asked for, and what was measured held.
    Good,
    /// It could not run.
    CouldNotRun,
    /// What it was asked for makes no sense.
    Usage,
    /// A threshold was crossed, or the result is worse than the baseline.
    Crossed,
    /// The person ended a run, with Ctrl-C or with Stop on the page; what was finished is written.
    Interrupted,
}

impl Exit {
    /// The number. With 2 the parser of the command line ends, too; 130 is what shells give for Ctrl-C.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::CouldNotRun => 1,
            Self::Usage => 2,
            Self::Crossed => 99,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
