//! The target's URL, resolved and checked before anything is sent, and where the requests of a round go.

use crate::run::error::RunError;
use fetchmark_core::{
    request::{
        address::{self, AddressProblem},
        target::{
            cut_at_authority, differ_in_numbers_alone, has_numbered_port, is_blocked_port, is_numbered,
            numbered,
        },
    },
    samples::join::FRAGMENT,
    scenario::factors::Connection,
};
use web_sys::Url;

/// Where the requests of one round go.
#[derive(Debug)]
pub(crate) enum Addresses {
    /// All to the same address. It carries no fragment: a reused `Request` cannot have another one for each call, and
    /// what is compared with it must not pay for parsing one.
    Same { address: String, n: u32 },
    /// An address each.
    Each(Vec<String>),
}

impl Addresses {
    pub(crate) fn of(&self, place: u32) -> &str {
        match self {
            Self::Same { address, .. } => address,
            Self::Each(addresses) => addresses.get(place as usize).map_or("", String::as_str),
        }
    }

    /// One for all, or one for each.
    pub(crate) fn different(self) -> Vec<String> {
        match self {
            Self::Same { address, .. } => vec![address],
            Self::Each(addresses) => addresses,
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Same { n, .. } => *n as usize,
            Self::Each(addresses) => addresses.len(),
        }
    }
}

/// A URL that can be fetched, with or without counters in it.
#[derive(Clone, Debug)]
pub(crate) struct TargetUrl {
    raw: String,
    base: String,
    first: String,
    hosts_from: u64,
}

impl TargetUrl {
    pub(crate) fn resolve(raw: &str, base: &str) -> Result<Self, RunError> {
        let unfit = || RunError::Url { url: raw.to_owned() };
        match address::check(raw) {
            Err(AddressProblem::Credentials) => return Err(RunError::UrlWithCredentials),
            Err(_) => return Err(unfit()),
            Ok(()) if raw.is_empty() => return Err(unfit()),
            Ok(()) => {}
        }
        let url = Url::new_with_base(&numbered(raw, 0), base).map_err(|_| unfit())?;
        if !matches!(url.protocol().as_str(), "http:" | "https:" | "data:" | "blob:") {
            return Err(unfit());
        }
        Ok(Self { raw: raw.to_owned(), base: base.to_owned(), first: without_fragment(&url), hosts_from: 0 })
    }

    /// Has counters in a host begin with this number: a browser keeps connections to the hosts of earlier runs open.
    pub(crate) fn with_hosts_from(self, hosts_from: u64) -> Self {
        Self { hosts_from, ..self }
    }

    /// The address as the report shows it: absolute, or as given where it holds a counter.
    pub(crate) fn shown(&self) -> &str {
        if is_numbered(&self.raw) { &self.raw } else { &self.first }
    }

    /// The address without a fragment; with counter 0, where it holds one.
    pub(crate) fn plain(&self) -> &str {
        &self.first
    }

    /// The absolute address, without a fragment, with the counters of its path and query as they are and 0 in place of one in
    /// host or port.
    pub(crate) fn template(&self) -> String {
        let (scheme, authority, rest) = cut_at_authority(&self.raw);
        let raw = format!("{scheme}{}{rest}", numbered(authority, 0));
        // With 0 in place of every counter it is an address.
        Url::new_with_base(&raw, &self.base).map_or_else(|_| self.first.clone(), |url| without_fragment(&url))
    }

    /// Whether host or port holds a counter, so that each request can have a connection of its own.
    pub(crate) fn has_own_connections(&self) -> bool {
        is_numbered(cut_at_authority(&self.raw).1)
    }

    /// Whether each request has an address of its own.
    pub(crate) fn is_own_each(&self, connection: Connection) -> bool {
        is_numbered(cut_at_authority(&self.raw).2)
            || (connection == Connection::Cold && self.has_own_connections())
    }

    /// The addresses of `n` requests from serial number `first` on. Those that have one each carry their serial number as
    /// a fragment. A counter in host or port counts for cold connections and stands still for warm ones: in a port, which has few
    /// numbers, from 0, and so in a host whose numbers from where no earlier run was make no address.
    pub(crate) fn addresses(
        &self,
        connection: Connection,
        first: u32,
        n: u32,
    ) -> Result<Addresses, RunError> {
        if !self.is_own_each(connection) {
            return Ok(Addresses::Same { address: self.first.clone(), n });
        }
        let (scheme, authority, rest) = cut_at_authority(&self.raw);
        let own = |serial: u32, from: u64| {
            let host = if connection == Connection::Cold { from + u64::from(serial) } else { 0 };
            let raw = format!("{scheme}{}{}", numbered(authority, host), numbered(rest, u64::from(serial)));
            // A number that is too high for a port, for instance.
            let url = Url::new_with_base(&raw, &self.base)
                .map_err(|_| RunError::Counter { url: self.raw.clone(), number: serial })?;
            Ok(format!("{}{FRAGMENT}{serial}", without_fragment(&url)))
        };
        let from = |from| {
            let all = first..first.saturating_add(n);
            all.map(|serial| own(serial, from)).collect::<Result<_, _>>().map(Addresses::Each)
        };
        match self.hosts_from {
            hosts if hosts > 0 && !has_numbered_port(authority) => from(hosts).or_else(|_| from(0)),
            _ => from(0),
        }
    }

    /// Whether a timing entry of this name can be of a request to it. Numbers in it may be others; in doubt, with a counter in the port
    /// (a scheme's usual port is in no name) or in an IPv6 address (which is written in many ways), it can.
    pub(crate) fn is_name_of_entry(&self, name: &str) -> bool {
        let name = name.split('#').next().unwrap_or_default();
        if !is_numbered(&self.raw) {
            return name == self.first;
        }
        let authority = cut_at_authority(&self.raw).1;
        has_numbered_port(authority) || authority.contains('[') || differ_in_numbers_alone(name, &self.first)
    }

    /// Whether fetching it takes a network: `data:` and `blob:` addresses have no Resource Timing entries.
    pub(crate) fn is_over_a_network(&self) -> bool {
        self.first.starts_with("http")
    }

    /// Whether browsers refuse to connect to its port.
    pub(crate) fn has_blocked_port(&self) -> bool {
        // A scheme's usual port is empty here.
        Url::new(&self.first).is_ok_and(|url| url.port().parse().is_ok_and(is_blocked_port))
    }

    /// Whether a page at `page` needs the target's permission (CORS) to read its answers.
    pub(crate) fn is_cross_origin(&self, page: &str) -> bool {
        match (Url::new(&self.first), Url::new(page)) {
            (Ok(target), Ok(page)) => {
                target.origin() != page.origin() && target.protocol().starts_with("http")
            }
            _ => false,
        }
    }

    /// Whether a page at `page` may not fetch it at all, being secure while the target is not. Loopback counts
    /// as secure (<https://www.w3.org/TR/mixed-content/>).
    pub(crate) fn is_mixed_content(&self, page: &str) -> bool {
        let (Ok(target), Ok(page)) = (Url::new(&self.first), Url::new(page)) else { return false };
        let host = target.hostname();
        let loopback = host == "localhost"
            || host.ends_with(".localhost")
            || host == "[::1]"
            || host.starts_with("127.");
        page.protocol() == "https:" && target.protocol() == "http:" && !loopback
    }
}

/// A fragment is never sent; ours takes its place.
fn without_fragment(url: &Url) -> String {
    url.set_hash("");
    url.href()
}
