//! Which field of a JSON text a parser was at when it stopped.
//!
//! `serde_path_to_error` would tell, but it compiles every type a second time, which is a tenth of the page
//! (docs/decisions/0016-one-page-in-one-piece.md).

/// What the parser is in.
enum Within<'j> {
    /// An object, at the value of this key, if one was read.
    Object(Option<&'j str>),
    /// An array, at the element of this index.
    Array(usize),
}

/// The path of the value at which reading stopped, such as `variants[1].latency_ms.p50`; empty for the whole text. `line` and `column` are
/// [`serde_json::Error`]'s: how many lines were begun, and how many bytes of the last were read. Up to there the text is valid JSON.
pub(super) fn path_at(json: &str, line: usize, column: usize) -> String {
    let earlier: usize = json.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let read = &json.as_bytes()[..(earlier + column).min(json.len())];
    let mut within = Vec::new();
    let mut at = 0;
    while at < read.len() {
        let is_last = at + 1 == read.len();
        match (read[at], within.last_mut()) {
            // What was only begun is the value itself that is wrong.
            (b'{', _) if !is_last => within.push(Within::Object(None)),
            (b'[', _) if !is_last => within.push(Within::Array(0)),
            // What has just ended lacks something.
            (b'}', Some(Within::Object(key))) if is_last => *key = None,
            (b'}' | b']', _) if !is_last => drop(within.pop()),
            (b',', Some(Within::Object(key))) => *key = None,
            (b',', Some(Within::Array(index))) => *index += 1,
            (b'"', innermost) => {
                let end = at + 1 + length_of_string(&read[at + 1..]);
                if let Some(Within::Object(key @ None)) = innermost {
                    *key = json.get(at + 1..end);
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    let mut path = String::new();
    for part in within {
        match part {
            Within::Object(Some(key)) if path.is_empty() => path.push_str(key),
            Within::Object(Some(key)) => path.extend([".", key]),
            Within::Object(None) => {}
            Within::Array(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

/// The length of a string without its quotes, or of as much as was read.
fn length_of_string(rest: &[u8]) -> usize {
    let mut is_escaped = false;
    let end = rest.iter().position(|byte| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    });
    end.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only read")]
    struct Row {
        id: String,
        times: Vec<f64>,
        #[serde(default)]
        more: BTreeMap<String, Row>,
    }

    #[test]
    fn every_kind_of_mistake_is_found_in_its_place() {
        for (json, expected) in [
            (r#"[{"id": 7, "times": []}]"#, "[0].id"),
            (r#"[{"id": "a", "times": []}, {"id": "b", "times": [1, "2"]}]"#, "[1].times[1]"),
            (r#"[{"id": "a", "times": []}, {"times": [1, 2]}]"#, "[1]"),
            (r#"[{"id": "a", "times": {"x": 1}}]"#, "[0].times"),
            (r#"[{"id": ["a"], "times": []}]"#, "[0].id"),
            ("[\n {\"id\": \"a\\\"{,[\",\n  \"times\": [1,\n   null]}]", "[0].times[1]"),
            (
                r#"[{"id": "한", "times": [], "more": {"a.b": {"id": "x", "times": true}}}]"#,
                "[0].more.a.b.times",
            ),
            (r#"[{"id": "a", "times": [], "more": {"b": {"id": "x"}}}]"#, "[0].more.b"),
            (r#"{"id": "a"}"#, ""),
            ("7", ""),
        ] {
            let error = serde_json::from_str::<Vec<Row>>(json).unwrap_err();
            assert_eq!(path_at(json, error.line(), error.column()), expected, "{json}: {error}");
        }
    }
}
