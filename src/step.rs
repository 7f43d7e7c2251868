//! The order in which the page is shown.

/// A part of the page. Each is shown in a task of its own ([`crate::later`]): in one, they would keep a slow phone from answering a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The address and the button that runs.
    Address = 1,
    /// The button that checks the target.
    Check,
    /// Questions to begin with.
    Presets,
    /// Clients and their lifecycles.
    Clients,
    /// Connections and pacing.
    Factors,
    /// Requests, in flight, rounds.
    Numbers,
    /// The folds, the plan, and the foot of the page.
    Foot,
    /// The check of the target, and the run: the first step of the rest of the page.
    Run,
    /// What came of the run.
    Outcome,
    /// Reports kept.
    Kept,
    /// Behind the fold: the request's own fields.
    Request,
    /// Behind the fold: the other options.
    Options,
}

impl Step {
    /// With it the form is whole.
    pub const LAST_OF_FORM: Self = Self::Foot;

    /// With it the page is.
    pub const LAST: Self = Self::Options;
}
