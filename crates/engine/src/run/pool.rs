//! The browser's pooled connections between rounds: used up before a cold one, opened again before the next warm one.
//!
//! Where cold means "the server closes after each answer", connections that an earlier warm round left open would serve
//! the first cold requests. Closing answers on all of them at once leaves none. Where each cold request has a host of its own,
//! so many connections are open before long that the browser gives up idle ones: Chromium holds 256 in all. The next warm round
//! would have to open its own anew, and be partly cold: so requests like its own do that before.
//!
//! All tabs and threads have one pool: whoever makes the run counts for all of them.

use fetchmark_core::{
    request::target::{Target, cut_at_authority, is_numbered},
    scenario::{factors::Connection, variant::Variant},
};

/// The most connections to a host that a browser opens on HTTP/1.1.
const CONNECTIONS: u32 = 6;

/// The most that there may be: Firefox opens up to 3 more for urgent requests.
const MOST_CONNECTIONS: u32 = 9;

#[derive(Debug)]
pub(crate) struct Pool(Vec<Pooled>);

/// What is open to one target.
#[derive(Debug)]
struct Pooled {
    /// How many connections were opened since the last cold round; before the first, no number is too many. A cold round may leave
    /// none: a closing address leaves none, and for connections to many hosts the browser gives up idle ones, whatever target they
    /// are to.
    opened_since_cold: u32,
    /// Whether each cold request has a host or port, and so a connection, of its own.
    has_own_connections: bool,
}

impl Pool {
    /// Before the first round on these targets.
    pub(crate) fn new(targets: &[Target]) -> Self {
        let pooled = |target: &Target| Pooled {
            opened_since_cold: u32::MAX,
            has_own_connections: is_numbered(
                cut_at_authority(target.cold_url.as_ref().unwrap_or(&target.url)).1,
            ),
        };
        Self(targets.iter().map(pooled).collect())
    }

    /// How many requests are to be sent before a round of this variant, which comes next.
    pub(crate) fn requests_before(&mut self, variant: &Variant) -> u32 {
        if variant.client.own_connection(variant.lifecycle).is_some() {
            return 0;
        }
        if variant.connection == Connection::Cold {
            self.0.iter_mut().for_each(|pooled| pooled.opened_since_cold = 0);
        }
        let Some(pooled) = self.0.get_mut(variant.target) else { return 0 };
        match variant.connection {
            Connection::Cold if pooled.has_own_connections => 0,
            // Each answer closes its own.
            Connection::Cold => MOST_CONNECTIONS,
            Connection::Warm => {
                let (wanted, open) = (variant.concurrency.min(CONNECTIONS), pooled.opened_since_cold);
                pooled.opened_since_cold = open.max(wanted);
                if open < wanted { wanted } else { 0 }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::scenario::params;

    #[test]
    fn a_cold_round_on_one_target_leaves_no_connection_to_any() {
        let settings = "url=http://a/x&cold_url=http://a/close&url=http://h{n}.b/\
            &clients=ky:reused,pyodide-httpx:reused,aiohttp:fresh&connection=warm,cold&concurrency=4";
        let scenario = params::parse_for(settings, |_| true, Vec::new()).unwrap().scenario;
        let variants = scenario.variants();
        let mut pool = Pool::new(&scenario.all_targets());
        let mut before = |target, client, connection| {
            let is_meant =
                |of: &&Variant| (of.target, of.client.name(), of.connection) == (target, client, connection);
            pool.requests_before(variants.iter().find(is_meant).unwrap())
        };
        let (warm, cold) = (Connection::Warm, Connection::Cold);
        let rounds = [
            ((0, "ky", warm), 0),
            ((1, "ky", cold), 0),
            ((0, "ky", warm), 4),
            ((0, "ky", warm), 0),
            ((1, "ky", warm), 4),
            ((0, "ky", cold), 9),
            // Python in the tab has the browser's.
            ((1, "pyodide-httpx", cold), 0),
            ((1, "ky", warm), 4),
            // Python itself has a pool of its own.
            ((0, "aiohttp", cold), 0),
            ((1, "ky", warm), 0),
        ];
        for (nth, ((target, client, connection), expected)) in rounds.into_iter().enumerate() {
            assert_eq!(before(target, client, connection), expected, "round {nth}");
        }
    }
}
