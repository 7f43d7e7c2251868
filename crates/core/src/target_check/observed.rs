//! What the browser told of a check's requests.

use crate::{
    label::{ConnectionLabel, label},
    sample::ErrorClass,
    timing::TimingEntry,
};
use std::collections::BTreeSet;

/// What the browser told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// Whether the page needs the target's permission (CORS).
    pub is_cross_origin: bool,
    /// Whether fetching it takes a network.
    pub is_over_network: bool,
    /// Whether there is an address that is meant to force cold connections.
    pub has_cold: bool,
    /// Requests to the target, one after another; none where it is known beforehand that they must fail.
    pub target: Vec<Ended>,
    /// What the failure of the first is, or why there is none.
    pub failure: Option<ErrorClass>,
    /// Whether a request without headers and credentials was answered, where that was tried.
    pub plain_answered: Option<bool>,
    /// Requests to the address for cold connections, one after another.
    pub cold: Vec<Ended>,
}

/// How one request ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// With an answer.
    Answered(Box<Answered>),
    /// The answer began, but its body broke off.
    BrokenOff,
    /// Not within the time there was.
    TimedOut,
    /// Without an answer that the page may read.
    Failed,
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answered {
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

impl Ended {
    /// What happened to its connection.
    pub(super) fn connection(&self) -> ConnectionLabel {
        self.answer().map_or(ConnectionLabel::Unknown, |answer| label(answer.entry.as_ref()).0)
    }

    /// The answer, if it is one.
    pub fn answer(&self) -> Option<&Answered> {
        match self {
            Self::Answered(answer) => Some(answer),
            _ => None,
        }
    }
}

/// Whether it is an answer that the browser has no entry of, which says nothing: the next may have one.
pub(super) fn is_without_entry(ended: &Ended) -> bool {
    ended.answer().is_some_and(|answer| answer.entry.is_none())
}

/// Requests to the target at least: one that opens a connection, and two that may find it again.
const WARM_REQUESTS: usize = 3;

/// Whether requests to a target, one after another, tell whether it keeps connections.
///
/// A browser may hold connections that are open already. What a request does to its own connection shows only in the next one,
/// and only after a request that opened one: before that, the next may find any other. Where a server numbers its sockets, one
/// that is found twice tells, too.
pub fn is_warm_settled(asked: &[Ended]) -> bool {
    let labels: Vec<ConnectionLabel> = asked.iter().map(Ended::connection).collect();
    let Some((last, before)) = labels.split_last() else { return false };
    let is_seen = matches!(last, ConnectionLabel::New | ConnectionLabel::Reused);
    let is_told = !is_seen || before.contains(&ConnectionLabel::New) || has_found_again(asked);
    asked.len() >= WARM_REQUESTS && (has_no_entries(asked) || (is_told && !ends_without_entry(asked)))
}

/// Whether the next request may tell what the last did not.
fn ends_without_entry(asked: &[Ended]) -> bool {
    asked.last().is_some_and(is_without_entry)
}

/// Whether it is in vain to wait for entries: some browsers have none for some addresses.
fn has_no_entries(asked: &[Ended]) -> bool {
    asked.iter().all(is_without_entry)
}

/// Whether two requests were on one socket, by the server's own numbers.
pub(super) fn has_found_again(asked: &[Ended]) -> bool {
    let socket = |ended: &Ended| Some(ended.answer()?.entry.as_ref()?.server_connection?.socket);
    let mut seen = BTreeSet::new();
    asked.iter().filter_map(socket).any(|socket| !seen.insert(socket))
}

/// Whether requests to an address for cold connections, one after another, tell whether it forces them.
///
/// A browser may hold connections that are open already: each closing answer uses one up, and only then a new one shows
/// that the address closes them. An address that does not close finds its own connection open the next time.
pub fn is_cold_settled(asked: &[Ended]) -> bool {
    match asked {
        [] | [Ended::Answered(_)] => false,
        _ if has_no_entries(asked) => true,
        _ if ends_without_entry(asked) => false,
        [.., before, last] => {
            last.connection() != ConnectionLabel::Reused || before.connection() == ConnectionLabel::New
        }
        [_] => true,
    }
}
