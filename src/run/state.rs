//! Where the page is with its run.

/// Where the page is with its run. The words are those of `fetchmark.state` and `data-run-state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// None yet.
    Idle,
    /// Under way.
    Running,
    /// Over, with a report.
    Done,
    /// Over, or not begun, without a whole report.
    Failed,
}

impl RunState {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}
