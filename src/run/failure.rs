use crate::{
    engine::report::EngineReport,
    text::{Text, UrlProblem},
};
use fetchmark_core::scenario::ScenarioError;

/// Why a run gave no report, or only a part of one.
#[derive(Clone, Debug)]
pub enum RunFailure {
    AlreadyRunning,
    /// The link holds parameters that cannot be read; the page lists them.
    BadLink,
    BadScenario(Vec<ScenarioError>),
    /// What a script asked for is no scenario; what is wrong with it.
    UnreadableScenario(String),
    BadUrl(UrlProblem),
    /// A page from a file has no target of its own.
    NoTarget,
    /// The measuring engine could not be loaded; the browser's own words.
    NotLoaded(String),
    /// What the engine gave could not be read; what is wrong with it.
    Unreadable(String),
    /// The engine says itself what went wrong.
    Engine {
        code: String,
        message: String,
        /// What was measured until then.
        partial: Option<Box<EngineReport>>,
    },
}

impl RunFailure {
    /// A word for programs, the `code` of the error that JavaScript receives.
    pub fn code(&self) -> &str {
        match self {
            Self::AlreadyRunning => "already-running",
            Self::BadLink | Self::BadScenario(_) | Self::UnreadableScenario(_) => "bad-scenario",
            Self::BadUrl(_) | Self::NoTarget => "bad-url",
            Self::NotLoaded(_) => "engine-not-loaded",
            Self::Unreadable(_) => "engine-crashed",
            Self::Engine { code, .. } => code,
        }
    }

    pub fn sentence(&self, text: &Text) -> String {
        let words = &text.run.failures;
        match self {
            Self::AlreadyRunning => words.already_running.to_owned(),
            Self::BadLink => words.bad_link.to_owned(),
            Self::BadScenario(problems) => (words.bad_scenario)(problems),
            Self::UnreadableScenario(reason) => (words.unreadable_scenario)(reason),
            Self::BadUrl(problem) => (text.problems.url)(problem),
            Self::NoTarget => words.no_target.to_owned(),
            Self::NotLoaded(detail) => (words.not_loaded)(detail),
            Self::Unreadable(detail) => (words.unreadable)(detail),
            Self::Engine { code, message, .. } => (words.engine)(code, message),
        }
    }

    pub fn partial(&self) -> Option<&EngineReport> {
        match self {
            Self::Engine { partial, .. } => partial.as_deref(),
            _ => None,
        }
    }
}
