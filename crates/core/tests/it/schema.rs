//! The JSON Schema of a report is the published one, and holds for what is read.

use fetchmark_core::{
    report::{Ending, Environment, Report, schema::schema},
    run::recorder::Recorder,
    scenario::Scenario,
};
use serde_json::{Value, json};

const REPORT: &str = include_str!("../../../../tests/support/report.json");

fn wrong(report: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The tests' report with every field.
fn report() -> Value {
    serde_json::to_value(Report::from_json(REPORT).unwrap()).unwrap()
}

#[test]
fn the_schema_is_one_and_is_published() {
    assert!(jsonschema::meta::is_valid(&schema()));
    let published: Value = serde_json::from_str(include_str!("../../../../docs/report.schema.json")).unwrap();
    assert_eq!(published, schema(), "docs/report.schema.json is stale: run `cargo xtask schema`");
}

#[test]
fn the_tests_report_is_read_and_valid() {
    assert_eq!(wrong(&serde_json::from_str(REPORT).unwrap()), Vec::<String>::new());
    assert_eq!(wrong(&report()), Vec::<String>::new());
}

#[test]
fn a_run_without_a_round_is_valid() {
    let recorder = Recorder::new(Scenario::default(), 0.005).unwrap();
    let report =
        recorder.report(Environment::default(), "2026-01-02T03:04:05.000Z".into(), 1.0, Ending::Stopped);
    assert_eq!(wrong(&serde_json::to_value(report.unwrap()).unwrap()), Vec::<String>::new());
}

#[test]
fn what_is_refused_by_reading_is_refused_by_the_schema() {
    let changes: [(&str, Value); 6] = [
        ("/schema", json!("fetchmark.report/2")),
        ("/ending", json!("well")),
        ("/variants/0/requests/ok", json!(-1)),
        ("/variants/0/lifecycle", json!("kept")),
        ("/scenario/clients", json!(["curl"])),
        ("/scenario/concurrency", json!([0])),
    ];
    for (place, value) in changes {
        let mut report = report();
        *report.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = value;
        assert!(!wrong(&report).is_empty(), "{place}");
        assert!(Report::from_json(&report.to_string()).is_err(), "{place}");
    }
    let mut short = report();
    short.as_object_mut().unwrap().remove("environment");
    assert!(!wrong(&short).is_empty());
}
