//! Rows of Python in the tab, in a run: loaded before the first round, or left out.

use super::*;

fn beside_pyodide(words: &[&str]) -> Scenario {
    let clients = words.iter().filter_map(|word| word.parse().ok()).collect();
    Scenario { clients, n: 5, ..Scenario::default() }
}

const ROWS: [&str; 3] = ["pyodide-aiohttp:reused", "gloo-net:reused", "pyodide-requests:fresh"];

#[test]
fn loading_it_is_in_no_round_and_no_time_of_the_run() {
    let (report, _, _) = run_fake(beside_pyodide(&ROWS), None);
    let report = report.unwrap();
    let rows: Vec<_> = report.variants.iter().map(|row| (row.runtime.word(), row.rounds.len())).collect();
    assert_eq!(rows, [("pyodide", 10), ("browser", 10), ("pyodide", 10)]);
    assert!(report.duration_ms < LOADING_MS, "{}", report.duration_ms);
    let first = report.variants.iter().flat_map(|row| &row.rounds).filter_map(|round| round.start_ms);
    assert!(first.fold(f64::INFINITY, f64::min) < 200.0);
}

#[test]
fn where_it_cannot_be_loaded_the_other_rows_are_measured_and_it_is_said() {
    let (report, _, checkpoints) = run_on(Target::WithoutPython, beside_pyodide(&ROWS), None);
    let report = report.unwrap();
    let ids: Vec<_> = report.variants.iter().map(|row| (row.id.as_str(), row.rounds.len())).collect();
    assert_eq!(ids, [("gloo-net:reused:warm:concurrent-5", 10)]);
    let found = report.validity.iter().find(|finding| finding.code == FindingCode::PythonMissing);
    assert_eq!(found.and_then(|finding| finding.detail.as_deref()), Some("not-arrived: python.zip"));
    assert_eq!(checkpoints.last().map(|last| last.variants.len()), Some(1));
}

#[test]
fn where_no_row_would_be_left_the_run_fails_in_a_sentence() {
    let (report, _, _) = run_on(Target::WithoutPython, beside_pyodide(&ROWS[..1]), None);
    let error = report.unwrap_err();
    assert_eq!(error.code(), "engine-not-loaded");
    assert!(
        error.to_string().contains("Python cannot be used in this tab (not-arrived: python.zip)"),
        "{error}"
    );
}

#[test]
fn stop_does_not_wait_until_it_is_loaded() {
    let (report, ended_ms) = stopped_after_40_ms(beside_pyodide(&ROWS));
    let report = report.unwrap();
    assert_eq!((report.ending, ended_ms), (Ending::Stopped, 40.0));
}
