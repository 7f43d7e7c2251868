//! A target whose addresses are resolved.

use super::{destinations::Destinations, url::TargetUrl};
use crate::run::error::RunError;
use fetchmark_core::request::target::Target;

/// A target as a page requests it.
#[derive(Debug)]
pub(crate) struct ResolvedTarget {
    /// With the addresses that a report shows.
    pub(crate) target: Target,
    pub(crate) url: TargetUrl,
    cold_url: Option<TargetUrl>,
    page: String,
    /// Whether another tab, on its own origin, requests it.
    pub(crate) is_elsewhere: bool,
}

impl ResolvedTarget {
    /// Resolves a target's addresses against `base`, for a page at `page`. Counters in its hosts begin with `hosts_from`.
    ///
    /// # Errors
    /// [`RunError`] if a browser does not request such an address.
    pub(crate) fn new(target: Target, base: &str, page: &str, hosts_from: u64) -> Result<Self, RunError> {
        let resolve = |raw: &str| TargetUrl::resolve(raw, base).map(|url| url.with_hosts_from(hosts_from));
        let url = resolve(&target.url)?;
        let cold_url = target.cold_url.as_deref().map(resolve).transpose()?;
        let target = Target {
            url: url.shown().to_owned(),
            cold_url: cold_url.as_ref().map(|url| url.shown().to_owned()),
            ..target
        };
        Ok(Self { target, url, cold_url, page: page.to_owned(), is_elsewhere: false })
    }

    /// The same where a page on its own origin requests it, in another tab.
    pub(crate) fn elsewhere(self) -> Self {
        Self { page: self.url.plain().to_owned(), is_elsewhere: true, ..self }
    }

    pub(crate) fn destinations(&self) -> Destinations<'_> {
        Destinations { warm: &self.url, cold: self.cold_url.as_ref().unwrap_or(&self.url), page: &self.page }
    }

    pub(crate) fn can_be_cold(&self) -> bool {
        self.cold_url.is_some() || self.url.has_own_connections()
    }
}
