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
const WORDS: [&str; 10] = [
    "token",
    "secret",
    "passw",
    "passphrase",
    "signature",
    "session",
    "credential",
    "cookie",
    "jwt",
    "apikey",
];
/// What names of secrets hold as a word of their own.
const WHOLE_WORDS: [&str; 5] = ["sig", "pwd", "sid", "pat", "otp"];
/// Words that hold another that would be a secret's.
const HARMLESS: [&str; 5] = ["keyword", "keyboard", "keyframe", "monkey", "author"];

/// Whether a header, parameter or field of this name holds a secret: `Authorization`, `X-Api-Key`, `sessionId`, `sig`.
pub fn is_secret_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    // “authorization” is one, “author” is none.
    let rest =
        HARMLESS.iter().fold(lower.replace("authoriz", "auth-"), |name, harmless| name.replace(harmless, ""));
    WORDS.iter().chain(&["auth", "key"]).any(|word| rest.contains(word))
        || lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WHOLE_WORDS.contains(&word))
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

/// A body without its secrets: fields of JSON and of forms.
pub fn body(body: &str) -> String {
    masked(body, &body::secrets(body))
}

/// Whether a secret of a body was taken out of it.
pub fn is_masked_body(body: &str) -> bool {
    body::secrets(body).into_iter().any(|(range, _)| &body[range] == MARK)
}

/// The longest word that is taken for the name of a header.
const LONGEST_NAME: usize = 20;

/// A header line as it was typed, without its secret; without a colon only its first word is shown.
pub fn header_line(line: &str) -> String {
    match line.split_once(':') {
        Some((name, _)) if is_secret_name(name) => format!("{name}: {MARK}"),
        Some(_) => line.to_owned(),
        None => match line.trim().split_once(' ') {
            Some((name, _)) => format!("{name} {MARK}"),
            // It may be nothing but a token.
            None if line.len() > LONGEST_NAME => MARK.to_owned(),
            None => line.to_owned(),
        },
    }
}

/// What is requested, without its secrets.
pub fn target(target: &Target) -> Target {
    let header = |(name, value): &(String, String)| {
        let is_secret = is_secret_name(name) && !value.is_empty();
        (name.clone(), if is_secret { MARK.to_owned() } else { value.clone() })
    };
    Target {
        url: address(&target.url),
        cold_url: target.cold_url.as_deref().map(address),
        headers: target.headers.iter().map(header).collect(),
        body: target.body.as_deref().map(body),
        ..target.clone()
    }
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
        let mut by_name = Vec::new();
        let mut add = |place, text: &str, spans: Vec<Span>| {
            let named =
                spans.into_iter().map(|(range, name)| (SecretName { place, name }, text[range].to_owned()));
            by_name.extend(named);
        };
        for (name, value) in &target.headers {
            if is_secret_name(name) && !value.is_empty() {
                // Names of headers are the same in any case.
                add(Place::Header, value, vec![(0..value.len(), name.to_ascii_lowercase())]);
            }
        }
        add(Place::Address, &target.url, in_address(&target.url));
        if let Some(url) = &target.cold_url {
            add(Place::ColdAddress, url, in_address(url));
        }
        if let Some(text) = &target.body {
            add(Place::Body, text, body::secrets(text));
        }
        Self { by_name }
    }

    /// Text without them, whoever wrote it; and without what looks like one of an address.
    pub fn hide(&self, text: &str) -> String {
        let values: Vec<&str> = self.by_name.iter().flat_map(|(_, value)| written(value)).collect();
        // What holds another goes first.
        let longest_first = order_by(values.len(), |at| [-(values[at].len() as f64), 0.0]);
        let text = longest_first.into_iter().fold(text.to_owned(), |text, at| text.replace(values[at], MARK));
        let spans = in_text(&text);
        masked(&text, &spans)
    }

    /// A target that was kept without its secrets, with those of these that have the same names.
    pub fn restored(&self, target: &Target) -> Target {
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
            let spans = vec![(0..value.len(), name.to_ascii_lowercase())];
            (name.clone(), put_back(Place::Header, value, spans))
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
    if let Some(at) = authority.rfind('@') {
        spans.push((scheme.len()..scheme.len() + at, USER.to_owned()));
    }
    let query = address.find(['?', '#']).map_or(address.len(), |at| at + 1);
    spans.extend(in_pairs(address, query, |c| matches!(c, '&' | '#')));
    spans
}

/// The secrets of `name=value` pairs, from an offset on.
fn in_pairs(text: &str, from: usize, is_end: impl Fn(char) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = from;
    for pair in text[from..].split(is_end) {
        let end = start + pair.len();
        if let Some(sign) = pair.find('=')
            && sign + 1 < pair.len()
            && let Some((name, _)) = form_urlencoded::parse(&pair.as_bytes()[..sign]).next()
            && is_secret_name(&name)
        {
            spans.push((start + sign + 1..end, name.into_owned()));
        }
        // What parts two pairs is one byte long.
        start = end + 1;
    }
    spans
}

/// Secrets of addresses in a text: after `?` or `&`, up to where an address ends.
fn in_text(text: &str) -> Vec<Span> {
    let is_between = |c: char| {
        c.is_ascii_whitespace() || matches!(c, '?' | '&' | '#' | '"' | '\'' | '<' | '>' | '(' | ')')
    };
    in_pairs(text, 0, is_between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in [
            "Authorization",
            "proxy-authorization",
            "Cookie",
            "X-Api-Key",
            "X-Amz-Security-Token",
            "apikey",
            "api_key",
            "X-Amz-Signature",
            "sig",
            "sessionId",
            "client_secret",
            "userPassword",
            "X-Auth",
            "JWT",
            "authToken",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in
            ["Accept", "Content-Type", "X-Request-Id", "keyword", "author", "design", "n", "spider", "path"]
        {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn an_address_keeps_all_but_its_secrets() {
        for (given, shown) in [
            ("https://me:pw@h.example/a?x=1", "https://•••@h.example/a?x=1"),
            (
                "/lab/ping?token=abc&n={n}&api%5Fkey=x%20y#frag",
                "/lab/ping?token=•••&n={n}&api%5Fkey=•••#frag",
            ),
            ("https://h/?sig=a=b", "https://h/?sig=•••"),
            ("https://h/x#access_token=abc", "https://h/x#access_token=•••"),
            ("https://h/?token=&token", "https://h/?token=&token"),
            ("data:text/plain,a?token=b", "data:text/plain,a?token=b"),
            ("https://한국.kr/?비밀=1&Ключ-token=2", "https://한국.kr/?비밀=1&Ключ-token=•••"),
        ] {
            assert_eq!(address(given), shown);
            assert_eq!(address(shown), shown, "once is enough");
        }
    }

    fn requested() -> Target {
        Target {
            url: "https://h.example/?key=K1234&page=2".into(),
            headers: vec![("authorization".into(), "Bearer T1234".into()), ("Accept".into(), "*/*".into())],
            body: Some("{\"user\": \"me\", \"password\": \"P1234\"}".into()),
            ..Target::default()
        }
    }

    #[test]
    fn a_report_holds_none_of_them_and_the_rest() {
        let mut clear = fixture::report(&[("a", &[1.0])]);
        clear.scenario.target = requested();
        let message = "GET https://h.example/?key=K1234 failed: T1234 is no token".to_owned();
        clear.variants[0].error_messages.insert(crate::sample::ErrorClass::Network, vec![message]);
        let json = serde_json::to_string(&*report(&clear)).unwrap();
        assert!(!["K1234", "T1234", "P1234"].iter().any(|secret| json.contains(secret)), "{json}");
        for kept in ["page=2", "*/*", "\\\"user\\\": \\\"me\\\"", "failed: ••• is no token"] {
            assert!(json.contains(kept), "{kept} {json}");
        }
        let plain = fixture::report(&[("a", &[1.0])]);
        assert!(matches!(report(&plain), Cow::Borrowed(_)));
    }

    #[test]
    fn what_was_taken_out_is_put_back_by_its_name() {
        let clear = requested();
        let masked = target(&clear);
        assert_eq!(Secrets::of(&clear).restored(&masked), clear);
        let other = Target { headers: vec![("Authorization".into(), "T".into())], ..Target::default() };
        let restored = Secrets::of(&other).restored(&masked);
        assert_eq!((restored.headers[0].1.as_str(), &restored.url), ("T", &masked.url));
        assert_eq!(Secrets::of(&other).restored(&clear), clear, "what is there stays");
    }

    #[test]
    fn what_differs_is_named_and_so_is_what_cannot_be_told() {
        let one = requested();
        let mut other = one.clone();
        other.headers[0].1 = "Bearer other".into();
        let [one, other, kept] = [&one, &other, &target(&one)].map(Secrets::of);
        let named = |(differ, unknown): (Vec<&SecretName>, Vec<&SecretName>)| {
            [differ, unknown]
                .map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        };
        assert_eq!(named(one.compared(&other)), ["the header authorization", ""]);
        assert_eq!(named(one.compared(&one)), ["", ""]);
        let all =
            "the header authorization, the parameter key of the address, the field password of the body";
        assert_eq!(named(one.compared(&kept)), ["", all]);
        assert_eq!(named(kept.compared(&kept)), ["", all]);
        assert!(!format!("{one:?}").contains("1234"));
    }

    #[test]
    fn texts_of_others_are_cleaned_too() {
        let secrets = Secrets::of(&requested());
        for (text, cleaned) in [
            ("T1234, Bearer T1234", "•••, •••"),
            ("Failed: http://x/?a=1&sig=zz (404)", "Failed: http://x/?a=1&sig=••• (404)"),
            ("nothing of it", "nothing of it"),
        ] {
            assert_eq!(secrets.hide(text), cleaned);
        }
    }

    #[test]
    fn a_header_line_with_a_slip_shows_no_secret() {
        assert_eq!(header_line("Authorization Bearer abc"), "Authorization •••");
        assert_eq!(header_line("X-Api-Key: é•"), "X-Api-Key: •••");
        assert_eq!(header_line("Accept: x"), "Accept: x");
    }
}
