//! `fetchmark compare`, `schema` and `completions`, run as a person runs them.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail a test by panicking, just as the tests do")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const REPORT: &str = include_str!("../../../tests/support/report.json");
const WALLS: [f64; 8] = [150.0, 152.0, 149.0, 151.0, 148.0, 153.0, 150.5, 149.5];

/// The tests' report with eight rounds in each row, which take so many times as long as usual.
fn report(by: f64) -> Value {
    let mut report: Value = serde_json::from_str(REPORT).unwrap();
    let round = |(block, wall_ms): (usize, &f64)| json!({"block": block, "wall_ms": wall_ms * by, "ok": 100, "failed": 0, "voided": false});
    for row in report["variants"].as_array_mut().unwrap() {
        row["rounds"] = WALLS.iter().enumerate().map(round).collect();
    }
    report
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn put(&self, name: &str, report: &Value) -> PathBuf {
        let file = self.0.path().join(name);
        std::fs::write(&file, report.to_string()).unwrap();
        file
    }
}

fn fetchmark(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fetchmark")).args(arguments).output().unwrap()
}

fn compare(files: [&Path; 2], options: &[&str]) -> (Option<i32>, String, String) {
    let mut arguments = vec!["compare"];
    arguments.extend(files.map(|file| file.to_str().unwrap()));
    arguments.extend(options);
    let Output { status, stdout, stderr } = fetchmark(&arguments);
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_report_that_became_slower_ends_with_99() {
    let folder = Folder::new();
    let (before, after) = (folder.put("a.json", &report(1.0)), folder.put("b.json", &report(1.5)));
    let (code, said, wrong) = compare([&before, &after], &[]);
    assert_eq!((code, wrong.as_str()), (Some(99), ""), "{said}");
    for part in ["Ratio (95 % interval)", "1.50 (1.4", "slower", "Slower: 1.50 ×", "unpaired"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains('\u{1b}'), "no colour where there is no terminal: {said}");
    assert_eq!(compare([&before, &after], &["--no-fail"]).0, Some(0));
    assert_eq!(compare([&after, &before], &[]).0, Some(0), "faster is no regression");
    assert_eq!(compare([&before, &before], &["--strict"]).0, Some(0), "the same is none either");
}

#[test]
fn what_cannot_be_told_fails_only_when_that_is_asked_for() {
    let folder = Folder::new();
    let before = folder.put("a.json", &report(1.0));
    let mut short = report(1.0);
    for row in short["variants"].as_array_mut().unwrap() {
        row["rounds"].as_array_mut().unwrap().truncate(1);
    }
    short["scenario"]["target"]["url"] = json!("http://other\u{1b}[2J/");
    let after = folder.put("b.json", &short);
    let (code, said, _) = compare([&before, &after], &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("fewer than two rounds") && said.contains("They differ in url"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
    assert_eq!(compare([&before, &after], &["--strict"]).0, Some(99));
}

#[test]
fn other_forms_go_to_standard_output_or_a_file() {
    let folder = Folder::new();
    let (before, after) = (folder.put("a.json", &report(1.0)), folder.put("b.json", &report(1.5)));
    let (code, said, _) = compare([&before, &after], &["--json"]);
    let json: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &json["gates"][0]["outcome"]), (Some(99), &json!("crossed")));
    assert_eq!(json["comparison"]["rows"].as_array().map(Vec::len), Some(3));
    let file = folder.0.path().join("summary.md");
    let (_, said, _) =
        compare([&before, &after], &["--format", "markdown", "--output", file.to_str().unwrap()]);
    assert_eq!(said, "");
    assert!(std::fs::read_to_string(&file).unwrap().contains("| Row | Baseline (ms) |"));
    assert!(compare([&before, &after], &["--format", "junit"]).1.contains("failures=\"3\""));
    assert_eq!(compare([&before, &after], &["--format", "csv"]).1.lines().count(), 4);
}

#[test]
fn what_is_no_report_is_told_with_its_field() {
    let folder = Folder::new();
    let good = folder.put("a.json", &report(1.0));
    let refused = |name: &str, report: Value, said: &[&str]| {
        let file = folder.put(name, &report);
        let (code, _, wrong) = compare([&good, &file], &[]);
        assert_eq!(code, Some(1), "{wrong}");
        for part in said.iter().chain(&[name]) {
            assert!(wrong.contains(part), "{part}: {wrong}");
        }
    };
    let mut newer = report(1.0);
    newer["schema"] = json!("fetchmark.report/2");
    refused("newer.json", newer, &["`schema`", "fetchmark.report/2", "newer Fetchmark"]);
    let mut damaged = report(1.0);
    damaged["variants"][1]["requests"]["ok"] = json!(1);
    refused("damaged.json", damaged, &["`variants[1].requests`"]);
    refused("list.json", json!([]), &["no Fetchmark report"]);
    let (code, _, wrong) = compare([&good, Path::new("none.json")], &[]);
    assert!(code == Some(1) && wrong.starts_with("none.json cannot be read"), "{wrong}");
    assert_eq!(fetchmark(&["compare", "one.json"]).status.code(), Some(2), "a wrong usage");
}

#[test]
fn the_schema_is_printed_and_holds_for_a_report() {
    let printed: Value = serde_json::from_slice(&fetchmark(&["schema"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&printed).unwrap();
    assert!(validator.is_valid(&report(1.0)));
    assert!(!validator.is_valid(&json!({"schema": "fetchmark.report/1"})));
}

#[test]
fn shells_are_told_how_to_complete() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let Output { status, stdout, .. } = fetchmark(&["completions", shell]);
        let script = String::from_utf8(stdout).unwrap();
        assert!(
            status.success() && script.contains("compare") && script.contains("no-fail"),
            "{shell}: {script}"
        );
    }
}
