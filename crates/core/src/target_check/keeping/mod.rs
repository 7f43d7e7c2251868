//! Whether a server keeps connections: what requests one after another prove, whatever the browser's pool holds.
//!
//! A browser opens a connection where it has none idle. So a request that opened one proves that none of those before it left one
//! open. A request that found one open proves little: the page, an earlier run or another tab may have opened it, and may give it
//! back in the middle of the check. Even if the server closes after each answer, each of those answers one request. That the server
//! keeps connections is proved where
//! - it numbers its sockets, and this check was on the same one before, or
//! - more requests found one open than a browser holds.
//!
//! Everything is judged from the first request on that opened a connection, if one did.

use super::observed::{Ended, is_without_entry};
use crate::samples::label::{ConnectionLabel, Evidence};

/// The most requests of a check to one address. A page that gives back connections one by one takes the most.
pub const MOST_REQUESTS: u32 = 30;

/// The fewest requests that tell, from the first one on that opened a connection.
const FEWEST: usize = 3;

/// The most connections to a host that a browser holds on HTTP/1.1: six, and in Firefox three more for urgent requests.
const MOST_HELD: usize = 9;

/// New connections in a row that outweigh requests on connections that may have been anybody's: more than a pool of six.
const NEW_IN_A_ROW: usize = 7;

/// Where connecting takes longer than 250 ms, Chromium and Firefox begin to connect a second time, and keep what comes of both.
const SECOND_TRY_MS: f64 = 200.0;

/// What a server was seen to do with its connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    /// It kept each.
    Kept,
    /// It kept some.
    AtTimes,
    /// It kept none.
    Closed,
}

/// What is proved; `None` is nothing yet.
pub(super) fn keeping(asked: &[Ended]) -> Option<Keeping> {
    let since = since_first_new(asked);
    let is_new = |ended: &&Ended| ended.connection().0 == ConnectionLabel::New;
    let doubtful = since.iter().filter(|ended| is_doubtful(ended)).count();
    if has_found_again(asked) || doubtful > MOST_HELD + second_tries(since) {
        let was_closed = since.iter().skip(1).any(|ended| is_new(&ended));
        return Some(if was_closed { Keeping::AtTimes } else { Keeping::Kept });
    }
    let in_a_row = since.iter().rev().take_while(is_new).count();
    (in_a_row >= if doubtful == 0 { FEWEST } else { NEW_IN_A_ROW }).then_some(Keeping::Closed)
}

/// Whether another request would tell nothing new.
pub fn is_settled(asked: &[Ended]) -> bool {
    since_first_new(asked).len() >= FEWEST && (keeping(asked).is_some() || is_hidden(asked))
}

fn since_first_new(asked: &[Ended]) -> &[Ended] {
    let first_new = asked.iter().position(|ended| ended.connection().0 == ConnectionLabel::New);
    &asked[first_new.unwrap_or_default()..]
}

/// Whether it found a connection open that may have been anybody's.
fn is_doubtful(ended: &Ended) -> bool {
    ended.connection() == (ConnectionLabel::Reused, Evidence::ResourceTiming)
}

/// Whether two requests were on one socket, by the server's own numbers.
fn has_found_again(asked: &[Ended]) -> bool {
    let mut seen = Vec::new();
    asked.iter().any(|ended| {
        let socket =
            ended.entry().and_then(|entry| entry.server_connection).map(|connection| connection.socket);
        let is_seen = socket.is_some() && seen.contains(&socket);
        seen.push(socket);
        is_seen && ended.connection() == (ConnectionLabel::Reused, Evidence::Server)
    })
}

/// Connections that the browser may have opened beside those that requests had to wait for.
fn second_tries(asked: &[Ended]) -> usize {
    let opened = asked.iter().filter(|ended| ended.connection().0 == ConnectionLabel::New);
    let entries = opened.filter_map(Ended::entry);
    entries.filter(|entry| entry.connect_end_ms - entry.fetch_start_ms >= SECOND_TRY_MS).count()
}

/// Whether the browser does not show what happened to connections. One answer without an entry says nothing, the next may have
/// one; some browsers have none for some addresses.
fn is_hidden(asked: &[Ended]) -> bool {
    let is_shown =
        |ended: &Ended| matches!(ended.connection().0, ConnectionLabel::New | ConnectionLabel::Reused);
    asked.iter().all(is_without_entry)
        || asked.last().is_some_and(|last| !is_without_entry(last) && !is_shown(last))
}

#[cfg(test)]
mod tests;
