use super::*;
use crate::{
    compare::verdict::{Reason, Verdict},
    report::{fixture::report, model::Proxy},
};

const WALLS: [f64; 8] = [100.0, 102.0, 99.0, 101.0, 98.0, 103.0, 100.5, 99.5];

fn scaled(by: f64) -> Vec<f64> {
    WALLS.iter().map(|wall_ms| wall_ms * by).collect()
}

#[test]
fn the_candidate_is_held_against_the_baseline_row_by_row() {
    let before = report(&[("a", &WALLS), ("b", &WALLS), ("gone", &WALLS)]);
    let after = report(&[("new", &WALLS), ("b", &scaled(1.3)), ("a", &scaled(0.8))]);
    let compared = compare_reports(&before, &after);
    let found: Vec<_> = compared.rows.iter().map(|row| (row.id.as_str(), row.comparison.verdict)).collect();
    assert_eq!(found, [("b", Verdict::Slower), ("a", Verdict::Faster)]);
    let ratio = compared.rows[0].comparison.ratio.unwrap();
    assert!((ratio - 1.3).abs() < 1e-9, "{ratio}");
    assert_eq!(
        (&compared.only_in_baseline[..], &compared.only_in_candidate[..]),
        (&["gone".to_owned()][..], &["new".to_owned()][..])
    );
    assert_eq!(compared.differences, []);
}

#[test]
fn rows_on_unlike_threads_are_held_against_each_other_only_where_all_are() {
    let on = |threads: &[(&str, Thread)], rows: &[&str]| {
        let rows: Vec<(&str, &[f64])> = rows.iter().map(|id| (*id, &WALLS[..])).collect();
        let mut report = report(&rows);
        report.scenario.thread = threads.iter().map(|(_, thread)| *thread).collect();
        for (row, (_, thread)) in report.variants.iter_mut().zip(threads) {
            row.thread = Some(*thread);
        }
        report
    };
    let (worker, main) = (Thread::Worker, Thread::Main);
    let in_worker = on(&[("a", worker)], &["a"]);
    let on_page = on(&[("a", main)], &["a"]);
    let both = on(&[("a", worker), ("a:main", main)], &["a", "a:main"]);
    let pairs = |before: &Report, after: &Report| {
        let compared = compare_reports(before, after);
        let paired: Vec<_> = compared.rows.iter().map(|row| row.id.clone()).collect();
        let named = compared.differences.iter().any(|difference| difference.setting == Setting::Thread);
        (paired, compared.only_in_baseline.len(), compared.only_in_candidate.len(), named)
    };
    assert_eq!(pairs(&in_worker, &both), (vec!["a".to_owned()], 0, 1, false));
    assert_eq!(pairs(&both, &both).0, ["a", "a:main"]);
    // Its rows are called alike, and are none of them.
    assert_eq!(pairs(&on_page, &both), (vec![], 1, 2, true));
    assert_eq!(pairs(&both, &on_page), (vec![], 2, 1, true));
    // Two whole reports on unlike threads: that is what is asked.
    assert_eq!(pairs(&in_worker, &on_page), (vec!["a".to_owned()], 0, 0, true));
    let mut untold = both.clone();
    untold.variants.iter_mut().for_each(|row| row.thread = None);
    assert_eq!(pairs(&untold, &both).0, ["a"]);
}

#[test]
fn the_same_report_is_equivalent_to_itself() {
    let report = report(&[("a", &WALLS)]);
    assert_eq!(compare_reports(&report, &report).rows[0].comparison.verdict, Verdict::Equivalent);
}

#[test]
fn what_else_differs_is_named() {
    let before = report(&[("a", &WALLS)]);
    let mut after = before.clone();
    after.scenario.target.url = "https://other.example/".into();
    after.environment.timer_step_ms = 0.1;
    after.environment.proxy =
        Some(Proxy { address: "http://p:1".into(), named_by: "http_proxy".into(), runtimes: vec![] });
    let compared = compare_reports(&before, &after);
    let named: Vec<Setting> = compared.differences.iter().map(|difference| difference.setting).collect();
    assert_eq!(named, [Setting::Url, Setting::Proxy, Setting::TimerStep]);
    assert_eq!(compared.differences[0].candidate, "https://other.example/");
}

#[test]
fn a_body_of_the_same_length_and_what_ran_outside_are_differences_too() {
    let mut before = report(&[("a", &WALLS)]);
    before.scenario.target.body = Some("{\"query\": \"the first of many\"}".into());
    before.environment.cores = Some(2);
    let mut after = before.clone();
    after.scenario.target.body = Some("{\"query\": \"the other of many\"}".into());
    after.scenario.target.cold_url = Some("http://h{n}.localhost/".into());
    after.environment.cores = Some(8);
    let differences = compare_reports(&before, &after).differences;
    let named: Vec<Setting> = differences.iter().map(|difference| difference.setting).collect();
    assert_eq!(named, [Setting::Request, Setting::ColdUrl, Setting::Cores]);
    let [one, other] = [&differences[0].baseline, &differences[0].candidate];
    assert!(one.contains("first of many") && other.contains("other of many"), "{one} {other}");
}

#[test]
fn secrets_are_compared_and_never_shown() {
    let mut before = report(&[("a", &WALLS)]);
    before.scenario.target.url = "http://x/?token=T1111&page=1".into();
    before.scenario.target.headers = vec![("X-Api-Key".into(), "K1111".into())];
    let mut after = before.clone();
    after.scenario.target.url = "http://x/?token=T2222&page=1".into();
    after.scenario.target.headers[0].1 = "K2222".into();
    let compared = compare_reports(&before, &after);
    let shown = serde_json::to_string(&compared).unwrap();
    assert!(!shown.contains("1111") && !shown.contains("2222"), "{shown}");
    let named: Vec<Setting> = compared.differences.iter().map(|difference| difference.setting).collect();
    assert_eq!((named, compared.unknown), (vec![Setting::Url, Setting::Request], vec![]));
    assert!(compared.differences[1].candidate.ends_with("the header x-api-key differs"));
    // One of them was kept without.
    let after = after.masked().into_owned();
    let compared = compare_reports(&before, &after);
    assert_eq!(compared.differences, []);
    assert_eq!(compared.unknown, ["the header x-api-key", "the parameter token of the address"]);
}

#[test]
fn other_answers_are_named_and_far_shorter_ones_are_not_faster() {
    let before = {
        let mut report = report(&[("a", &WALLS)]);
        report.variants[0].body_bytes = 800 * 10_000;
        report.variants[0].statuses = [(200, 800)].into();
        report
    };
    let compared = |bytes: u64, status: u16, by: f64| {
        let mut after = report(&[("a", &scaled(by))]);
        after.variants[0].body_bytes = 800 * bytes;
        after.variants[0].statuses = [(status, 800)].into();
        let compared = compare_reports(&before, &after);
        let named = compared.differences.iter().map(|difference| difference.candidate.clone()).collect();
        (compared.rows[0].comparison.verdict, named)
    };
    let named = |text: &str| vec![text.to_owned()];
    assert_eq!(compared(30_000, 200, 1.5), (Verdict::Slower, named("200, 30000 bytes")));
    assert_eq!(compared(8_000, 200, 0.8), (Verdict::Faster, named("200, 8000 bytes")));
    assert_eq!(compared(30, 200, 0.2), (Verdict::Refused, named("200, 30 bytes")));
    assert_eq!(compared(10_000, 203, 1.0).1, named("203, 10000 bytes"));
    assert_eq!(compared(10_100, 200, 1.0).1, Vec::<String>::new());
}

#[test]
fn a_report_that_lost_most_of_its_rounds_is_not_compared() {
    let mut before = report(&[("a", &scaled(1.0).repeat(2))]);
    before.variants[0].rounds[5..].iter_mut().for_each(|round| round.voided = true);
    let row = &compare_reports(&before, &report(&[("a", &WALLS)])).rows[0];
    assert_eq!(row.comparison.reason_code, Reason::TooManyVoided);
}

#[test]
fn rounds_of_other_sizes_and_too_few_are_not_compared() {
    let before = report(&[("a", &WALLS), ("b", &[100.0])]);
    let mut after = report(&[("a", &WALLS), ("b", &[100.0])]);
    after.scenario.n = 50;
    for round in &mut after.variants[0].rounds {
        round.ok = 50;
    }
    let rows = compare_reports(&before, &after).rows;
    let found = rows.iter().map(|row| (row.comparison.verdict, row.comparison.reason_code));
    let expected = [(Verdict::Refused, Reason::RoundsDiffer), (Verdict::Inconclusive, Reason::TooFewRounds)];
    assert_eq!(found.collect::<Vec<_>>(), expected);
}
