use std::process::ExitCode;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Success,
    CouldNotRun,
    /// The command line or a settings file makes no sense; clap ends with the same code.
    Usage,
    /// A threshold was crossed, or the result is worse than the baseline.
    ThresholdCrossed,
    /// The user stopped the run; what was finished is written. Shells give this code for Ctrl-C.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::CouldNotRun => 1,
            Exit::Usage => 2,
            Exit::ThresholdCrossed => 99,
            Exit::Interrupted => 130,
        })
    }
}
