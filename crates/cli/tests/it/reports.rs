//! `fetchmark compare` and `fetchmark merge`.

use std::path::{Path, PathBuf};

use assert_cmd::assert::Assert;
use insta::assert_snapshot;
use predicates::prelude::*;
use predicates::str::{contains, starts_with};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{fetchmark, printed};

const REPORT: &str = include_str!("../../../../tests/support/report.json");
const WALLS: [f64; 8] = [150.0, 152.0, 149.0, 151.0, 148.0, 153.0, 150.5, 149.5];

/// The tests' report with eight rounds in each row, which take so many times as long as usual.
fn report(by: f64) -> Value {
    let mut report: Value = serde_json::from_str(REPORT).unwrap();
    let round = |(block, wall_ms): (usize, &f64)| json!({"block": block, "wall_ms": wall_ms * by, "ok": 100, "failed": 0, "voided": false});
    for row in report["variants"].as_array_mut().unwrap() {
        row["rounds"] = WALLS.iter().enumerate().map(round).collect();
        row["round_median_ms"] = json!(150.25 * by);
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

fn compare(files: [&Path; 2], options: &[&str]) -> Assert {
    fetchmark(&["compare"]).args(files).args(options).assert()
}

fn text(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

#[test]
fn a_report_that_became_slower_ends_with_99() {
    let folder = Folder::new();
    let (before, after) = (folder.put("a.json", &report(1.0)), folder.put("b.json", &report(1.5)));
    assert_snapshot!(text(&compare([&before, &after], &[]).code(99).stderr("")));
    compare([&before, &after], &["--no-fail"]).code(0);
    // Faster is no regression, and the same is none either.
    compare([&after, &before], &[]).code(0);
    compare([&before, &before], &["--strict"]).code(0);
}

#[test]
fn inconclusive_rows_fail_only_with_strict() {
    let folder = Folder::new();
    let before = folder.put("a.json", &report(1.0));
    let mut short = report(1.0);
    for row in short["variants"].as_array_mut().unwrap() {
        row["rounds"].as_array_mut().unwrap().truncate(1);
    }
    // A terminal's commands are not repeated.
    short["scenario"]["target"]["url"] = json!("http://other\u{1b}[2J/");
    let after = folder.put("b.json", &short);
    assert_snapshot!(text(&compare([&before, &after], &[]).code(0)));
    compare([&before, &after], &["--strict"]).code(99);
}

#[test]
fn other_formats_go_to_standard_output_or_a_file() {
    let folder = Folder::new();
    let (before, after) = (folder.put("a.json", &report(1.0)), folder.put("b.json", &report(1.5)));
    let json: Value = serde_json::from_str(&text(&compare([&before, &after], &["--json"]).code(99))).unwrap();
    assert_eq!(json["comparison"]["rows"].as_array().map(Vec::len), Some(3));
    for (format, begins) in [("csv", "id,"), ("markdown", "- "), ("junit", "<?xml")] {
        compare([&before, &after], &["--format", format]).code(99).stdout(starts_with(begins));
    }
    let file = folder.0.path().join("summary.md");
    // An earlier comparison does not pass for one that could not be made.
    std::fs::write(&file, "earlier").unwrap();
    compare([&before, Path::new("none.json")], &["--output", file.to_str().unwrap()]).code(1);
    assert!(!file.exists());
    // Nor does one take the place of a report.
    let reports = [&before, &after].map(|file| std::fs::read_to_string(file).unwrap());
    for report in [&before, &after] {
        let options = ["--json", "--output", report.to_str().unwrap()];
        compare([&before, &after], &options).code(2).stderr(contains("is one of the reports"));
    }
    assert_eq!([&before, &after].map(|file| std::fs::read_to_string(file).unwrap()), reports);
    let (before, after, file) = (before.to_str().unwrap(), after.to_str().unwrap(), file.to_str().unwrap());
    let written = ["compare", before, after, "--no-fail", "--format", "markdown", "--output", file];
    assert_eq!(printed(&written), "");
    assert!(std::fs::read_to_string(file).unwrap().starts_with("- "));
}

#[test]
fn an_invalid_report_is_an_error_that_names_the_field() {
    let folder = Folder::new();
    let good = folder.put("a.json", &report(1.0));
    let mut damaged = report(1.0);
    damaged["variants"][1]["requests"]["ok"] = json!(1);
    let damaged = folder.put("damaged.json", &damaged);
    let said = contains("damaged.json").and(contains("`variants[1].requests`"));
    compare([&good, &damaged], &[]).code(1).stderr(said);
}

#[test]
fn reports_of_several_browsers_become_one() {
    let folder = Folder::new();
    let session = |at: i32| {
        let mut report = report(1.0 + 0.01 * f64::from(at));
        // The histogram of the tests' report is none.
        report["variants"].as_array_mut().unwrap().iter_mut().for_each(|row| row["latency_ms"] = Value::Null);
        folder.put(&format!("{at}.json"), &report)
    };
    let files: Vec<PathBuf> = (0..3).map(session).collect();
    let merged = folder.0.path().join("merged.json");
    let merge = |options: &[&str]| fetchmark(&["merge"]).args(&files).args(options).assert();
    let printed =
        text(&merge(&["--output", merged.to_str().unwrap(), "--threshold", "round_median<1s"]).code(0));
    assert!(printed.contains("3 sessions"), "{printed}");
    let whole: Value = serde_json::from_str(&std::fs::read_to_string(&merged).unwrap()).unwrap();
    assert_eq!(whole["sessions"].as_array().map(Vec::len), Some(3));
    assert_eq!(whole["variants"][0]["rounds"].as_array().map(Vec::len), Some(24));
    merge(&["--threshold", "round_median<1ms"]).code(99);
    merge(&["--output", files[0].to_str().unwrap()]).code(2).stderr(contains("is one of the reports"));
    let mut other = report(1.0);
    other["scenario"]["n"] = json!(7);
    let other = folder.put("other.json", &other);
    fetchmark(&["merge"]).args([&files[0], &other]).assert().code(1).stderr(contains("n is 7"));
}
