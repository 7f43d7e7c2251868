//! What a link from anybody may cost: reading it, or refusing it, takes less than 10 MB and 100 ms.
//!
//! A test binary of its own, with one test: what it counts is the whole process's.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail a test by panicking, just as the tests do")]
#![allow(clippy::print_stdout, reason = "what a link costs is shown with --nocapture")]

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fetchmark_core::report_link::{MOST_BYTES, MOST_CHARACTERS, unpack};
use miniz_oxide::deflate::compress_to_vec;
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MOST_MEMORY: usize = 10_000_000;
/// As users have it, and where nothing is optimised.
const MOST_TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 2_000 } else { 100 });

const REPORT: &str = include_str!("../../../tests/support/report.json");

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

#[test]
fn no_link_costs_more_than_ten_megabytes_and_a_tenth_of_a_second() {
    let list = ["[", "]"];
    let finding = r#"{"code":"stopped","severity":"note","variant":null,"count":1,"detail":null}"#;
    let round = r#"{"block":0,"wall_ms":1,"ok":1,"failed":0,"voided":false}"#;
    let cases = [
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
    ];
    for (name, text) in cases {
        assert!(text.len() <= MOST_CHARACTERS, "{name}");
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let timed = || {
            let begun = Instant::now();
            (unpack(&text), begun.elapsed())
        };
        let (read, mut took) = timed();
        let peak = MEMORY.peak_usage() - before;
        // What runs beside may hold one up; a text that is dear to read is so each time.
        for _ in 1..3 {
            if took < MOST_TIME {
                break;
            }
            took = timed().1;
        }
        let end = read.map_or_else(|error| error.to_string(), |_| "read".to_owned());
        println!("{name}: {took:.1?}, {peak} bytes ({end})");
        assert!(peak < MOST_MEMORY, "{name}: {peak} bytes ({end})");
        assert!(took < MOST_TIME, "{name}: {took:?} ({end})");
    }
}
