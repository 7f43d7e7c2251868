//! The links that cost most to read, or to refuse: what anybody may send.
#![allow(clippy::unwrap_used, reason = "the report is our own")]

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fetchmark_core::report::link::{MOST_BYTES, MOST_CHARACTERS};
use miniz_oxide::deflate::compress_to_vec;
use serde_json::{Value, json};

const REPORT: &str = include_str!("../../../../tests/support/report.json");

/// Each with what it is.
pub(crate) fn links() -> Vec<(&'static str, String)> {
    let list = ["[", "]"];
    let finding = r#"{"code":"stopped","severity":"note","variant":null,"count":1,"detail":null}"#;
    let round = r#"{"block":0,"wall_ms":1,"ok":1,"failed":0,"voided":false}"#;
    vec![
        ("unfolds without end", packed(&" ".repeat(40_000_000))),
        ("deep", packed(&"[".repeat(MOST_BYTES))),
        ("one text", packed(&format!("\"{}\"", "x".repeat(MOST_BYTES - 2)))),
        ("headers", with_as_many_as_fit("/scenario/target/headers", list, |_| r#"["",""]"#.into())),
        ("concurrency", with_as_many_as_fit("/scenario/concurrency", list, |_| "1".into())),
        ("clients", with_as_many_as_fit("/scenario/clients", list, |_| r#""ky""#.into())),
        (
            "messages",
            with_as_many_as_fit("/variants/0/error_messages", [r#"{"network":["#, "]}"], |_| r#""""#.into()),
        ),
        (
            "protocols",
            with_as_many_as_fit("/variants/0/protocols", ["{", "}"], |nth| format!("\"{nth:x}\":1")),
        ),
        ("rounds", with_as_many_as_fit("/variants/0/rounds", list, |_| round.into())),
        ("findings", with_as_many_as_fit("/validity", list, |_| finding.into())),
        ("quantiles", with_as_many_as_fit("/variants/0/latency_ms/quantiles", list, |_| "[1,1]".into())),
    ]
}

fn packed(json: &str) -> String {
    format!("1.{}", URL_SAFE_NO_PAD.encode(compress_to_vec(json.as_bytes(), 9)))
}

/// The report with as many elements at one place as the longest JSON and the longest text hold.
fn with_as_many_as_fit(pointer: &str, [open, close]: [&str; 2], element: impl Fn(usize) -> String) -> String {
    let mut report: Value = serde_json::from_str(REPORT).unwrap();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    report.pointer_mut(parent).unwrap()[field] = json!("HERE");
    let report = report.to_string();
    let mut room = MOST_BYTES - report.len() - 100;
    loop {
        let mut many = element(0);
        for nth in 1.. {
            let element = element(nth);
            if many.len() + element.len() > room {
                break;
            }
            many.push(',');
            many.push_str(&element);
        }
        let text = packed(&report.replace("\"HERE\"", &format!("{open}{many}{close}")));
        if text.len() <= MOST_CHARACTERS {
            return text;
        }
        room = room * 9 / 10;
    }
}
