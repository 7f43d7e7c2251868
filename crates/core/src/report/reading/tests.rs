use super::*;
use crate::{report::fixture::report, scenario::factors::Thread};

fn json(report: &Report) -> String {
    serde_json::to_string(report).unwrap()
}

#[track_caller]
fn refused(json: &str, field: &str) {
    match Report::from_json(json) {
        Err(ReportError::Field { field: named, .. }) => assert_eq!(named, field),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_report_from_before_rows_had_a_thread_has_the_run_s() {
    let mut old = report(&[("a", &[1.0, 2.5]), ("b", &[3.0, 4.0])]);
    old.scenario.thread = vec![Thread::Main];
    old.variants[0].thread = None;
    (old.variants[1].thread, old.variants[1].runtime) = (None, Runtime::Python);
    let read = Report::from_json(&json(&old)).unwrap();
    assert_eq!((read.variants[0].thread, read.variants[1].thread), (Some(Thread::Main), None));
}

#[test]
fn what_is_no_report_is_refused_by_kind() {
    let code = |json: &str| Report::from_json(json).unwrap_err().code();
    for nonsense in ["", "{", "<html>", "{\"schema\": \"fetchmark.report/1\""] {
        assert_eq!(code(nonsense), "not-json", "{nonsense}");
    }
    for other in ["[]", "{}", "7", "null", "{\"schema\": 7}", "{\"schema\": null}"] {
        assert_eq!(code(other), "not-a-report", "{other}");
    }
    assert_eq!(code("{\"schema\": \"fetchmark.report/2\"}"), "other-schema");
    refused("{\"schema\": \"fetchmark.report/1\"}", "fetchmark_version");
}

#[test]
fn a_report_of_another_version_says_what_to_do() {
    let said =
        |schema: &str| Report::from_json(&format!("{{\"schema\": \"{schema}\"}}")).unwrap_err().to_string();
    let newer = said("fetchmark.report/2");
    assert!(
        newer.contains("`schema` is “fetchmark.report/2”") && newer.ends_with("update this one."),
        "{newer}"
    );
    assert!(said("fetchmark.report/0").contains("an older Fetchmark"));
    for other in ["k6.summary/2", "fetchmark.report", "fetchmark.report/x", ""] {
        assert!(said(other).ends_with("Choose a file that Fetchmark saved."), "{other}");
    }
}

#[test]
fn a_field_that_is_missing_is_named_with_its_place() {
    let mut json = serde_json::to_value(report(&[("a", &[1.0, 2.5])])).unwrap();
    json["variants"][0].as_object_mut().unwrap().remove("warmup");
    let error = Report::from_json(&json.to_string()).unwrap_err();
    assert_eq!(error.to_string(), "The report's field `variants[0].warmup` cannot be read: it is missing.");
}

#[test]
fn the_field_that_is_wrong_is_named() {
    let good = report(&[("a", &[1.0, 2.5]), ("b", &[3.0, 4.0])]);
    refused(&json(&good).replacen("\"reused\"", "\"kept\"", 2), "scenario.lifecycle[0]");
    refused(
        &json(&good).replacen("\"wall_ms\":2.5", "\"wall_ms\":\"2.5\"", 1),
        "variants[0].rounds[1].wall_ms",
    );
}

#[test]
fn figures_that_no_run_comes_to_are_refused() {
    let good =
        report(&[("a", &[10.0, 12.0, 11.0, 13.0, 12.5, 11.5]), ("b", &[20.0, 22.0, 21.0, 23.0, 22.5, 21.5])]);
    type Change = fn(&mut Report);
    let changes: [(&str, Change); 16] = [
        ("duration_ms", |report| report.duration_ms = -1.0),
        ("environment.timer_step_ms", |report| report.environment.timer_step_ms = -1.0),
        ("environment.protocols", |report| report.environment.protocols = [("h2".into(), u64::MAX)].into()),
        ("scenario.margin", |report| report.scenario.margin = 5.0),
        ("variants", |report| report.variants = vec![report.variants[0].clone(); 101]),
        ("variants[1].id", |report| report.variants[1].id = "a".into()),
        ("variants[0].connections", |report| report.variants[0].connections.new = u64::MAX),
        ("variants[1].requests", |report| report.variants[1].requests.failed = u64::MAX),
        ("variants[1].requests", |report| report.variants[1].requests.ok += 1),
        ("variants[1].requests_per_second", |report| report.variants[1].requests_per_second = Some(-5.0)),
        ("variants[0].round_interval_ms", |report| report.variants[0].round_interval_ms = Some((3.0, 2.0))),
        ("variants[0].rounds[0].wall_ms", |report| report.variants[0].rounds[0].wall_ms = -1.0),
        ("variants[0].rounds[1].block", |report| report.variants[0].rounds[1].block = 0),
        ("comparisons[0].candidate", |report| report.comparisons[0].candidate = "c".into()),
        ("comparisons[0].ratio", |report| report.comparisons[0].ratio = Some(0.1)),
        ("comparisons[0].ratio", |report| report.comparisons[0].low = Some(-1.0)),
    ];
    for (field, change) in changes {
        let mut report = good.clone();
        change(&mut report);
        refused(&json(&report), field);
    }
}
