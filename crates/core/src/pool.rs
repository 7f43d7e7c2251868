//! What the requests seen so far prove about the browser's connection pool.
//!
//! A browser may open a socket for one request and give it to another (late binding): the socket's first request then
//! shows no connect time, and looks like one that reused a connection. Of six requests on six new sockets over HTTP/1.1
//! as few as three were seen to show one. What Resource Timing cannot hide is how many requests were on the wire at a
//! time, and over HTTP/1.1 each needs a connection of its own. Where more are on the wire than connections are known,
//! the one that made it so is on a connection nobody saw open: whether it was the first there cannot be told.

use crate::{
    label::{ConnectionLabel, Evidence},
    timing::TimingEntry,
};
use std::collections::HashMap;

/// The protocol under which a request on the wire has a connection to itself.
const ONE_AT_A_TIME: &str = "http/1.1";

/// Connections proved to exist, by origin. A closed one is not noticed: the count can be too high, never too low.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    known: HashMap<String, usize>,
}

/// One request's label, and the entry it came from.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// The entry.
    pub entry: Option<&'a TimingEntry>,
    /// The label.
    pub label: ConnectionLabel,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Pool {
    /// Goes through one round's requests in the order in which they went onto the wire, notes connections, and takes
    /// back the label of each that is called reused on a connection nobody saw open.
    pub fn doubt(&mut self, requests: &mut [Labelled<'_>]) {
        let mut order: Vec<(f64, usize)> = requests
            .iter()
            .enumerate()
            .filter_map(|(at, request)| Some((request.on_the_wire()?.request_start_ms, at)))
            .collect();
        order.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
        let mut ends: HashMap<&str, Vec<f64>> = HashMap::new();
        for (now, at) in order {
            let Some(entry) = requests[at].entry else { continue };
            let origin = origin(&entry.name);
            let ends = ends.entry(origin).or_default();
            ends.retain(|end| *end > now);
            ends.push(entry.response_end_ms);
            let known = self.known.entry(origin.to_owned()).or_default();
            match requests[at].label {
                ConnectionLabel::New => *known += 1,
                _ if ends.len() > *known => {
                    *known = ends.len();
                    requests[at].take_back();
                }
                _ => {}
            }
        }
    }
}

impl<'a> Labelled<'a> {
    fn on_the_wire(&self) -> Option<&'a TimingEntry> {
        self.entry.filter(|entry| entry.is_detailed() && entry.protocol == ONE_AT_A_TIME)
    }

    fn take_back(&mut self) {
        // The server counts the requests on its sockets: its word needs no proof.
        if self.label == ConnectionLabel::Reused && self.evidence == Evidence::ResourceTiming {
            (self.label, self.evidence) = (ConnectionLabel::Unknown, Evidence::Nothing);
        }
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> &str {
    let (scheme, authority, _) = crate::target::cut_at_authority(url);
    &url[..scheme.len() + authority.len()]
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

    fn doubted(
        pool: &mut Pool,
        requests: &[(&TimingEntry, ConnectionLabel, Evidence)],
    ) -> Vec<ConnectionLabel> {
        let mut labelled: Vec<Labelled<'_>> = requests
            .iter()
            .map(|(entry, label, evidence)| Labelled {
                entry: Some(entry),
                label: *label,
                evidence: *evidence,
            })
            .collect();
        pool.doubt(&mut labelled);
        labelled.iter().map(|request| request.label).collect()
    }

    use ConnectionLabel::{New, Reused, Unknown};
    use Evidence::{ResourceTiming, Server};

    #[test]
    fn a_connection_nobody_saw_open_is_in_doubt_once() {
        let mut pool = Pool::default();
        let entries = [
            entry("http://a", 1.0, 9.0),
            entry("http://a", 2.0, 5.0),
            entry("http://a", 3.0, 9.0),
            entry("http://a", 6.0, 9.0),
        ];
        let labels = [New, Reused, Reused, Reused];
        let requests: Vec<_> =
            entries.iter().zip(labels).map(|(entry, label)| (entry, label, ResourceTiming)).collect();
        // Three are on the wire at a time and one connection was seen to open. The fourth finds one that was given back.
        assert_eq!(doubted(&mut pool, &requests), [New, Unknown, Unknown, Reused]);
        // What is known stays known.
        assert_eq!(doubted(&mut pool, &[(&entries[1], Reused, ResourceTiming)]), [Reused]);
    }

    #[test]
    fn the_server_s_word_and_other_origins_stand() {
        let mut pool = Pool::default();
        let entries = [entry("http://a", 1.0, 9.0), entry("http://b", 2.0, 9.0)];
        let requests = [(&entries[0], New, ResourceTiming), (&entries[1], Reused, Server)];
        assert_eq!(doubted(&mut pool, &requests), [New, Reused]);
        let h2 = TimingEntry { protocol: "h2".into(), ..entry("http://c", 1.0, 2.0) };
        assert_eq!(doubted(&mut pool, &[(&h2, Reused, ResourceTiming)]), [Reused]);
    }
}
