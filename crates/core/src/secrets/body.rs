//! Secrets in a body: in JSON, wherever it is nested, and in the pairs of a form.

use super::{Span, in_pairs, is_secret_name};

/// Where they are. Text that is neither JSON nor a form has none that could be found.
pub(super) fn secrets(text: &str) -> Vec<Span> {
    if text.contains("\":") || text.contains("\" :") {
        return in_json(text);
    }
    let is_form = text.contains('=') && !text.trim_end().contains(char::is_whitespace);
    if is_form { in_pairs(text, 0, |c| c == '&') } else { Vec::new() }
}

/// Values of fields with names of secrets. It is not parsed as a whole: a body that is not quite JSON keeps none either.
fn in_json(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(quote) = text[at..].find('"') {
        let start = at + quote;
        at = string_end(text, start);
        let after = text[at..].trim_start();
        let Some(value) = after.strip_prefix(':').map(str::trim_start) else { continue };
        let written = &text[start..at];
        let name = serde_json::from_str(written).unwrap_or_else(|_| written.trim_matches('"').to_owned());
        if !is_secret_name(&name) {
            continue;
        }
        let from = text.len() - value.len();
        let range = value_range(text, from);
        at = if text[from..].starts_with('"') { string_end(text, from) } else { range.end };
        if !range.is_empty() && &text[range.clone()] != "null" {
            spans.push((range, name));
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
fn value_range(text: &str, from: usize) -> std::ops::Range<usize> {
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

#[cfg(test)]
mod tests {
    use super::super::body;
    use proptest::prelude::*;

    #[test]
    fn fields_of_json_and_forms_are_masked_where_their_names_are_secrets() {
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
            ("plain text with password=no form", "plain text with password=no form"),
            ("", ""),
        ] {
            assert_eq!(body(given), shown);
            assert_eq!(body(shown), shown, "once is enough");
        }
    }

    proptest! {
        #![proptest_config(crate::fixture::same_each_time(256))]

        #[test]
        fn any_body_is_masked_without_a_panic(text in r#"([ -~é한\n]|"token":|"|\\|[{}\[\]:,]){0,40}"#) {
            let once = body(&text);
            prop_assert_eq!(body(&once), once);
        }
    }
}
