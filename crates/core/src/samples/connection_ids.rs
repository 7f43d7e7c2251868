//! Whether a server's connection ids (`Server-Timing: conn`) can be those of the browser's connections.
//!
//! A proxy in between may pass on ids of its own connections to the server, a cache those of the request that filled it, two servers
//! behind one address may count alike, and a stranger's `conn` may mean anything. So ids count until something contradicts them:
//! - a request that opened a connection was not its first, or a client made for one request found a connection used;
//! - an id was seen twice, or the count on a connection went back;
//! - more requests were the first on a connection, and opened none, than a browser's own ways explain: it may give a connection that
//!   it opened for one request, which meanwhile found another free, to the next.

use crate::{
    map::Map,
    request::target::origin,
    samples::{
        ConnectionLabel, Evidence, ServerConnection, ServerIds, TimingEntry,
        label::{is_from_cache, label},
        pool::ONE_AT_A_TIME,
    },
    stats::order::{ascending, order_by},
};

/// Connections that a browser may have open before a run, and others opened for nothing: six, and in Firefox three more.
const SPARE_CONNECTIONS: u64 = 9;

/// Where connecting takes longer than 250 ms, browsers begin to connect a second time, and keep what comes of both.
const SECOND_TRY_MS: f64 = 200.0;

/// A clock of larger steps may show no time at all where a request opened a connection.
const FINE_STEP_MS: f64 = 0.2;

/// Connections remembered. Beyond, all are forgotten, so that an id seen twice may go unnoticed.
const MOST_CONNECTIONS: usize = 100_000;

/// What a browser shows of times.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    /// The step of its clock, in ms.
    pub step_ms: f64,
    /// Whether it hides that it sent a request again (`lost_connections`).
    pub hides_resends: bool,
}

/// The ids of a run, and what contradicts them.
#[derive(Clone, Debug, Default)]
pub struct ConnectionIds {
    contradiction: Option<ServerConnection>,
    /// The last request seen on each connection, by where the ids come from.
    last: Map<(String, u64), u64>,
    first_uses: u64,
    /// First uses of a connection that the request did not open, by the browser's times.
    unopened: u64,
    /// What explains as many of those.
    explained: u64,
}

impl ConnectionIds {
    /// Whether labels may rest on the ids.
    pub fn in_force(&self) -> ServerIds {
        if self.contradiction.is_some() { ServerIds::Ignored } else { ServerIds::Used }
    }

    /// The first id that something contradicted.
    pub fn contradiction(&self) -> Option<ServerConnection> {
        self.contradiction
    }

    /// Looks at the entries of one round, in which `unseen` more requests were sent whose times nobody has.
    pub fn see_entries(&mut self, entries: &[TimingEntry], unseen: u64, clock: Clock) {
        if self.contradiction.is_some() {
            return;
        }
        // For each of those a connection may have been opened that a later request is the first on.
        self.explained += unseen;
        let ends: Vec<f64> = entries.iter().map(|entry| entry.response_end_ms).collect();
        let ends = ascending(&ends);
        // What comes from a store brings along the id of the request that filled it.
        let sent = entries.iter().filter(|entry| !entry.is_through_worker() && !is_from_cache(entry));
        let numbered: Vec<_> = sent.filter_map(|entry| Some((entry, entry.server_connection?))).collect();
        for (entry, connection) in &numbered {
            // Requests on a connection that is shared may reach the server before the one that opened it.
            let was_overtaken = || {
                let mut others = numbered.iter();
                let is_shared = entry.protocol != ONE_AT_A_TIME;
                is_shared
                    && others.any(|(other, first)| {
                        (first.nth, first.socket) == (1, connection.socket)
                            && origin(&other.name) == origin(&entry.name)
                            && by_times(other) == REUSED
                    })
            };
            if !entry.is_redirected() {
                self.see_times(entry, *connection, was_overtaken, &ends, clock);
            }
        }
        self.see_ids(numbered.iter().map(|(entry, connection)| (origin(&entry.name), *connection)));
    }

    /// Looks at the ids of one round that was run outside the browser, each with the host and port it came from.
    pub fn see_native<'a>(&mut self, connections: impl Iterator<Item = (&'a str, ServerConnection)>) {
        if self.contradiction.is_none() {
            self.see_ids(connections);
        }
    }

    /// Notes that an id cannot be.
    pub fn contradict(&mut self, connection: ServerConnection) {
        self.contradiction.get_or_insert(connection);
    }

    /// `ends` are those of all requests of the round, ascending.
    fn see_times(
        &mut self,
        entry: &TimingEntry,
        connection: ServerConnection,
        was_overtaken: impl Fn() -> bool,
        ends: &[f64],
        clock: Clock,
    ) {
        let is_first = connection.nth == 1;
        self.first_uses += u64::from(is_first);
        match by_times(entry) {
            NEW => {
                if !is_first && !was_overtaken() {
                    self.contradict(connection);
                }
                let was_slow = entry.connect_end_ms - entry.fetch_start_ms >= SECOND_TRY_MS;
                self.explained += u64::from(was_slow) + u64::from(!is_first);
            }
            REUSED if is_first => {
                self.unopened += 1;
                let is_more_than_explained = self.unopened > SPARE_CONNECTIONS + self.explained;
                // A coarse clock hides some; nearly all it hides only where nothing was opened.
                let can_be_seen = clock.step_ms <= FINE_STEP_MS || self.unopened * 10 > self.first_uses * 9;
                if is_more_than_explained && can_be_seen {
                    self.contradict(connection);
                }
            }
            // A request for which a connection was being opened took another that became free while it waited. Or the one it took
            // was lost, and the browser sent it again.
            _ => {
                let freed = ends.get(ends.partition_point(|end| *end <= entry.fetch_start_ms));
                let has_waited = freed.is_some_and(|end| {
                    *end < entry.response_end_ms && *end <= entry.request_start_ms + clock.step_ms
                });
                self.explained += u64::from(!is_first && (has_waited || clock.hides_resends));
            }
        }
    }

    /// Each id once; and the count on a connection goes up from round to round.
    fn see_ids<'a>(&mut self, ids: impl Iterator<Item = (&'a str, ServerConnection)>) {
        let mut round = Map::<(&str, u64), Vec<u64>>::default();
        for (source, connection) in ids {
            round.entry((source, connection.socket)).or_default().push(connection.nth);
        }
        for ((source, socket), counts) in round {
            let order = order_by(counts.len(), |at| [counts[at] as f64, 0.0]);
            let counts: Vec<u64> = order.into_iter().map(|at| counts[at]).collect();
            let key = (source.to_owned(), socket);
            let before = self.last.get(&key).copied().unwrap_or_default();
            let seen = std::iter::once(before).chain(counts.iter().copied());
            if let Some((_, nth)) = seen.clone().zip(seen.skip(1)).find(|(one, next)| next <= one) {
                self.contradict(ServerConnection { socket, nth });
            }
            if self.last.len() >= MOST_CONNECTIONS {
                self.last.clear();
            }
            if let Some(last) = counts.last() {
                self.last.insert(key, *last);
            }
        }
    }
}

const NEW: (ConnectionLabel, Evidence) = (ConnectionLabel::New, Evidence::ResourceTiming);
const REUSED: (ConnectionLabel, Evidence) = (ConnectionLabel::Reused, Evidence::ResourceTiming);

/// What the browser's own times say.
fn by_times(entry: &TimingEntry) -> (ConnectionLabel, Evidence) {
    label(Some(entry), ServerIds::Ignored)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::timing::tests::{new_connection, numbered, reused_connection};

    /// What contradicts the ids of these rounds of a browser with such a clock.
    fn contradiction(rounds: &[Vec<TimingEntry>], step_ms: f64) -> Option<String> {
        contradicted(rounds, 0, Clock { step_ms, hides_resends: false })
    }

    fn contradicted(rounds: &[Vec<TimingEntry>], unseen: u64, clock: Clock) -> Option<String> {
        let mut ids = ConnectionIds::default();
        rounds.iter().for_each(|round| ids.see_entries(round, unseen, clock));
        ids.contradiction().map(|id| format!("{}-{}", id.socket, id.nth))
    }

    fn on_kept(socket: u64, counts: std::ops::RangeInclusive<u64>) -> Vec<TimingEntry> {
        counts.map(|nth| numbered(reused_connection(), socket, nth)).collect()
    }

    #[test]
    fn a_connection_that_the_request_opened_was_not_used_before() {
        let proxied = vec![numbered(new_connection(), 4, 1), numbered(new_connection(), 4, 2)];
        assert_eq!(contradiction(&[proxied], 0.1).as_deref(), Some("4-2"));
        let redirected = TimingEntry { redirect_start_ms: 50.0, start_ms: 50.0, ..new_connection() };
        assert_eq!(contradiction(&[vec![numbered(redirected, 4, 2)]], 0.1), None);
    }

    #[test]
    fn on_a_shared_connection_others_may_arrive_first() {
        let over = |protocol: &str, opened: u64| {
            let entries = [new_connection(), reused_connection(), reused_connection()];
            let nths = [opened, 1, 5 - opened];
            let entry = |(entry, nth)| TimingEntry { protocol: protocol.into(), ..numbered(entry, 3, nth) };
            contradiction(&[entries.into_iter().zip(nths).map(entry).collect()], 0.1)
        };
        assert_eq!((over("h2", 2), over("h3", 3)), (None, None));
        assert_eq!(over("http/1.1", 2).as_deref(), Some("3-2"));
    }

    #[test]
    fn an_id_is_seen_once_and_counts_go_up() {
        for (id, rounds) in [
            // The same on every answer: a constant, or a cache's copy.
            ("7-3", vec![vec![numbered(reused_connection(), 7, 3), numbered(reused_connection(), 7, 3)]]),
            ("1-1", vec![vec![numbered(new_connection(), 1, 1)], vec![numbered(new_connection(), 1, 1)]]),
            // Two servers behind one address, of which one was asked more often.
            ("1-2", vec![on_kept(1, 4..=6), on_kept(1, 2..=3)]),
        ] {
            assert_eq!(contradiction(&rounds, 0.1).as_deref(), Some(id));
        }
        let elsewhere = |port: u16| TimingEntry {
            name: format!("http://localhost:{port}/"),
            ..numbered(reused_connection(), 1, 5)
        };
        assert_eq!(contradiction(&[vec![elsewhere(1), elsewhere(2)]], 0.1), None);
        // HTTP/2 answers in any order, and what was not answered leaves a gap.
        let any_order = [5, 3, 9].map(|nth| numbered(reused_connection(), 1, nth));
        assert_eq!(contradiction(&[any_order.to_vec()], 0.1), None);
    }

    #[test]
    fn a_cache_s_copy_of_an_id_contradicts_nothing() {
        let cached = TimingEntry { transfer_bytes: 0, ..numbered(new_connection(), 2, 8) };
        assert_eq!(contradiction(&[vec![cached.clone(), cached]], 0.1), None);
    }

    #[test]
    fn connections_given_to_other_requests_are_no_contradiction() {
        let firsts = |count: u64, entry: fn() -> TimingEntry| -> Vec<TimingEntry> {
            (0..count).map(|socket| numbered(entry(), 100 + socket, 1)).collect()
        };
        assert_eq!(contradiction(&[firsts(9, reused_connection)], 0.1), None);
        // A proxy that keeps no connection to its server, and all of the browser's.
        assert_eq!(contradiction(&[firsts(10, reused_connection)], 0.1).as_deref(), Some("109-1"));
        // As many requests found a used connection free as new ones were left over.
        let freed = TimingEntry { response_end_ms: 105.0, ..reused_connection() };
        let waited = [on_kept(1, 2..=30), vec![freed]].concat();
        assert_eq!(contradiction(&[waited, firsts(30, reused_connection)], 0.1), None);
        // A clock of 1 ms shows no connect time where connecting took less.
        let coarse =
            [firsts(40, new_connection), (0..30).map(|n| numbered(reused_connection(), n, 1)).collect()];
        assert_eq!(contradiction(&coarse, 1.0), None);
        assert!(contradiction(&coarse, 0.02).is_some());
    }

    /// A proxy keeps the browser's connection, and replaces its own to the server every 20 requests.
    #[test]
    fn requests_that_waited_for_none_explain_no_first_use() {
        let at = |n: u64| {
            let ms = 100.0 * n as f64;
            let entry = reused_connection();
            TimingEntry {
                fetch_start_ms: ms,
                start_ms: ms,
                dns_start_ms: ms,
                dns_end_ms: ms,
                connect_start_ms: ms,
                connect_end_ms: ms,
                request_start_ms: ms + entry.request_start_ms - entry.fetch_start_ms,
                // The next is fetched as soon as this one has ended.
                response_end_ms: ms + 100.0,
                ..numbered(entry, n / 20, n % 20 + 1)
            }
        };
        let rounds = [(1..400).map(at).collect::<Vec<_>>()];
        let clock = |step_ms| Clock { step_ms, hides_resends: false };
        assert_eq!(contradicted(&rounds, 0, clock(0.1)).as_deref(), Some("10-1"));
        // Requests that nobody saw may have left as many connections over.
        assert_eq!(contradicted(&rounds, 30, clock(0.1)), None);
        // Each may be one that was sent again.
        assert_eq!(contradicted(&rounds, 0, Clock { step_ms: 0.1, hides_resends: true }), None);
    }

    #[test]
    fn ids_of_other_runtimes_are_counted_apart() {
        let mut ids = ConnectionIds::default();
        ids.see_entries(&on_kept(1, 2..=3), 0, Clock::default());
        let id = |nth| ServerConnection { socket: 1, nth };
        ids.see_native([("a:80", id(2)), ("a:80", id(3)), ("a:81", id(3))].into_iter());
        assert_eq!(ids.in_force(), ServerIds::Used);
        ids.see_native([("a:80", id(3))].into_iter());
        assert_eq!((ids.in_force(), ids.contradiction()), (ServerIds::Ignored, Some(id(3))));
    }
}
