//! Secrets in what is requested: found by their names, and masked in everything that is kept, printed or passed on.
//!
//! A report is made to be passed on, and what it was measured with is seldom meant to be. Nothing of a masked value is kept, no hash
//! either: a short secret could be guessed from it.

mod body;

use crate::order::order_by;
use crate::{
    report::Report,
    target::{Target, cut_at_authority},
};
use std::{borrow::Cow, fmt, ops::Range};

/// What stands in place of a secret.
pub const MARK: &str = "•••";

/// What names of secrets hold, in lower case.
const WORDS: [&str; 18] = [
    "token",
    "secret",
    "passw",
    "passphrase",
    "passcode",
    "pwd",
    "signature",
    "session",
    "sessid",
    "credential",
    "cookie",
    "jwt",
    "csrf",
    "xsrf",
    "bearer",
    "apikey",
    "auth",
    "key",
];
/// What names of secrets hold as a word of their own.
const WHOLE_WORDS: [&str; 8] = ["sig", "sid", "pat", "otp", "pass", "pw", "cred", "creds"];
/// Words that hold another that would be a secret's.
const HARMLESS: [&str; 5] = ["keyword", "keyboard", "keyframe", "monkey", "author"];

/// Whether a header, parameter or field of this name holds a secret: `Authorization`, `X-Api-Key`, `sessionId`, `urlSig`.
pub fn is_secret_name(name: &str) -> bool {
    // “authorization” is one, “author” is none.
    let lower = name.to_ascii_lowercase().replace("authoriz", "auth-").replace("authoris", "auth-");
    let rest = HARMLESS.iter().fold(lower, |name, harmless| name.replace(harmless, ""));
    if WORDS.iter().any(|word| rest.contains(word)) {
        return true;
    }
    let mut parted = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && parted.ends_with(|last: char| last.is_ascii_lowercase()) {
            parted.push(' ');
        }
        parted.push(letter);
    }
    let mut words = parted.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| WHOLE_WORDS.iter().any(|whole| word.eq_ignore_ascii_case(whole)))
}

/// What a secret stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A header.
    Header,
    /// The address.
    Address,
    /// The address for cold connections.
    ColdAddress,
    /// The body.
    Body,
}

/// What a secret is called: “the header Authorization”.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretName {
    /// What it stands in.
    pub place: Place,
    name: String,
}

/// What user name and password of an address are called.
const USER: &str = "@";

impl fmt::Display for SecretName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, name } = self;
        let what =
            if name == USER { "user name and password".to_owned() } else { format!("parameter {name}") };
        match place {
            Place::Header => write!(formatter, "the header {name}"),
            Place::Address => write!(formatter, "the {what} of the address"),
            Place::ColdAddress => write!(formatter, "the {what} of the address for cold connections"),
            Place::Body => write!(formatter, "the field {name} of the body"),
        }
    }
}

/// Where a secret is, and its name.
type Span = (Range<usize>, String);

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
    let header = |(name, value): &(String, String)| (name.clone(), masked(value, &in_header(name, value)));
    Target {
        url: address(&target.url),
        cold_url: target.cold_url.as_deref().map(address),
        headers: target.headers.iter().map(header).collect(),
        body: target.body.as_deref().map(body),
        ..target.clone()
    }
}

/// A target that was kept without its secrets, with those of another that have the same names; without them if it is on another
/// server, which is not to get them.
pub fn restored(target: &Target, from: &Target) -> Target {
    // Without an address of their own, cold connections go to the other.
    let addresses = |target: &Target| {
        [Some(target.url.as_str()), target.cold_url.as_deref()].map(|url| origin(url.unwrap_or(&target.url)))
    };
    let is_same = addresses(target) == addresses(from);
    if is_same { Secrets::of(from).restored(target) } else { target.clone() }
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

/// A report without the secrets of what it requested.
pub fn report(report: &Report) -> Cow<'_, Report> {
    let secrets = Secrets::of(&report.scenario.target);
    if secrets.is_empty() {
        return Cow::Borrowed(report);
    }
    let mut report = report.clone();
    secrets.hide_in(&mut report);
    Cow::Owned(report)
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
    fn restored(&self, target: &Target) -> Target {
        let put_back = |place, text: &str, spans: Vec<Span>| {
            let mut restored = String::with_capacity(text.len());
            let mut from = 0;
            for (range, name) in spans {
                restored += &text[from..range.start];
                let name = SecretName { place, name };
                let known = self.value_of(&name).filter(|_| &text[range.clone()] == MARK);
                restored += known.unwrap_or(&text[range.clone()]);
                from = range.end;
            }
            restored + &text[from..]
        };
        let header = |(name, value): &(String, String)| {
            (name.clone(), put_back(Place::Header, value, in_header(name, value)))
        };
        let cold_url = |url: &String| put_back(Place::ColdAddress, url, in_address(url));
        Target {
            url: put_back(Place::Address, &target.url, in_address(&target.url)),
            cold_url: target.cold_url.as_ref().map(cold_url),
            headers: target.headers.iter().map(header).collect(),
            body: target.body.as_ref().map(|text| put_back(Place::Body, text, body::secrets(text))),
            ..target.clone()
        }
    }

    /// The last of this name, where there are several.
    fn value_of(&self, name: &SecretName) -> Option<&str> {
        self.by_name.iter().rfind(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Takes them out of a report.
    pub fn hide_in(&self, report: &mut Report) {
        report.scenario.target = target(&report.scenario.target);
        for message in report.variants.iter_mut().flat_map(|row| row.error_messages.values_mut()).flatten() {
            *message = self.hide(message);
        }
        for detail in report.validity.iter_mut().filter_map(|finding| finding.detail.as_mut()) {
            *detail = self.hide(detail);
        }
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
    std::iter::once(value).chain(last).filter(|value| value.len() >= SHORTEST && *value != MARK)
}

fn masked(text: &str, spans: &[Span]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for (range, _) in spans {
        masked += &text[from..range.start];
        masked += MARK;
        from = range.end;
    }
    masked + &text[from..]
}

fn in_address(address: &str) -> Vec<Span> {
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
fn in_header(name: &str, value: &str) -> Vec<Span> {
    let scheme = value.split_once(' ').map_or("", |(scheme, _)| scheme);
    let is_secret = value == MARK
        || is_secret_name(name)
        || SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
        || !body::in_text(value, LEVELS).is_empty();
    // Names of headers are the same in any case.
    let span = || (0..value.len(), name.to_ascii_lowercase());
    if is_secret && !value.is_empty() { vec![span()] } else { Vec::new() }
}

/// How many times what is encoded is decoded to look for secrets in it: an address in a parameter of an address.
const LEVELS: u8 = 2;

/// The secrets of `name=value` pairs, from an offset on; a value with a secret in it is one as a whole.
fn in_pairs(text: &str, from: usize, is_end: fn(char) -> bool, levels: u8) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = from;
    for pair in text[from..].split(is_end) {
        let end = start + pair.len();
        if let Some(sign) = pair.find('=')
            && sign + 1 < pair.len()
            && let Some((name, value)) = form_urlencoded::parse(pair.as_bytes()).next()
            && (is_secret_name(&name) || holds_any(&value, levels))
        {
            spans.push((start + sign + 1..end, name.into_owned()));
        }
        // What parts two pairs is one byte long.
        start = end + 1;
    }
    spans
}

/// Whether a decoded value holds a secret, or is what stands in place of one.
fn holds_any(value: &str, levels: u8) -> bool {
    value == MARK || levels > 0 && !body::in_text(value, levels - 1).is_empty()
}

#[cfg(test)]
mod tests;
