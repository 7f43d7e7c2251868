//! Where a run's requests go.

use super::url::TargetUrl;
use fetchmark_core::scenario::factors::Connection;

/// The addresses of warm and of cold variants, seen from a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Destinations<'a> {
    pub(crate) warm: &'a TargetUrl,
    /// Where cold variants go; often the same.
    pub(crate) cold: &'a TargetUrl,
    pub(crate) page: &'a str,
}

impl<'a> Destinations<'a> {
    pub(crate) fn of(&self, connection: Connection) -> &'a TargetUrl {
        match connection {
            Connection::Warm => self.warm,
            Connection::Cold => self.cold,
        }
    }

    /// Whether these variants need the target's permission (CORS).
    pub(crate) fn is_cross_origin(&self, connection: Connection) -> bool {
        self.of(connection).is_cross_origin(self.page)
    }

    /// Whether a timing entry of this name can be of one of the run's requests.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.warm.is_name_of_entry(name) || self.cold.is_name_of_entry(name)
    }
}
