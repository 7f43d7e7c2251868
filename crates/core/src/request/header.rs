//! Request headers as people write them, and what a browser does not let a page send.

use crate::request::secrets::{MARK, header_line};
use std::str::FromStr;

/// The longest piece of a bad line that a sentence repeats, in characters.
const LONGEST_SHOWN: usize = 80;

/// Why a header cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderProblem {
    /// A line without a colon.
    #[error("“{0}” is not a header. Write it as Name: value.")]
    NoColon(String),
    /// A name with characters that no header name may hold, or none at all.
    #[error("“{0}” is not a valid header name. Use letters, digits and hyphens.")]
    Name(String),
    /// A name that browsers keep for themselves.
    #[error("A page may not set the header {0}: the browser sets it itself. Leave it out.")]
    Forbidden(String),
    /// A value that was not kept, by the header's name.
    #[error(
        "The value of the header {0} was not kept with the other settings. Write it again in place of •••."
    )]
    NotKept(String),
    /// A value that cannot be sent, by the header's name.
    #[error(
        "The value of the header {0} holds characters that cannot be sent. Use Latin letters, digits and symbols."
    )]
    Value(String),
}

/// A header's name and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header(pub String, pub String);

impl FromStr for Header {
    type Err = HeaderProblem;

    /// Reads `Name: value`. Spaces around both are no part of them, as in HTTP.
    fn from_str(line: &str) -> Result<Self, HeaderProblem> {
        let (name, value) =
            line.split_once(':').ok_or_else(|| HeaderProblem::NoColon(shown(&header_line(line.trim()))))?;
        let (name, value) = (name.trim(), value.trim());
        match check(name, value) {
            // A link or report may hold one: what is missing is said of the scenario, and can be written again.
            Ok(()) | Err(HeaderProblem::NotKept(_)) => Ok(Self(name.to_owned(), value.to_owned())),
            Err(problem) => Err(problem),
        }
    }
}

/// Reads headers, one a line; empty lines are none.
///
/// # Errors
/// The [`HeaderProblem`] of the first line that is no header.
pub fn read_lines(text: &str) -> Result<Vec<(String, String)>, HeaderProblem> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.parse().map(|Header(name, value)| (name, value)))
        .collect()
}

/// Writes what [`read_lines`] reads.
pub fn write_lines(headers: &[(String, String)]) -> String {
    headers.iter().map(|(name, value)| write(name, value)).collect::<Vec<_>>().join("\n")
}

/// One header as it is written: `Name: value`.
pub fn write(name: &str, value: &str) -> String {
    format!("{name}: {value}")
}

/// Whether a page may send this header.
///
/// # Errors
/// A [`HeaderProblem`] if browsers refuse it or would leave it out without a word.
pub fn check(name: &str, value: &str) -> Result<(), HeaderProblem> {
    if name.is_empty() || !name.bytes().all(is_token) {
        // What follows its first word may be a secret.
        let name = match name.split_once(char::is_whitespace) {
            Some((first, _)) => format!("{} {MARK}", shown(first)),
            None => shown(name),
        };
        return Err(HeaderProblem::Name(name));
    }
    if is_forbidden(&name.to_ascii_lowercase(), value) {
        return Err(HeaderProblem::Forbidden(shown(name)));
    }
    if value.contains(MARK) {
        return Err(HeaderProblem::NotKept(shown(name)));
    }
    // Header values are bytes: what does not fit one is refused, and so is what would end the line.
    if value.chars().any(|c| c > '\u{ff}' || matches!(c, '\0' | '\r' | '\n')) {
        return Err(HeaderProblem::Value(shown(name)));
    }
    Ok(())
}

/// <https://www.rfc-editor.org/rfc/rfc9110#name-tokens>
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Names that a page may not set (<https://fetch.spec.whatwg.org/#forbidden-request-header>).
const FORBIDDEN: &[&str] = &[
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Names whose values may not be methods that a page may not use.
const OVERRIDES: &[&str] = &["x-http-method", "x-http-method-override", "x-method-override"];

fn is_forbidden(name: &str, value: &str) -> bool {
    FORBIDDEN.contains(&name)
        || name.starts_with("proxy-")
        || name.starts_with("sec-")
        || (OVERRIDES.contains(&name) && value.split(',').map(str::trim).any(is_forbidden_method))
}

fn is_forbidden_method(method: &str) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|forbidden| method.eq_ignore_ascii_case(forbidden))
}

/// A piece of input as a sentence repeats it: whole when short, cut with an ellipsis when long.
fn shown(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_a_name_and_a_value() {
        let read = read_lines("Accept: text/html\n\n  X-Key :  a: b \nX-Empty:").unwrap();
        let read: Vec<_> = read.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(read, [("Accept", "text/html"), ("X-Key", "a: b"), ("X-Empty", "")]);
    }

    #[test]
    fn what_a_page_may_not_send_is_named() {
        let problem = |line: &str| line.parse::<Header>().unwrap_err();
        assert_eq!(problem("<img onerror=x>"), HeaderProblem::NoColon("•••".into()));
        assert_eq!(problem("Na me: x"), HeaderProblem::Name("Na •••".into()));
        assert_eq!(problem(": x"), HeaderProblem::Name(String::new()));
        for line in
            ["Cookie: a=b", "HOST: x", "Sec-Fetch-Mode: cors", "proxy-x: 1", "X-HTTP-Method: get, Trace"]
        {
            assert!(matches!(problem(line), HeaderProblem::Forbidden(_)), "{line}");
        }
        let Header(name, value) = "X-Key: •••".parse().unwrap();
        assert_eq!(check(&name, &value), Err(HeaderProblem::NotKept("X-Key".into())));
        assert_eq!(problem("X-Name: 이름"), HeaderProblem::Value("X-Name".into()));
        assert!("X-HTTP-Method: GET".parse::<Header>().is_ok() && "X-Name: é".parse::<Header>().is_ok());
        assert_eq!(
            problem(&format!("{}: y", "ä".repeat(500))).to_string().chars().filter(|c| *c == 'ä').count(),
            80
        );
    }

    proptest! {
        #![proptest_config(crate::report::fixture::same_each_time(256))]

        #[test]
        fn what_is_written_is_read_back(headers in prop::collection::vec(("X-[A-Za-z0-9-]{1,9}", "([!-~]([ -~]{0,9}[!-~])?)?"), 0..4)) {
            prop_assume!(headers.iter().all(|(name, value)| check(name, value).is_ok()));
            prop_assert_eq!(read_lines(&write_lines(&headers)).unwrap(), headers);
        }
    }
}
