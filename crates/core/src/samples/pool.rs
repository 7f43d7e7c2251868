//! What the requests seen so far prove about the browser's connection pool.
//!
//! A browser may open a socket for one request and give it to another (late binding): the socket's first request then
//! shows no connect time, and looks like one that reused a connection. Of six requests on six new sockets over HTTP/1.1
//! as few as three were seen to show one. What Resource Timing cannot hide is how many requests were on the wire at a
//! time, and over HTTP/1.1 each needs a connection of its own. Where more are on the wire than connections are known,
//! the one that made it so is on a connection nobody saw open: whether it was the first there is unknown.

use crate::{
    map::Map,
    request::target::origin,
    samples::{
        ConnectionLabel, Evidence, SampleInfo, ServerConnection, ServerIds, TimingEntry, label::label,
    },
    stats::order::order_by,
};

/// The protocol under which a request on the wire has a connection to itself.
pub(super) const ONE_AT_A_TIME: &str = "http/1.1";

/// Connections that browsers hold to an origin over HTTP/1.1.
const MOST_AT_A_TIME: usize = 6;

/// Origins remembered. Beyond, all are forgotten, which brings doubts and no guesses.
const MOST_ORIGINS: usize = 1_000;

/// Connections proved to be open, by origin.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    known: Map<String, usize>,
}

/// What one round's entries show of the connections to an origin.
#[derive(Default)]
struct InRound {
    /// When the requests end that may be on the wire.
    ends: Vec<f64>,
    /// Connections that the round used, and that are open if none was closed.
    open: usize,
    /// How often a request opened a connection though one of those must have been free.
    closed: usize,
}

/// One request's label, and the entry it came from.
#[derive(Clone, Copy, Debug)]
pub struct LabelledRequest<'a> {
    /// The entry.
    pub entry: Option<&'a TimingEntry>,
    /// The label.
    pub label: ConnectionLabel,
    /// What it rests on.
    pub evidence: Evidence,
    /// Whether the entry may be another request's ([`crate::samples::join::Joined`]).
    pub tied: bool,
    /// What is known of it where no browser sent it.
    pub info: Option<&'a SampleInfo>,
    /// Whether the server's connection ids count.
    pub ids: ServerIds,
}

/// The place of each request, by the entry that it was joined to.
pub(crate) fn places_by_entry(requests: &[LabelledRequest<'_>]) -> Map<*const TimingEntry, usize> {
    let joined = requests.iter().enumerate();
    joined.filter_map(|(at, request)| Some((std::ptr::from_ref(request.entry?), at))).collect()
}

impl Pool {
    /// Goes through one round's entries in the order in which they went onto the wire, notes connections, and takes back
    /// the label of each request that is called reused on a connection nobody saw open.
    ///
    /// `entries` are all of the round, those that belong to no request among them: they were on the wire, too. Says how often a request
    /// opened a connection though one that the round had used must have been free: so many were closed.
    pub fn withdraw_unproven<'a>(
        &mut self,
        requests: &mut [LabelledRequest<'a>],
        entries: &'a [TimingEntry],
        ids: ServerIds,
        timer_step_ms: f64,
    ) -> usize {
        let request_of = places_by_entry(requests);
        let on_the_wire: Vec<&TimingEntry> =
            entries.iter().filter(|entry| is_on_a_connection(entry)).collect();
        let order = order_by(on_the_wire.len(), |at| [on_the_wire[at].request_start_ms, 0.0]);
        let mut in_round = Map::<&str, InRound>::default();
        for entry in order.into_iter().map(|at| on_the_wire[at]) {
            let origin = origin(&entry.name);
            let InRound { ends, open, closed } = in_round.entry(origin).or_default();
            // What ends in the clock's step in which this one starts may be on the wire still.
            ends.retain(|end| end + timer_step_ms > entry.request_start_ms);
            let busy = 1 + ends.iter().filter(|end| **end > entry.request_start_ms).count();
            ends.push(entry.response_end_ms);
            let known = self.known(origin);
            let request = request_of.get(&std::ptr::from_ref(entry)).and_then(|at| requests.get_mut(*at));
            let label = request.as_ref().map_or_else(|| label(Some(entry), ids).0, |request| request.label);
            if label == ConnectionLabel::New {
                // A browser opens a connection where none is idle. That fewer are on the wire than were known means that
                // some have closed; which, nobody saw.
                *known = busy;
                let was_closed = *open >= ends.len().min(busy.max(MOST_AT_A_TIME));
                *closed += usize::from(was_closed);
                *open += usize::from(!was_closed);
            } else if busy > *known {
                *known = busy;
                if let Some(request) = request {
                    request.take_back();
                }
            }
            *open = (*open).max(busy);
        }
        in_round.values().map(|origin| origin.closed).sum()
    }

    fn known(&mut self, origin: &str) -> &mut usize {
        if !self.known.contains_key(origin) && self.known.len() >= MOST_ORIGINS {
            self.known.clear();
        }
        self.known.entry(origin.to_owned()).or_default()
    }
}

/// Whether the entry tells when it was on a connection of its own.
fn is_on_a_connection(entry: &TimingEntry) -> bool {
    entry.is_detailed()
        && entry.protocol == ONE_AT_A_TIME
        && label(Some(entry), ServerIds::Ignored).0 != ConnectionLabel::Cached
}

impl LabelledRequest<'_> {
    /// The server's own word about the connection, where it gives one and it is certain whose it is.
    pub fn server_connection(&self) -> Option<ServerConnection> {
        match self.info {
            _ if self.ids == ServerIds::Ignored => None,
            Some(info) => info.connection,
            None => self.entry.and_then(|entry| entry.server_connection).filter(|_| !self.tied),
        }
    }

    /// Whether it is called reused because it shows no connect time.
    pub(crate) fn is_reused_by_times(&self) -> bool {
        (self.label, self.evidence) == (ConnectionLabel::Reused, Evidence::ResourceTiming)
    }

    /// Takes back a label that rests on missing connect time alone. The server counts the requests on its sockets: its word needs no proof.
    pub(crate) fn take_back(&mut self) {
        if self.is_reused_by_times() {
            (self.label, self.evidence) = (ConnectionLabel::Unknown, Evidence::Nothing);
        }
    }

    #[cfg(test)]
    pub(crate) fn of(
        entry: Option<&TimingEntry>,
        label: ConnectionLabel,
        evidence: Evidence,
    ) -> LabelledRequest<'_> {
        LabelledRequest { entry, label, evidence, tied: false, info: None, ids: ServerIds::Used }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(origin: &str, from: f64, to: f64) -> TimingEntry {
        TimingEntry {
            name: format!("{origin}/a"),
            request_start_ms: from,
            response_start_ms: to - 0.5,
            response_end_ms: to,
            protocol: "http/1.1".into(),
            ..TimingEntry::default()
        }
    }

    use ConnectionLabel::{New, Reused, Unknown};
    use Evidence::{ResourceTiming, Server};

    /// What is left of the labels of requests that start and end so, and how many connections were closed.
    fn left(
        pool: &mut Pool,
        requests: &[(f64, f64, ConnectionLabel)],
        timer_step_ms: f64,
    ) -> (Vec<ConnectionLabel>, usize) {
        let entries: Vec<_> = requests.iter().map(|(from, to, _)| entry("http://a", *from, *to)).collect();
        let both = requests.iter().zip(&entries);
        let mut labelled: Vec<_> = both
            .map(|((.., label), entry)| LabelledRequest::of(Some(entry), *label, ResourceTiming))
            .collect();
        let closed = pool.withdraw_unproven(&mut labelled, &entries, ServerIds::Used, timer_step_ms);
        (labelled.iter().map(|request| request.label).collect(), closed)
    }

    #[test]
    fn a_connection_nobody_saw_open_is_in_doubt_once() {
        let mut pool = Pool::default();
        let requests = [(1.0, 9.0, New), (2.0, 5.0, Reused), (3.0, 9.0, Reused), (6.0, 9.0, Reused)];
        // Three are on the wire at a time and one connection was seen to open. The fourth finds one that was given back.
        assert_eq!(left(&mut pool, &requests, 0.1).0, [New, Unknown, Unknown, Reused]);
        // What is known stays known.
        assert_eq!(left(&mut pool, &requests[1..2], 0.1).0, [Reused]);
    }

    #[test]
    fn connections_that_close_are_not_counted_on() {
        let mut pool = Pool::default();
        // One after the other, each on a connection of its own: one is known at a time, however many there were.
        let closing: Vec<_> = (0..40).map(|n| (2.0 * f64::from(n), 2.0 * f64::from(n) + 1.0, New)).collect();
        assert!(left(&mut pool, &closing, 0.1).0.iter().all(|label| *label == New));
        let requests = [(100.0, 101.0, Reused), (100.5, 101.5, Reused)];
        assert_eq!(left(&mut pool, &requests, 0.1).0, [Reused, Unknown]);
    }

    #[test]
    fn a_connection_that_is_not_used_again_was_closed() {
        let closed = |requests: &[(f64, ConnectionLabel)]| {
            let requests: Vec<_> = requests.iter().map(|(from, label)| (*from, from + 1.0, *label)).collect();
            left(&mut Pool::default(), &requests, 0.02).1
        };
        assert_eq!(closed(&[(1.0, New), (3.0, Reused), (5.0, New)]), 1);
        assert_eq!(closed(&[(1.0, New), (1.2, New), (3.0, Reused), (3.1, New)]), 1);
        assert_eq!(closed(&[(1.0, New), (3.0, New), (5.0, New), (5.5, New)]), 2);
        // The first connections of a round are not lost, nor is one that all are beside.
        assert_eq!(closed(&[(1.0, New), (1.5, New), (3.0, Reused), (3.1, Reused), (3.2, New)]), 0);
        assert_eq!(closed(&[(1.0, Reused), (3.0, Reused)]), 0);
    }

    #[test]
    fn what_a_coarse_clock_shows_at_once_may_overlap() {
        let closed = |requests: &[_]| left(&mut Pool::default(), requests, 1.0).1;
        // The first ends at 2.9, the second starts at 2.1.
        assert_eq!(closed(&[(1.0, 2.0, New), (2.0, 4.0, New)]), 0);
        assert_eq!(closed(&[(1.0, 2.0, New), (3.0, 4.0, New)]), 1);
        // Six all in one step, and a seventh: browsers hold no more.
        assert_eq!(closed(&[(5.0, 5.0, New); 6]), 0);
        assert_eq!(closed(&[(5.0, 5.0, New); 8]), 2);
        // Ten that surely overlap: this browser holds more.
        assert_eq!(closed(&[(5.0, 9.0, New); 10]), 0);
    }

    #[test]
    fn what_belongs_to_no_request_was_on_the_wire_too() {
        let mut pool = Pool { known: [("http://a".to_owned(), 1)].into() };
        let entries = [entry("http://a", 1.0, 9.0), entry("http://a", 2.0, 8.0)];
        let mut requests = [LabelledRequest::of(Some(&entries[1]), Reused, ResourceTiming)];
        pool.withdraw_unproven(&mut requests, &entries, ServerIds::Used, 0.1);
        assert_eq!(requests[0].label, Unknown);
    }

    #[test]
    fn memory_does_not_grow_with_origins() {
        let mut pool = Pool::default();
        for host in 0..3_000 {
            let entries = [entry(&format!("http://h{host}"), 1.0, 9.0)];
            pool.withdraw_unproven(&mut [], &entries, ServerIds::Used, 0.1);
        }
        assert!(pool.known.len() <= MOST_ORIGINS);
    }

    #[test]
    fn the_server_s_word_and_other_origins_stand() {
        let h2 = TimingEntry { protocol: "h2".into(), ..entry("http://c", 1.0, 2.0) };
        let entries = [entry("http://a", 1.0, 9.0), entry("http://b", 2.0, 9.0), h2];
        let labels = [(New, ResourceTiming), (Reused, Server), (Reused, ResourceTiming)];
        let mut requests: Vec<_> = (entries.iter().zip(labels))
            .map(|(entry, (label, evidence))| LabelledRequest::of(Some(entry), label, evidence))
            .collect();
        Pool::default().withdraw_unproven(&mut requests, &entries, ServerIds::Used, 0.1);
        assert_eq!(requests.iter().map(|request| request.label).collect::<Vec<_>>(), [New, Reused, Reused]);
    }
}
