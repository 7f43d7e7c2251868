//! The secrets of a target: to be taken out of texts, put back, and compared.

use super::{
    body::{self, LEVELS, MARK, Span},
    mask::{in_address, in_header, masked, with_secrets_replaced},
    name::{Place, SecretName},
};
use crate::{
    request::target::{Target, cut_at_authority},
    stats::order::order_by,
};
use std::fmt;

/// A target that was kept without its secrets, with those of another that have the same names; without them if it is on another
/// server, which is not to get them.
pub fn restored(target: &Target, from: &Target) -> Target {
    if are_on_one_server(target, from) { Secrets::of(from).restored(target) } else { target.clone() }
}

/// Whether two targets are on the same server, cold connections included.
pub fn are_on_one_server(one: &Target, other: &Target) -> bool {
    // Without an address of their own, cold connections go to the other.
    let addresses = |target: &Target| {
        [Some(target.url.as_str()), target.cold_url.as_deref()].map(|url| origin(url.unwrap_or(&target.url)))
    };
    addresses(one) == addresses(other)
}

/// Scheme, host and port as they are written; of a path on the page's own server nothing. A browser takes a backslash for a slash.
fn origin(url: &str) -> String {
    let url = url.replace('\\', "/").to_ascii_lowercase();
    let (scheme, authority, _) = cut_at_authority(&url);
    let host = authority.rsplit('@').next().unwrap_or_default();
    // `https:h.example` has a host, too.
    let start = url.split(['/', '?', '#']).next().unwrap_or_default();
    if scheme.is_empty() { start.to_owned() } else { format!("{scheme}{host}") }
}

/// The secrets of a target, by what they are called.
#[derive(Clone, Default)]
pub struct Secrets {
    by_name: Vec<(SecretName, String)>,
}

impl Secrets {
    /// Finds them.
    pub fn of(target: &Target) -> Self {
        let mut secrets = Self::default();
        for (name, value) in &target.headers {
            secrets.add(Place::Header, value, in_header(name, value));
        }
        let secrets = secrets.and(Place::Address, &target.url);
        let secrets = secrets.and(Place::ColdAddress, target.cold_url.as_deref().unwrap_or_default());
        secrets.and(Place::Body, target.body.as_deref().unwrap_or_default())
    }

    /// Those of several targets.
    pub fn of_all(targets: &[Target]) -> Self {
        let mut by_name = Vec::new();
        for secret in targets.iter().flat_map(|target| Self::of(target).by_name) {
            if !by_name.contains(&secret) {
                by_name.push(secret);
            }
        }
        Self { by_name }
    }

    /// These and those of another text: of an address, of a body; a header's value is one as a whole.
    #[must_use]
    pub fn and(mut self, place: Place, text: &str) -> Self {
        let spans = match place {
            Place::Header => vec![(0..text.len(), String::new())],
            Place::Address | Place::ColdAddress => in_address(text),
            Place::Body => body::secrets(text),
        };
        self.add(place, text, spans);
        self
    }

    fn add(&mut self, place: Place, text: &str, spans: Vec<Span>) {
        let named =
            spans.into_iter().map(|(range, name)| (SecretName { place, name }, text[range].to_owned()));
        self.by_name.extend(named);
    }

    /// Text without them, whoever wrote it; and without what looks like one.
    pub fn hide(&self, text: &str) -> String {
        let values: Vec<&str> = self.by_name.iter().flat_map(|(_, value)| written(value)).collect();
        // What holds another goes first.
        let longest_first = order_by(values.len(), |at| [-(values[at].len() as f64), 0.0]);
        let text = longest_first.into_iter().fold(text.to_owned(), |text, at| text.replace(values[at], MARK));
        masked(&text, &body::in_text(&text, LEVELS))
    }

    /// A target that was kept without its secrets, with those of these that have the same names.
    pub(super) fn restored<'s>(&'s self, target: &'s Target) -> Target {
        let value = |place, name: &str, secret: &'s str| match secret {
            MARK => self.value_of(&SecretName { place, name: name.to_owned() }).unwrap_or(MARK),
            secret => secret,
        };
        with_secrets_replaced(target, value)
    }

    /// The last of this name, where there are several.
    fn value_of(&self, name: &SecretName) -> Option<&str> {
        self.by_name.iter().rfind(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Which differ from those of another target; and of which that cannot be said, because they were not kept.
    pub fn compared<'a>(&'a self, other: &Self) -> (Vec<&'a SecretName>, Vec<&'a SecretName>) {
        let (mut differ, mut unknown) = (Vec::new(), Vec::new());
        for (name, value) in &self.by_name {
            match other.value_of(name) {
                Some(other) if other == MARK || value == MARK => unknown.push(name),
                Some(other) if other != value => differ.push(name),
                _ => {}
            }
        }
        (differ, unknown)
    }
}

/// Never the secrets themselves.
impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.by_name.iter().map(|(name, _)| name)).finish()
    }
}

/// How short a text may be that is looked for in others: a shorter one is part of too many words.
const SHORTEST: usize = 4;

/// A secret and the part of it that others repeat: the token after “Bearer”.
fn written(value: &str) -> impl Iterator<Item = &str> {
    let last = value.split_whitespace().last().filter(|last| *last != value);
    std::iter::once(value)
        .chain(last)
        .filter(|value| value.len() >= SHORTEST && ![MARK, "true", "false"].contains(value))
}
