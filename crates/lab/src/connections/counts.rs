//! The counting itself: plain data, no locks and no clock.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::report::{OriginReport, Protocol, Scheme, SocketReport, SocketsReport};

const CLOSED_KEPT: usize = 10_000;
const ORIGINS_KEPT: usize = 10_000;

/// Everything counted since the last reset, and the sockets that outlive it.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Numbers the periods between resets, so that a request knows whether it began in this one.
    period: u64,
    /// `origins`, `sockets` and `in_flight` stay empty here: they are filled in when a report is made.
    totals: SocketsReport,
    in_flight: u64,
    origins: Vec<OriginReport>,
    origin_index: HashMap<String, usize>,
    sockets: HashMap<u64, Entry>,
    closed: VecDeque<u64>,
}

#[derive(Debug)]
struct Entry {
    scheme: Scheme,
    protocol: Option<Protocol>,
    requests: u64,
    first_nth: Option<u64>,
    /// Origins served, as indices: one for HTTP/1.1, more where HTTP/2 coalesces hosts.
    origins: BTreeSet<usize>,
    first_origin: Option<usize>,
    open: bool,
}

impl Counts {
    pub(super) fn opened(&mut self, id: u64, scheme: Scheme) {
        self.totals.opened += 1;
        let entry = Entry {
            scheme,
            protocol: None,
            requests: 0,
            first_nth: None,
            origins: BTreeSet::new(),
            first_origin: None,
            open: true,
        };
        self.sockets.insert(id, entry);
    }

    pub(super) fn negotiated(&mut self, id: u64, protocol: Protocol) {
        if let Some(entry) = self.sockets.get_mut(&id) {
            entry.protocol = Some(protocol);
        }
    }

    pub(super) fn closed(&mut self, id: u64) {
        let Some(entry) = self.sockets.get_mut(&id) else { return };
        entry.open = false;
        self.closed.push_back(id);
        if self.closed.len() > CLOSED_KEPT
            && let Some(oldest) = self.closed.pop_front()
        {
            self.sockets.remove(&oldest);
            self.totals.sockets_left_out += 1;
        }
    }

    /// Counts a measured request and returns the period it belongs to.
    pub(super) fn begun(&mut self, id: u64, nth: u64, origin: &str) -> u64 {
        self.totals.requests += 1;
        self.in_flight += 1;
        if nth == 1 {
            self.totals.first_requests += 1;
        }
        let origin = self.origin(origin);
        if let Some(index) = origin {
            self.origins[index].requests += 1;
        } else {
            self.totals.origins_left_out += 1;
        }
        if let Some(entry) = self.sockets.get_mut(&id) {
            entry.requests += 1;
            if entry.first_nth.is_none() {
                entry.first_nth = Some(nth);
                entry.first_origin = origin;
                self.totals.used += 1;
            }
            if let Some(index) = origin
                && entry.origins.insert(index)
            {
                self.origins[index].sockets += 1;
            }
        }
        self.period
    }

    pub(super) fn ended(&mut self, period: u64, aborted: bool) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if aborted && period == self.period {
            self.totals.aborted += 1;
        }
    }

    pub(super) fn preflight(&mut self, origin: &str) {
        self.totals.options += 1;
        if let Some(index) = self.origin(origin) {
            self.origins[index].options += 1;
        } else {
            self.totals.origins_left_out += 1;
        }
    }

    /// Zeroes everything except ids, ordinals, open sockets and what is in flight.
    pub(super) fn reset(&mut self) {
        self.period += 1;
        self.totals = SocketsReport::default();
        self.origins.clear();
        self.origin_index.clear();
        self.closed.clear();
        self.sockets.retain(|_, entry| entry.open);
        for entry in self.sockets.values_mut() {
            entry.requests = 0;
            entry.first_nth = None;
            entry.origins.clear();
            entry.first_origin = None;
        }
    }

    pub(super) fn report(&self) -> SocketsReport {
        let mut sockets: Vec<_> = self.sockets.iter().map(|(id, entry)| self.socket(*id, entry)).collect();
        sockets.sort_unstable_by_key(|socket| socket.id);
        SocketsReport {
            in_flight: self.in_flight,
            origins: self.origins.clone(),
            sockets,
            ..self.totals.clone()
        }
    }

    fn socket(&self, id: u64, entry: &Entry) -> SocketReport {
        SocketReport {
            id,
            scheme: entry.scheme,
            protocol: entry.protocol,
            origin: entry.first_origin.map(|index| self.origins[index].origin.clone()),
            requests: entry.requests,
            first_nth: entry.first_nth,
            open: entry.open,
        }
    }

    /// Finds or adds an origin; `None` when the list is full.
    fn origin(&mut self, origin: &str) -> Option<usize> {
        if let Some(index) = self.origin_index.get(origin) {
            return Some(*index);
        }
        if self.origins.len() == ORIGINS_KEPT {
            return None;
        }
        let index = self.origins.len();
        self.origins.push(OriginReport { origin: origin.to_owned(), sockets: 0, requests: 0, options: 0 });
        self.origin_index.insert(origin.to_owned(), index);
        Some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "http://localhost:1";

    #[test]
    fn a_socket_first_used_for_something_else_is_used_but_not_first() {
        let mut counts = Counts::default();
        counts.opened(1, Scheme::Http);
        counts.opened(2, Scheme::Http);
        counts.begun(1, 2, ORIGIN);
        counts.begun(2, 1, ORIGIN);
        let report = counts.report();
        assert_eq!((report.opened, report.used, report.first_requests), (2, 2, 1));
        assert_eq!(report.sockets[0].first_nth, Some(2));
    }

    #[test]
    fn one_h2_socket_may_serve_several_origins() {
        let mut counts = Counts::default();
        counts.opened(1, Scheme::Https);
        for (nth, origin) in [(1, "https://a"), (2, "https://b"), (3, "https://a")] {
            counts.begun(1, nth, origin);
        }
        let report = counts.report();
        let by_origin: Vec<_> =
            report.origins.iter().map(|o| (o.origin.as_str(), o.sockets, o.requests)).collect();
        assert_eq!(by_origin, [("https://a", 1, 2), ("https://b", 1, 1)]);
        assert_eq!((report.used, report.sockets[0].origin.as_deref()), (1, Some("https://a")));
    }

    #[test]
    fn a_request_from_before_a_reset_never_counts_as_aborted() {
        let mut counts = Counts::default();
        counts.opened(1, Scheme::Http);
        let period = counts.begun(1, 1, ORIGIN);
        counts.reset();
        assert_eq!(counts.report().in_flight, 1);
        counts.ended(period, true);
        let report = counts.report();
        assert_eq!((report.in_flight, report.aborted, report.requests), (0, 0, 0));
    }

    #[test]
    fn detail_is_bounded_and_totals_are_not() {
        let mut counts = Counts::default();
        let sockets = CLOSED_KEPT as u64 + 5;
        for id in 1..=sockets {
            counts.opened(id, Scheme::Http);
            let period = counts.begun(id, 1, &format!("http://h{id}.localhost"));
            counts.ended(period, false);
            counts.closed(id);
        }
        let report = counts.report();
        assert_eq!((report.opened, report.used, report.requests), (sockets, sockets, sockets));
        assert_eq!((report.sockets.len(), report.sockets_left_out), (CLOSED_KEPT, 5));
        assert_eq!((report.origins.len(), report.origins_left_out), (ORIGINS_KEPT, 5));
        assert_eq!(report.sockets[0].id, 6, "the oldest go first");
    }

    #[test]
    fn a_reset_forgets_closed_sockets_and_zeroes_open_ones() {
        let mut counts = Counts::default();
        for id in 1..=2 {
            counts.opened(id, Scheme::Http);
            counts.begun(id, 1, ORIGIN);
        }
        counts.closed(1);
        counts.reset();
        let report = counts.report();
        assert_eq!(report.sockets.len(), 1);
        let left = &report.sockets[0];
        assert_eq!((left.id, left.requests, left.first_nth, left.open), (2, 0, None, true));
        counts.begun(2, 2, ORIGIN);
        assert_eq!((counts.report().used, counts.report().first_requests), (1, 0));
    }
}
