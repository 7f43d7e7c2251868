//! Whether a request opened a connection, and how that is known.

use crate::{
    samples::timing::{ServerConnection, TimingEntry},
    scenario::factors::string_enum,
};

string_enum! {
    /// What happened to a request's connection.
    ConnectionLabel {
        /// The request was the first on its connection.
        New = "new",
        /// An earlier request had used the connection.
        Reused = "reused",
        /// No connection: the answer came from a cache.
        Cached = "cached",
        /// It cannot be told.
        Unknown = "unknown",
    }
}

string_enum! {
    /// What a [`ConnectionLabel`] rests on, best first.
    Evidence {
        /// The server numbered the request on its socket (`Server-Timing: conn`).
        Server = "server",
        /// Resource Timing shows, or shows no, connect time. A socket opened for one request may be given to
        /// another, so this can call a socket's first request reused.
        ResourceTiming = "resource-timing",
        /// The browser says the answer came from its cache, or that nothing was transferred.
        Transfer = "transfer",
        /// The client was made for this request, with a pool of its own: it had no connection to use again.
        Client = "client",
        /// The browser hides the times (no Timing-Allow-Origin), or there is no entry.
        Nothing = "nothing",
    }
}

/// Whether labels rest on a server's connection ids ([`crate::samples::connection_ids`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ServerIds {
    /// They do, where the browser's own times do not say otherwise.
    #[default]
    Used,
    /// They do not: something contradicts them.
    Ignored,
}

/// What a browser reports as transferred when the server only confirmed the cached answer (304): the 300 it adds for
/// headers, and no body. <https://www.w3.org/TR/resource-timing/#dom-performanceresourcetiming-transfersize>
const REVALIDATED_BYTES: u64 = 300;

/// The label of one request from its entry, if it has one.
///
/// What went through a service worker may have been answered by it, and times and `Server-Timing` be those of another day. Nor do sizes
/// tell: Chromium says that nothing was transferred also where the worker fetched it.
///
/// Of a redirected request times are the last hop's, which may use the connection that an earlier hop opened: a new one is new, but a
/// reused one proves nothing.
pub fn label(entry: Option<&TimingEntry>, ids: ServerIds) -> (ConnectionLabel, Evidence) {
    let unknown = (ConnectionLabel::Unknown, Evidence::Nothing);
    match entry {
        Some(entry) if !entry.is_through_worker() => match last_hop(entry, ids) {
            (ConnectionLabel::Reused, _) if entry.is_redirected() => unknown,
            told => told,
        },
        _ => unknown,
    }
}

/// The label of the last of a request's hops.
fn last_hop(entry: &TimingEntry, ids: ServerIds) -> (ConnectionLabel, Evidence) {
    // A cached answer repeats the Server-Timing of the request that filled the cache: ask this first.
    if is_from_cache(entry) {
        return (ConnectionLabel::Cached, Evidence::Transfer);
    }
    let by_server = entry.server_connection.filter(|_| ids == ServerIds::Used).map(label_by_server);
    // A request that opened a connection was the first on it, whatever a server says.
    if entry.is_detailed()
        && entry.connect_end_ms > entry.connect_start_ms
        && by_server.is_none_or(|(label, _)| label != ConnectionLabel::New)
    {
        return (ConnectionLabel::New, Evidence::ResourceTiming);
    }
    if let Some(by_server) = by_server {
        return by_server;
    }
    if !entry.is_detailed() {
        return (ConnectionLabel::Unknown, Evidence::Nothing);
    }
    let all_at_fetch_start =
        [entry.dns_start_ms, entry.dns_end_ms, entry.connect_start_ms, entry.connect_end_ms]
            .iter()
            .all(|ms| *ms == entry.fetch_start_ms);
    if all_at_fetch_start && entry.transfer_bytes > 0 {
        return (ConnectionLabel::Reused, Evidence::ResourceTiming);
    }
    (ConnectionLabel::Unknown, Evidence::Nothing)
}

/// Whether the browser says that the answer came from its cache, or that it was only confirmed.
pub(crate) fn is_from_cache(entry: &TimingEntry) -> bool {
    entry.from_cache
        || (entry.is_detailed() && entry.transfer_bytes <= REVALIDATED_BYTES && entry.encoded_bytes > 0)
}

/// The label of one request by the server's own word.
pub fn label_by_server(connection: ServerConnection) -> (ConnectionLabel, Evidence) {
    let label = if connection.nth == 1 { ConnectionLabel::New } else { ConnectionLabel::Reused };
    (label, Evidence::Server)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::timing::{
        ServerConnection,
        tests::{new_connection, reused_connection},
    };

    fn label(entry: Option<&TimingEntry>) -> (ConnectionLabel, Evidence) {
        super::label(entry, ServerIds::Used)
    }

    #[test]
    fn resource_timing_tells_new_from_reused() {
        assert_eq!(label(Some(&new_connection())), (ConnectionLabel::New, Evidence::ResourceTiming));
        assert_eq!(label(Some(&reused_connection())), (ConnectionLabel::Reused, Evidence::ResourceTiming));
    }

    #[test]
    fn the_server_s_word_overrules_missing_connect_time() {
        let entry = |nth| TimingEntry {
            server_connection: Some(ServerConnection { socket: 4, nth }),
            ..reused_connection()
        };
        assert_eq!(label(Some(&entry(1))), (ConnectionLabel::New, Evidence::Server));
        assert_eq!(label(Some(&entry(2))), (ConnectionLabel::Reused, Evidence::Server));
        let ignored = super::label(Some(&entry(1)), ServerIds::Ignored);
        assert_eq!(ignored, (ConnectionLabel::Reused, Evidence::ResourceTiming));
    }

    #[test]
    fn connect_time_overrules_the_server_s_word() {
        let entry = |nth| TimingEntry {
            server_connection: Some(ServerConnection { socket: 4, nth }),
            ..new_connection()
        };
        assert_eq!(label(Some(&entry(1))), (ConnectionLabel::New, Evidence::Server));
        assert_eq!(label(Some(&entry(2))), (ConnectionLabel::New, Evidence::ResourceTiming));
    }

    #[test]
    fn a_cached_answer_is_not_taken_for_its_first_request() {
        let entry = TimingEntry {
            transfer_bytes: 0,
            server_connection: Some(ServerConnection { socket: 4, nth: 1 }),
            ..reused_connection()
        };
        assert_eq!(label(Some(&entry)), (ConnectionLabel::Cached, Evidence::Transfer));
    }

    #[test]
    fn a_confirmed_answer_comes_from_the_cache_too() {
        let entry = TimingEntry { transfer_bytes: 300, encoded_bytes: 5_000, ..reused_connection() };
        assert_eq!(label(Some(&entry)), (ConnectionLabel::Cached, Evidence::Transfer));
    }

    #[test]
    fn a_redirect_s_last_hop_proves_a_new_connection_and_no_reused_one() {
        let redirected =
            |entry: TimingEntry| TimingEntry { redirect_start_ms: 50.0, start_ms: 50.0, ..entry };
        let unknown = (ConnectionLabel::Unknown, Evidence::Nothing);
        let new = (ConnectionLabel::New, Evidence::ResourceTiming);
        assert_eq!(label(Some(&redirected(new_connection()))), new);
        assert_eq!(label(Some(&redirected(reused_connection()))), unknown);
        let second = Some(ServerConnection { socket: 4, nth: 2 });
        let by_server = TimingEntry { server_connection: second, ..redirected(reused_connection()) };
        assert_eq!(label(Some(&by_server)), unknown);
        // Across origins the redirect's own times are hidden; that fetching began anew is not.
        let hidden = TimingEntry { start_ms: 50.0, server_connection: second, ..reused_connection() };
        assert_eq!(label(Some(&hidden)), unknown);
    }

    #[test]
    fn what_a_service_worker_was_asked_for_is_unknown_and_not_redirected() {
        let asked = TimingEntry { worker_start_ms: 99.0, start_ms: 99.0, ..reused_connection() };
        assert!(!asked.is_redirected());
        for entry in [
            TimingEntry { transfer_bytes: 0, ..asked.clone() },
            TimingEntry { server_connection: Some(ServerConnection { socket: 4, nth: 1 }), ..asked.clone() },
            asked,
        ] {
            assert_eq!(label(Some(&entry)), (ConnectionLabel::Unknown, Evidence::Nothing));
        }
    }

    #[test]
    fn what_is_hidden_is_unknown() {
        let unknown = (ConnectionLabel::Unknown, Evidence::Nothing);
        assert_eq!(label(None), unknown);
        let hidden = TimingEntry {
            start_ms: 1.0,
            fetch_start_ms: 1.0,
            response_end_ms: 2.0,
            ..TimingEntry::default()
        };
        assert_eq!(label(Some(&hidden)), unknown);
        // WebKit hides sizes across origins: no connect time alone does not prove reuse.
        let sizeless = TimingEntry { transfer_bytes: 0, encoded_bytes: 0, ..reused_connection() };
        assert_eq!(label(Some(&sizeless)), unknown);
    }
}
