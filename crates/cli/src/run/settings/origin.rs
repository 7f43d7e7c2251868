//! From which origin a run is to measure, and where the page then takes its place.

use clap::ValueEnum;
use fetchmark_core::request::target::{Target, cut_at_authority, is_numbered, numbered};
use serde::{Deserialize, Serialize};
use url::Url;

/// Where the page takes its place on the target's origin.
const PLACE: &str = "/.well-known/fetchmark";

/// From which origin to measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OriginChoice {
    /// The target's where its server does not let another origin read its answers and see their times, else the page's
    #[default]
    Auto,
    /// The page's: the server must send CORS headers and Timing-Allow-Origin
    Page,
    /// The target's own: the server need not allow anything
    Target,
}

/// The address on the target's origin, if it has one: a relative address is the page's own, and a numbered host is many.
pub(crate) fn place(target: &Target) -> Option<Url> {
    let url = Url::parse(&numbered(&target.url, 0)).ok()?;
    url.join(PLACE).ok().filter(|place| place.has_host() && !has_many(target))
}

/// Whether each request has a host, and so an origin, of its own.
pub(crate) fn has_many(target: &Target) -> bool {
    is_numbered(cut_at_authority(&target.url).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_takes_its_place_on_the_target_s_origin() {
        let of = |url: &str| {
            place(&Target { url: url.to_owned(), ..Target::default() }).map(|place| place.to_string())
        };
        assert_eq!(
            of("https://a.example:8443/api/{n}?q=1#x").as_deref(),
            Some("https://a.example:8443/.well-known/fetchmark")
        );
        assert_eq!(of("/lab/ping"), None, "it is the page's own");
        assert_eq!(of("http://{n}.a.example/"), None, "there are many");
    }
}
