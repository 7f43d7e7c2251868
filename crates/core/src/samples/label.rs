//! Whether a request opened a connection, and how that is known.

use crate::{
    samples::{ServerConnection, TimingEntry},
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
        /// It is not known.
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
            label => label,
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
    use crate::samples::timing::tests::{hidden, new_connection, numbered, reused_connection};
    use ConnectionLabel::{Cached, New, Reused, Unknown};
    use Evidence::{Nothing, ResourceTiming, Server, Transfer};

    fn with_ids(entry: &TimingEntry) -> (ConnectionLabel, Evidence) {
        label(Some(entry), ServerIds::Used)
    }

    #[test]
    fn times_and_the_server_tell_new_from_reused() {
        for (entry, expected) in [
            (new_connection(), (New, ResourceTiming)),
            (reused_connection(), (Reused, ResourceTiming)),
            // The server's word overrules missing connect time, and connect time the server's word.
            (numbered(reused_connection(), 4, 1), (New, Server)),
            (numbered(reused_connection(), 4, 2), (Reused, Server)),
            (numbered(new_connection(), 4, 1), (New, Server)),
            (numbered(new_connection(), 4, 2), (New, ResourceTiming)),
        ] {
            assert_eq!(with_ids(&entry), expected, "{entry:?}");
        }
        let first = numbered(reused_connection(), 4, 1);
        assert_eq!(label(Some(&first), ServerIds::Ignored), (Reused, ResourceTiming));
    }

    #[test]
    fn an_answer_that_a_cache_gave_or_confirmed_is_cached() {
        let stored = TimingEntry { transfer_bytes: 0, ..numbered(reused_connection(), 4, 1) };
        let confirmed = TimingEntry { transfer_bytes: 300, encoded_bytes: 5_000, ..reused_connection() };
        assert_eq!([stored, confirmed].map(|entry| with_ids(&entry)), [(Cached, Transfer); 2]);
    }

    #[test]
    fn the_last_hop_of_a_redirect_proves_only_a_new_connection() {
        let redirected =
            |entry: TimingEntry| TimingEntry { redirect_start_ms: 50.0, start_ms: 50.0, ..entry };
        assert_eq!(with_ids(&redirected(new_connection())), (New, ResourceTiming));
        for entry in [
            redirected(reused_connection()),
            redirected(numbered(reused_connection(), 4, 2)),
            // Across origins the redirect's own times are hidden; that fetching began anew is not.
            TimingEntry { start_ms: 50.0, ..numbered(reused_connection(), 4, 2) },
        ] {
            assert_eq!(with_ids(&entry), (Unknown, Nothing), "{entry:?}");
        }
    }

    #[test]
    fn what_is_hidden_or_through_a_service_worker_is_unknown() {
        let asked = TimingEntry { worker_start_ms: 99.0, start_ms: 99.0, ..reused_connection() };
        assert!(!asked.is_redirected());
        assert_eq!(label(None, ServerIds::Used), (Unknown, Nothing));
        for entry in [
            hidden(),
            // WebKit hides sizes across origins: no connect time alone does not prove reuse.
            TimingEntry { transfer_bytes: 0, encoded_bytes: 0, ..reused_connection() },
            TimingEntry { transfer_bytes: 0, ..asked.clone() },
            numbered(asked.clone(), 4, 1),
            asked,
        ] {
            assert_eq!(with_ids(&entry), (Unknown, Nothing), "{entry:?}");
        }
    }
}
