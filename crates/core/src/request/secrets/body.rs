//! Secrets in a body: in JSON, wherever it is nested, in the pairs of a form, in XML, in the parts of a multipart form, and in
//! addresses.

use super::name::is_secret_name;
use crate::stats::order::order_by;
use std::ops::Range;

/// What stands in place of a secret.
pub const MARK: &str = "•••";

/// Where a secret is, and its name.
pub(super) type Span = (Range<usize>, String);

/// Where they are in a body.
pub(super) fn secrets(text: &str) -> Vec<Span> {
    let mut spans = in_text(text, LEVELS);
    let first = text.split('=').next().unwrap_or_default();
    if !first.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '"' | '<' | '&' | '?' | '/')) {
        spans.extend(in_pairs(text, 0, |c| c == '&', LEVELS));
    }
    united(&spans)
}

/// Where they are in any text: in addresses, JSON and XML within it.
pub(super) fn in_text(text: &str, levels: u8) -> Vec<Span> {
    let is_between = |c: char| {
        c.is_ascii_whitespace() || matches!(c, '?' | '&' | '#' | '"' | '\'' | '<' | '>' | '(' | ')')
    };
    let mut spans = in_pairs(text, 0, is_between, levels);
    spans.extend(in_json(text, levels));
    spans.extend(in_markup(text));
    united(&spans)
}

/// In order, with those that overlap made one.
fn united(spans: &[Span]) -> Vec<Span> {
    let mut united: Vec<Span> = Vec::new();
    for at in order_by(spans.len(), |at| [spans[at].0.start as f64, -(spans[at].0.end as f64)]) {
        let (range, name) = &spans[at];
        match united.last_mut() {
            Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
            _ => united.push((range.clone(), name.clone())),
        }
    }
    united
}

/// Attributes and elements of XML, and parts of a multipart form: `password="x"`, `<password>x</password>`, `name="password"` and
/// what stands after the next empty line.
fn in_markup(text: &str) -> Vec<Span> {
    let is_end = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.' | ':');
    let is_multipart = text.starts_with("--");
    let mut spans = Vec::new();
    for (at, sign) in text.match_indices(['<', '=']) {
        let from = at + 1;
        let rest = &text[from..];
        let mut name = rest.split(is_end).next().unwrap_or_default();
        let mut range = 0..0;
        if sign == "<" {
            if let Some(open) = rest.find('>').filter(|open| !rest[..*open].ends_with('/'))
                && let Some(length) = rest[open..].find("</")
            {
                range = from + open + 1..from + open + length;
            }
        } else if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
            let value = rest[1..].split(quote).next().unwrap_or_default();
            range = from + 1..from + 1 + value.len();
            name = text[..at].rsplit(is_end).next().unwrap_or_default();
            if is_multipart && name == "name" {
                name = value;
                range = part(text, range.end);
            }
        }
        if !range.is_empty() && is_secret_name(name) {
            spans.push((range, name.to_owned()));
        }
    }
    spans
}

/// The content of the part whose head goes on at `from`.
fn part(text: &str, from: usize) -> Range<usize> {
    let start = |empty: &str| text[from..].find(empty).map(|at| from + at + empty.len());
    let start = ["\n\r\n", "\n\n"].into_iter().filter_map(start).min().unwrap_or(text.len());
    let content = text[start..].split("\n--").next().unwrap_or_default();
    start..start + content.trim_end_matches('\r').len()
}

/// Values of fields with names of secrets, and texts that hold secrets themselves once they are unescaped. It is not parsed as a
/// whole: a body that is not quite JSON keeps none either.
fn in_json(text: &str, levels: u8) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    let mut name = String::new();
    while let Some(quote) = text[at..].find('"') {
        let start = at + quote;
        at = string_end(text, start);
        let written = &text[start..at];
        let read = serde_json::from_str(written).unwrap_or_else(|_| written.trim_matches('"').to_owned());
        let after = text[at..].trim_start();
        let Some(value) = after.strip_prefix(':').map(str::trim_start) else {
            // What is not escaped is looked through as part of the text.
            if read == MARK || written.contains('\\') && holds_any(&read, levels) {
                spans.push((value_range(text, start), name.clone()));
            }
            continue;
        };
        name = read;
        if !is_secret_name(&name) {
            continue;
        }
        let from = text.len() - value.len();
        let range = value_range(text, from);
        at = if text[from..].starts_with('"') { string_end(text, from) } else { range.end };
        if !range.is_empty() && &text[range.clone()] != "null" {
            spans.push((range, name.clone()));
        }
    }
    spans
}

/// Where the string ends that begins with the quote at `start`, after its closing quote.
fn string_end(text: &str, start: usize) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(start + 1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// What a value is that begins at `from`: the inside of a string, a whole object or list, or all up to a comma or bracket.
fn value_range(text: &str, from: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    match bytes.get(from) {
        Some(b'"') => {
            let end = string_end(text, from);
            let is_closed = end - from > 1 && bytes[end - 1] == b'"';
            from + 1..if is_closed { end - 1 } else { end }
        }
        first => {
            let nested = if matches!(first, Some(b'{' | b'[')) { nested_end(text, from) } else { from };
            let is_end = |c: char| matches!(c, ',' | '}' | ']') || c.is_whitespace();
            from..text[nested..].find(is_end).map_or(text.len(), |length| nested + length)
        }
    }
}

/// Where the object or list ends that begins at `from`.
fn nested_end(text: &str, from: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = from;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => {
                at = string_end(text, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// How many times what is encoded is decoded to look for secrets in it: an address in a parameter of an address.
pub(super) const LEVELS: u8 = 2;

/// The secrets of `name=value` pairs, from an offset on; a value with a secret in it is one as a whole.
pub(super) fn in_pairs(text: &str, from: usize, is_end: fn(char) -> bool, levels: u8) -> Vec<Span> {
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
    value == MARK || levels > 0 && !in_text(value, levels - 1).is_empty()
}

#[cfg(test)]
mod tests {
    use crate::request::secrets::body;
    use proptest::prelude::*;

    #[test]
    fn fields_with_names_of_secrets_are_masked() {
        for (given, shown) in [
            (
                r#"{"a": 1, "token": "x\"y", "b": [{"api_key":7},{"k":"token"}]}"#,
                r#"{"a": 1, "token": "•••", "b": [{"api_key":•••},{"k":"token"}]}"#,
            ),
            (
                r#"{"auth": {"user": "me", "pw": ["]"]}, "z": null, "secret" : null}"#,
                r#"{"auth": •••, "z": null, "secret" : null}"#,
            ),
            (r#"{"p\u0061ssword": "é"}"#, r#"{"p\u0061ssword": "•••"}"#),
            (r#"{"token": "cut off"#, r#"{"token": "•••"#),
            ("user=me&password=a%20b&x=1\n", "user=me&password=•••&x=1\n"),
            ("plain text with password=no form", "plain text with password=••• form"),
            ("", ""),
            // Shapes within others, and shapes that are not quite what they are to be.
            (r#"token=abc&filter={"a":1}"#, r#"token=•••&filter={"a":1}"#),
            ("password=correct horse\nbattery&user=me", "password=•••&user=me"),
            ("{\"password\" \t\n : \"x\"}", "{\"password\" \t\n : \"•••\"}"),
            (r#"{"variables":"{\"password\":\"x\"}","n":"\u00e9"}"#, r#"{"variables":"•••","n":"\u00e9"}"#),
            (r#"{"url":"https://h/?a=1&token=abc","n":1}"#, r#"{"url":"https://h/?a=1&token=•••","n":1}"#),
            ("data=%7B%22pin_token%22%3A1%7D&n=%7B%7D", "data=•••&n=%7B%7D"),
            (
                "<a><wsse:Password Type='t'>x</wsse:Password><token/><n>1</n></a>",
                "<a><wsse:Password Type='t'>•••</wsse:Password><token/><n>1</n></a>",
            ),
            (r#"<login user="me" password='it"s' n="1"/>"#, r#"<login user="me" password='•••' n="1"/>"#),
            (
                "--B\r\nContent-Disposition: form-data; name=\"api_key\"\r\nContent-Type: text/plain\r\n\r\na\"b\r\nc\r\n--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--B--",
                "--B\r\nContent-Disposition: form-data; name=\"api_key\"\r\nContent-Type: text/plain\r\n\r\n•••\r\n--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--B--",
            ),
            (
                "--B\nContent-Disposition: form-data; name=\"pw\"\n\nx\n--B--",
                "--B\nContent-Disposition: form-data; name=\"pw\"\n\n•••\n--B--",
            ),
        ] {
            assert_eq!(body(given), shown);
            assert_eq!(body(shown), shown, "once is enough");
        }
    }

    proptest! {
        #![proptest_config(crate::report::fixture::same_each_time(256))]

        #[test]
        fn any_body_is_masked_without_a_panic(text in r#"([ -~é한\n]|"token":|"|\\|[{}\[\]:,]){0,40}"#) {
            let once = body(&text);
            prop_assert_eq!(body(&once), once);
        }
    }
}
