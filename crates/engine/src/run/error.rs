//! Why a run gives no report.

use fetchmark_core::{scenario::ScenarioError, stats::histogram::HistogramError};

/// Why a run could not be made, or went no further.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// The scenario is not JSON of the right shape.
    #[error("The scenario cannot be read: {0}.")]
    Unreadable(String),
    /// The scenario cannot be run.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
    Scenario(Vec<ScenarioError>),
    /// The target is no URL a browser can fetch.
    #[error("“{url}” is not a URL that a browser can request. Write it like https://example.com/path.")]
    Url {
        /// What was given.
        url: String,
    },
    /// The URL carries a user name or password, which browsers refuse to fetch.
    #[error(
        "A browser does not fetch an address with a user name or password in it. Remove them from the URL."
    )]
    UrlWithCredentials,
    /// A number in place of `{n}` makes an address that is none.
    #[error(
        "With {number} in place of {{n}}, “{url}” is not an address. Put {{n}} into the host's name, or make fewer \
         requests."
    )]
    Counter {
        /// The address as given.
        url: String,
        /// The number.
        number: u32,
    },
    /// Cold connections were asked for, and nothing on this target can force them.
    #[error(
        "Cold connections cannot be forced on this target: a browser offers no way to ask for a new connection. Put \
         {{n}} into the host or port of the URL if it has many names, or give cold_url, an address that the server \
         answers with “Connection: close”."
    )]
    ColdNotForceable,
    /// A client's module could not be loaded.
    #[error(
        "The client {client} could not be loaded: {message}. Reload the page; if it happens again, rebuild it."
    )]
    ClientNotLoaded {
        /// Which client.
        client: String,
        /// The browser's own words.
        message: String,
    },
    /// A request could not be built, for instance because of a forbidden header.
    #[error("The browser refuses to build this request: {message}.")]
    RequestRefused {
        /// The browser's own words.
        message: String,
    },
    /// A client that no browser runs, and nobody outside to run it.
    #[error(
        "{0} runs in Python, not in a browser. Measure it with `fetchmark run` on the command line, or leave it out."
    )]
    NobodyOutside(&'static str),
    /// The outside did not run a round.
    #[error("A round of {client}, which runs outside the browser, could not be measured: {reason}.")]
    Outside {
        /// Which client.
        client: String,
        /// In its own words.
        reason: String,
    },
    /// There is no Python in this tab; a [`fetchmark_core::report::validity::PythonProblem`], a colon and what it is about.
    #[error(
        "Python cannot be used in this tab ({0}). Measure other clients, or open Fetchmark from a server whose page has it, in a current browser."
    )]
    NoPython(String),
    /// Python in the tab did not run a round.
    #[error("A round of {client} could not be measured: {reason}. Reload the page and run again.")]
    Python {
        /// Which client.
        client: String,
        /// In its own words.
        reason: String,
    },
    /// Another thread did not measure its round.
    #[error(
        "A round on the page’s own thread could not be measured: {0}. Reload the page; if it happens again, rebuild it."
    )]
    OtherThread(String),
    /// Another tab did not measure its round, in a sentence of who has it measured.
    #[error("{0}")]
    OtherTab(String),
    /// A summary could not be made.
    #[error("The results could not be summarised: {0}")]
    Summary(#[from] HistogramError),
}

impl RunError {
    /// The error's code in the JavaScript API.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) | Self::Scenario(_) | Self::ColdNotForceable | Self::NobodyOutside(_) => {
                "bad-scenario"
            }
            Self::Url { .. } | Self::UrlWithCredentials | Self::Counter { .. } => "bad-url",
            Self::ClientNotLoaded { .. } | Self::NoPython(_) => "engine-not-loaded",
            Self::RequestRefused { .. } => "request-refused",
            Self::Outside { .. } | Self::OtherTab(_) => "outside-failed",
            Self::Python { .. } | Self::OtherThread(_) | Self::Summary(_) => "engine-crashed",
        }
    }
}
