//! What is requested, without its secrets.

use super::{
    body::{self, LEVELS, MARK, Span, in_pairs},
    name::{Place, USER, is_secret_name},
};
use crate::request::target::{Target, cut_at_authority};

/// An address without its secrets: user name and password, and parameters whose names are secrets'.
pub fn address(address: &str) -> String {
    masked(address, &in_address(address))
}

/// A body without its secrets: fields of JSON, of forms and of XML.
pub fn body(body: &str) -> String {
    masked(body, &body::secrets(body))
}

/// Whether a secret of a body was taken out of it.
pub fn is_masked_body(body: &str) -> bool {
    body::secrets(body).into_iter().any(|(range, _)| &body[range] == MARK)
}

/// The longest word that is taken for the name of a header.
const LONGEST_NAME: usize = 20;

/// A header line as it was typed, without its secret; of what is no header only the first word is shown.
pub fn header_line(line: &str) -> String {
    let line = line.trim();
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'));
    let (name, rest) = line.split_at(end.unwrap_or(line.len()));
    match rest.strip_prefix(':') {
        Some(value) if in_header(name, value.trim()).is_empty() => line.to_owned(),
        Some(_) => format!("{name}: {MARK}"),
        // It may be nothing but a token.
        None if name.is_empty() || name.len() > LONGEST_NAME => MARK.to_owned(),
        None if rest.is_empty() => name.to_owned(),
        None => format!("{name} {MARK}"),
    }
}

/// What is requested, without its secrets.
pub fn target(target: &Target) -> Target {
    with_secrets_replaced(target, |_, _, _| MARK)
}

pub(super) fn masked(text: &str, spans: &[Span]) -> String {
    replaced(text, spans, |_, _| MARK)
}

/// A target with something else in place of each secret, given its place, its name and the secret.
pub(super) fn with_secrets_replaced<'r>(
    target: &'r Target,
    by: impl Fn(Place, &str, &'r str) -> &'r str,
) -> Target {
    let text = |place: Place, text: &'r str, spans: &[Span]| {
        replaced(text, spans, |name, secret| by(place, name, secret))
    };
    let header = |(name, value): &'r (String, String)| {
        (name.clone(), text(Place::Header, value, &in_header(name, value)))
    };
    let cold_url = |url: &'r String| text(Place::ColdAddress, url, &in_address(url));
    Target {
        url: text(Place::Address, &target.url, &in_address(&target.url)),
        cold_url: target.cold_url.as_ref().map(cold_url),
        headers: target.headers.iter().map(header).collect(),
        body: target.body.as_ref().map(|body| text(Place::Body, body, &body::secrets(body))),
        ..target.clone()
    }
}

fn replaced<'r>(text: &'r str, spans: &[Span], by: impl Fn(&str, &'r str) -> &'r str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for (range, name) in spans {
        replaced += &text[from..range.start];
        replaced += by(name, &text[range.clone()]);
        from = range.end;
    }
    replaced + &text[from..]
}

pub(super) fn in_address(address: &str) -> Vec<Span> {
    if address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) {
        return Vec::new();
    }
    let mut spans = Vec::new();
    let (scheme, authority, _) = cut_at_authority(address);
    // Its scheme may have been forgotten: `me:pw@h.example/`.
    let start = address.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = if authority.is_empty() && start.contains(':') { start } else { authority };
    if let Some(at) = authority.rfind('@') {
        spans.push((scheme.len()..scheme.len() + at, USER.to_owned()));
    }
    let query = address.find(['?', '#']).map_or(address.len(), |at| at + 1);
    spans.extend(in_pairs(address, query, |c| matches!(c, '&' | '#'), LEVELS));
    spans
}

/// Schemes of what proves who asks (<https://www.rfc-editor.org/rfc/rfc9110#name-authentication-scheme>).
const SCHEMES: [&str; 4] = ["bearer", "basic", "digest", "token"];

/// A header's value, if it is a secret or holds one. Headers under harmless names pass them on, too.
pub(super) fn in_header(name: &str, value: &str) -> Vec<Span> {
    let scheme = value.split_once(' ').map_or("", |(scheme, _)| scheme);
    let is_secret = value == MARK
        || is_secret_name(name)
        || SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
        || !body::in_text(value, LEVELS).is_empty();
    // Names of headers are the same in any case.
    let span = || (0..value.len(), name.to_ascii_lowercase());
    if is_secret && !value.is_empty() { vec![span()] } else { Vec::new() }
}
