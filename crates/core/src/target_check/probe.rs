//! What a check requests, and what the browser shows of it.

use crate::{
    request::target::{Method, Target},
    samples::{ConnectionLabel, ErrorClass, Evidence, ServerIds, TimingEntry, label::label},
    scenario::factors::Credentials,
};

/// The target as it is checked: a check must not change anything on a server, so that other methods than HEAD are asked
/// as GET, without a body.
pub fn harmless(target: &Target) -> Target {
    let method = if target.method == Method::Head { Method::Head } else { Method::Get };
    Target { method, body: None, ..target.clone() }
}

/// The checked target without what needs more permission than reading: no headers, no credentials. `None` where nothing
/// of it does.
pub fn plain(target: &Target) -> Option<Target> {
    let harmless = harmless(target);
    let asks_more = harmless.credentials == Credentials::Include || harmless.needs_preflight();
    asks_more.then(|| Target { headers: Vec::new(), credentials: Credentials::SameOrigin, ..harmless })
}

/// What the browser showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations {
    /// Whether the page needs the target's permission (CORS).
    pub is_cross_origin: bool,
    /// Whether fetching it takes a network.
    pub is_over_network: bool,
    /// Whether there is an address that is meant to force cold connections.
    pub has_cold: bool,
    /// Requests to the target, one after another; none where it is known beforehand that they must fail.
    pub target: Vec<Reply>,
    /// What the failure of the first is, or why there is none.
    pub failure: Option<ErrorClass>,
    /// Whether a request without headers and credentials was answered, where that was tried.
    pub plain_answered: Option<bool>,
    /// Requests to the address for cold connections, one after another.
    pub cold: Vec<Reply>,
}

/// What came of one request.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// With an answer.
    Answered(Box<Answer>),
    /// The answer began, but its body broke off.
    BrokenOff,
    /// Not within the time there was.
    TimedOut,
    /// Without an answer that the page may read.
    Failed,
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The address that answered, where it is another one.
    pub redirected_to: Option<String>,
    /// Whether the body was too long to be read to its end, so that the connection had to be given up.
    pub is_cut: bool,
    /// What it says about caches.
    pub cache: CacheHeaders,
    /// Its Resource Timing entry.
    pub entry: Option<TimingEntry>,
}

/// The headers about caches that any page may read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CacheHeaders {
    /// `Cache-Control`.
    pub control: Option<String>,
    /// How long until the time of `Expires`, in ms; negative when it is over, not a number when it is no time.
    pub expires_in_ms: Option<f64>,
    /// Whether there is a `Last-Modified`.
    pub has_last_modified: bool,
}

impl Reply {
    /// What happened to its connection, and how that is known.
    ///
    /// Of requests one after another the browser's own times tell more than a server's connection ids, which may be a proxy's; these
    /// add that a connection was used before.
    pub(super) fn connection(&self) -> (ConnectionLabel, Evidence) {
        let [by_times, by_ids] = [ServerIds::Ignored, ServerIds::Used].map(|ids| label(self.entry(), ids));
        match (by_times.0, by_ids.0) {
            (ConnectionLabel::Unknown, _) | (ConnectionLabel::Reused, ConnectionLabel::Reused) => by_ids,
            _ => by_times,
        }
    }

    pub(super) fn entry(&self) -> Option<&TimingEntry> {
        self.answer()?.entry.as_ref()
    }

    /// The answer, if it is one.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Answered(answer) => Some(answer),
            _ => None,
        }
    }
}

/// Whether it is an answer that the browser has no entry of, which says nothing.
pub(super) fn is_without_entry(ended: &Reply) -> bool {
    ended.answer().is_some_and(|answer| answer.entry.is_none())
}
