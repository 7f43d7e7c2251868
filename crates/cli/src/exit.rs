//! What a command's exit code says.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It did what was asked for, and what was measured held.
    Good,
    /// It could not run.
    CouldNotRun,
    /// A threshold was crossed, or the result is worse than the baseline.
    Crossed,
}

impl Exit {
    /// The number: 0, 1 and 99. A wrong usage is 2, which the parser of the command line itself ends with.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::CouldNotRun => 1,
            Self::Crossed => 99,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
