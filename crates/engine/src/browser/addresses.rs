//! Where the requests of one round go.

/// Where the requests of one round go.
#[derive(Debug)]
pub(crate) enum Addresses {
    /// All to the same address. It carries no fragment: a reused `Request` cannot have another one for each call, and
    /// what is compared with it must not pay for parsing one.
    Same {
        /// The address.
        address: String,
        /// How many requests.
        n: u32,
    },
    /// An address each.
    Each(Vec<String>),
}

impl Addresses {
    /// The address of the call at `place`.
    pub(crate) fn of(&self, place: u32) -> &str {
        match self {
            Self::Same { address, .. } => address,
            Self::Each(addresses) => addresses.get(place as usize).map_or("", String::as_str),
        }
    }

    /// How many requests there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Same { n, .. } => *n as usize,
            Self::Each(addresses) => addresses.len(),
        }
    }
}
