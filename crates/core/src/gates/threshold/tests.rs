use super::*;
use crate::{
    compare::compare,
    gates::{
        GateOutcome::{self, Crossed, Passed, Unresolved},
        Unit,
    },
    report::{
        Connections, Report, Requests, VariantReport,
        fixture::{CRITERIA, QUIET, compared, quiet, report as plain, took, variant},
    },
    samples::ErrorClass,
};
use proptest::prelude::*;

const A: &str = "gloo-net:reused:warm:concurrent-100";
const B: &str = "gloo-net:fresh:warm:concurrent-100";
const C: &str = "js-fetch:reused:warm:concurrent-100";

/// Rounds of so many times the usual time, which rises a little.
fn rising(by: f64) -> Vec<f64> {
    quiet(by).iter().enumerate().map(|(at, wall_ms)| wall_ms * (1.0 + 0.001 * at as f64)).collect()
}

/// Three rows; the second takes 1.2 times, the third 0.9 times as long as the first. Latencies are 1 to 100 ms.
fn report() -> Report {
    let mut report = plain(&[(A, &QUIET), (B, &rising(1.2)), (C, &rising(0.9))]);
    for (row, client) in report.variants.iter_mut().zip(["gloo-net", "gloo-net", "js-fetch"]) {
        took(row, 100);
        row.requests_per_second = Some(1_000.0);
        row.connections = Connections { new: 6, reused: 794, cached: 0, unknown: 0 };
        client.clone_into(&mut row.client);
    }
    report
}

fn threshold(text: &str) -> Threshold {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn judged(text: &str, report: &Report, outcome: GateOutcome) -> String {
    let gate = threshold(text).judge(report);
    assert_eq!(gate.outcome, outcome, "{gate:?}");
    gate.message
}

#[track_caller]
fn wrong(text: &str, at: usize) -> ThresholdProblem {
    let error = text.parse::<Threshold>().unwrap_err();
    assert_eq!(error.at, at, "{error}");
    error.problem
}

#[test]
fn what_people_write_is_read() {
    for (given, written) in [
        ("p95<200ms", "p95<200ms"),
        (" p95  <=  0.2 s ", "p95<=200ms"),
        ("failed==0", "failed==0"),
        ("rps>100.5", "rps>100.5"),
        ("failed_share<1%", "failed_share<1%"),
        ("median>=1s", "round_median>=1000ms"),
        ("gloo-net/js-fetch<1.05", "gloo-net/js-fetch<1.05"),
        ("gloo-net:fresh / gloo-net:reused <= 1.1", "gloo-net:fresh/gloo-net:reused<=1.1"),
        ("gloo-net:reused p95<200ms", "gloo-net:reused p95<200ms"),
        ("js-fetch:rate-0.5 new_connections<=6", "js-fetch:rate-0.5 new_connections<=6"),
    ] {
        assert_eq!(threshold(given).to_string(), written);
        assert_eq!(threshold(written), threshold(given));
    }
}

#[test]
fn a_slip_is_named_with_its_place() {
    use ThresholdProblem as Problem;
    assert_eq!(wrong("", 1), Problem::NoOperator);
    assert_eq!(wrong("p95 200ms", 10), Problem::NoOperator);
    assert_eq!(wrong("p95=200ms", 4), Problem::Operator("=".into()));
    assert_eq!(wrong("p95 <> 2ms", 5), Problem::Operator("<>".into()));
    assert_eq!(wrong("<200ms", 1), Problem::NoFigure);
    assert_eq!(wrong("p59<200ms", 1), Problem::Figure("p59".into()));
    assert_eq!(wrong("가 p59<200ms", 3), Problem::Figure("p59".into()));
    assert_eq!(wrong("a b p95<200ms", 5), Problem::TooManyWords("p95".into()));
    assert_eq!(wrong("a::b p95<200ms", 1), Problem::Row("a::b".into()));
    assert_eq!(wrong("a/<1", 3), Problem::Row(String::new()));
    assert_eq!(wrong("a/b/c<1", 3), Problem::Row("b/c".into()));
    assert_eq!(wrong("a/a<1", 1), Problem::SameRow);
    assert_eq!(wrong("p95<", 5), Problem::NoLimit);
    assert_eq!(wrong("p95<-1ms", 5), Problem::Limit("-1ms".into()));
    assert_eq!(wrong("p95<1.ms", 5), Problem::Limit("1.ms".into()));
    assert_eq!(wrong("p95<nanms", 5), Problem::Limit("nanms".into()));
    assert_eq!(
        wrong(&format!("p95<{}ms", "9".repeat(400)), 5),
        Problem::Limit(format!("{}ms", "9".repeat(400)))
    );
    assert_eq!(wrong("failed<1.5", 8), Problem::NotWhole(Metric::Failed));
    assert_eq!(wrong("p95==1ms", 4), Problem::NeverExact("p95".into()));
    assert_eq!(wrong("a/b==1", 4), Problem::NeverExact("a ratio".into()));
    let unit = |text, at| match wrong(text, at) {
        Problem::Unit { given, .. } => given,
        other => panic!("{other:?}"),
    };
    assert_eq!(unit("p95<200", 5), "");
    assert_eq!(unit("p95<200us", 8), "us");
    assert_eq!(unit("failed_share<1", 14), "");
    assert_eq!(unit("failed==0ms", 10), "ms");
    assert_eq!(unit("a/b<5%", 6), "%");
    assert_eq!(wrong(&"x".repeat(501), 1), Problem::TooLong);
    let sentence = "p95<200".parse::<Threshold>().unwrap_err().to_string();
    assert_eq!(
        sentence,
        "The threshold “p95<200” cannot be read at character 5: p95 is a time: its limit ends in ms or s, as in 200ms or 0.2s, not “”."
    );
}

#[test]
fn a_figure_holds_for_every_row_or_for_those_named() {
    let mut report = report();
    judged("p95<96ms", &report, Passed);
    judged("p95<95ms", &report, Crossed);
    judged("p95<=95ms", &report, Passed);
    judged("failed==0", &report, Passed);
    judged("rps>=1000", &report, Passed);
    judged("round_median<105ms", &report, Crossed);
    assert_eq!(
        judged("gloo-net:reused round_median<105ms", &report, Passed),
        format!("{A}: round_median is 100.25 ms.")
    );
    assert_eq!(judged("fresh max<99ms", &report, Crossed), format!("{B}: max is 100 ms."));
    let message = judged("median<1s", &report, Passed);
    assert!(message.starts_with("It holds for all 3 rows. Nearest to the limit: ") && message.contains(B));
    report.variants[2].requests = Requests { issued: 800, ok: 790, failed: 10, aborted: 0 };
    judged("failed_share<1%", &report, Crossed);
    judged("failed_share<=1.25%", &report, Passed);
    judged("gloo-net failed==0", &report, Passed);
}

#[test]
fn unknown_connections_leave_it_open() {
    let mut report = report();
    judged("new_connections<=6", &report, Passed);
    judged("new_connections<=5", &report, Crossed);
    report.variants[0].connections.unknown = 100;
    judged("new_connections<=5", &report, Crossed);
    let expected =
        format!("{A}: new_connections is from 6 to 106: the connection of 100 requests is unknown.");
    assert_eq!(judged("new_connections<=6", &report, Unresolved), expected);
    judged("new_connections<=106", &report, Passed);
}

#[test]
fn a_row_without_a_success_crosses_what_is_asked_of_its_times() {
    let mut report = report();
    let row = &mut report.variants[1];
    row.requests = Requests { issued: 800, ok: 0, failed: 800, aborted: 0 };
    (row.latency_ms, row.requests_per_second, row.round_median_ms) = (None, None, None);
    for text in ["p95<10s", "rps>1", "median<10s"] {
        assert!(judged(text, &report, Crossed).contains("no request succeeded"));
    }
    judged("gloo-net:reused p95<10s", &report, Passed);
    report.variants[1].requests = Requests::default();
    assert!(judged("p95<10s", &report, Unresolved).contains("no request was measured"));
    report.variants[1].requests = Requests { issued: 3, ok: 1, failed: 0, aborted: 2 };
    assert!(judged("p95<10s", &report, Unresolved).contains("no round was usable"));
    report.variants.clear();
    judged("p95<10s", &report, Unresolved);
}

/// 40 of 140 requests of each row's finished rounds failed; the rest took 1 to 100 ms.
fn failing(class: ErrorClass) -> Report {
    let mut report = report();
    report.scenario.timeout_ms = 250;
    for row in &mut report.variants {
        (row.requests.ok, row.requests.failed) = (100, 40);
        row.requests.issued = 140;
        row.rounds.iter_mut().for_each(|round| (round.ok, round.failed) = (0, 5));
        row.rounds[0].ok = 100;
        row.errors = [(class, 40)].into();
    }
    report
}

#[test]
fn requests_that_timed_out_count_as_the_time_out_or_more() {
    let report = failing(ErrorClass::Timeout);
    // The 133rd of 140.
    assert_eq!(
        judged("js-fetch p95<300ms", &report, Unresolved),
        format!(
            "{C}: 40 of 140 requests failed, 40 of them at the timeout of 250 ms. Counted as slower than all others, they make p95 250 ms or \
             more."
        )
    );
    judged("p95<250ms", &report, Crossed);
    judged("max<10s", &report, Unresolved);
    judged("max<=200ms", &report, Crossed);
    // The sum of 1 to 100 and 40 times 250, by 140.
    judged("mean<107ms", &report, Crossed);
    judged("mean<108ms", &report, Unresolved);
    judged("min<2ms", &report, Passed);
    // The 70th of 140 is one that succeeded, and took 70 ms.
    judged("p50<71ms", &report, Passed);
    judged("p50<69ms", &report, Crossed);
    judged("p95>100ms", &report, Passed);
}

#[test]
fn of_other_failures_only_that_they_are_no_better_is_known() {
    let report = failing(ErrorClass::Network);
    let message = judged("js-fetch p95<300ms", &report, Unresolved);
    assert!(message.ends_with("failed. Counted as slower than all others, they make p95 95 ms or more."));
    judged("p95<95ms", &report, Crossed);
    judged("p50<71ms", &report, Passed);
    // The 70th of 140, as far as the histogram's three digits tell.
    assert!(judged("js-fetch p50<60ms", &report, Unresolved).contains("they make p50 50 ms to 70.0"));
    // A few failures below the percentile's share decide nothing.
    let mut few = report;
    for row in &mut few.variants {
        row.rounds.iter_mut().for_each(|round| round.failed = 0);
        row.rounds[1].failed = 2;
        row.errors = [(ErrorClass::Http5xx, 2)].into();
    }
    judged("p95<98ms", &few, Passed);
    judged("p99<1s", &few, Unresolved);
}

/// Of each row's eight rounds some fail as a whole, after so long; the rest take about 100 ms for 100 requests.
fn with_dead_rounds(dead: usize, wall_ms: f64) -> Report {
    let mut report = report();
    for row in &mut report.variants {
        row.rounds.iter_mut().for_each(|round| round.ok = 100);
        for round in &mut row.rounds[..dead] {
            (round.ok, round.failed, round.wall_ms) = (0, 100, wall_ms);
        }
        (row.requests.ok, row.requests.failed) = (800 - 100 * dead as u64, 100 * dead as u64);
    }
    report
}

#[test]
fn rounds_in_which_nothing_succeeded_pass_no_gate() {
    let few = with_dead_rounds(3, 30_000.0);
    // The 4th and 5th of eight are among those that succeeded.
    judged("js-fetch round_median<500ms", &few, Passed);
    assert_eq!(
        judged("gloo-net:reused rps>=50", &few, Unresolved),
        format!(
            "{A}: no request succeeded in 3 of 8 rounds. Counted as slower than all others, they make rps 5.525 per second to 1000 per \
             second."
        )
    );
    judged("rps>=5", &few, Passed);
    let half = with_dead_rounds(4, 30_000.0);
    judged("round_median<500ms", &half, Crossed);
    judged("round_median<9999s", &half, Unresolved);
    // What fails at once says nothing of how long it would take.
    let refused = with_dead_rounds(5, 1.0);
    let message = judged("js-fetch round_median<500ms", &refused, Unresolved);
    assert!(message.contains("in 5 of 8 rounds") && message.ends_with("ms or more."), "{message}");
}

#[test]
fn a_ratio_is_judged_by_its_whole_interval() {
    let report = report();
    judged("gloo-net:fresh/gloo-net:reused<1.3", &report, Passed);
    judged("gloo-net:fresh/gloo-net:reused<1.1", &report, Crossed);
    let message = judged("gloo-net:fresh/gloo-net:reused<1.2042", &report, Unresolved);
    assert!(message.contains("The limit 1.2042 lies inside"), "{message}");
    // The other way round, the report's comparison is turned over.
    judged("gloo-net:reused/gloo-net:fresh>0.8", &report, Passed);
    judged("gloo-net:reused/gloo-net:fresh<0.8", &report, Crossed);
}

#[test]
fn rows_that_were_not_compared_are_compared_by_block() {
    let report = report();
    judged("js-fetch/gloo-net:fresh<0.8", &report, Passed);
    judged("gloo-net:fresh/js-fetch<1.3", &report, Crossed);
    let mut few = report.clone();
    few.variants[2].rounds.truncate(1);
    assert!(judged("gloo-net:fresh/js-fetch<1.3", &few, Unresolved).contains("Fewer than two blocks"));
}

#[test]
fn a_refused_comparison_decides_nothing() {
    let mut rows = report();
    for row in &mut rows.variants {
        row.connections.cached = 800;
    }
    rows.comparisons = compare(&rows.variants, CRITERIA);
    assert!(judged("js-fetch/gloo-net:reused<9", &rows, Unresolved).contains("Responses came from a cache"));
    assert!(judged("js-fetch/gloo-net:fresh<9", &rows, Unresolved).contains("Responses came from a cache"));
}

#[test]
fn on_two_threads_a_row_is_named_by_its_thread() {
    let ids =
        ["ky:reused:warm:sequential", "ky:reused:warm:sequential:main", "xhr-sync:reused:warm:sequential"];
    let named = |name: &str| RowName::new(name).unwrap().among(&ids).unwrap_or_default();
    assert_eq!(named("ky"), [0, 1]);
    assert_eq!((named("ky:worker"), named("main"), named("main:ky")), (vec![0], vec![1], vec![1]));
    assert_eq!(named("xhr-sync"), [2]);
}

#[test]
fn rows_are_named_by_words_of_their_ids() {
    let again = format!("{A}:again");
    let ids = [A, B, C, again.as_str()];
    let check = |text: &str| threshold(text).check_rows(&ids);
    assert_eq!(check("p95<1ms"), Ok(()));
    assert_eq!(check("js-fetch/gloo-net:fresh<1"), Ok(()));
    assert_eq!(check(&format!("{A}/{again}<1")), Ok(()));
    assert_eq!(check("gloo-net:reused/again<1"), Ok(()));
    assert_eq!(check("js-fetch/js-fetch:reused<1"), Err(RowError::Same(C.into())));
    let Err(RowError::Several { name, rows }) = check("gloo-net/js-fetch<1") else { panic!() };
    assert_eq!((name.as_str(), rows), ("gloo-net", format!("{A}, {B}")));
    assert!(matches!(check("ky p95<1ms"), Err(RowError::Unknown { .. })));
    // A report without such rows decides nothing.
    assert!(judged("gloo-net/js-fetch<1", &report(), Unresolved).starts_with("Several rows are called"));
    assert!(judged("ky p95<1ms", &report(), Unresolved).starts_with("No row is called “ky”."));
}

#[test]
fn json_has_it_as_text() {
    let json = serde_json::to_string(&threshold("p95 < 0.2s")).unwrap();
    assert_eq!(json, "\"p95<200ms\"");
    assert_eq!(serde_json::from_str::<Threshold>(&json).unwrap(), threshold("p95<200ms"));
    assert!(
        serde_json::from_str::<Threshold>("\"p59<2ms\"").unwrap_err().to_string().contains("not a metric")
    );
}

fn any_row() -> impl Strategy<Value = RowName> {
    "[a-z][a-z0-9.-]{0,8}(:[a-z0-9.-]{1,8}){0,4}".prop_map(|name| RowName::new(&name).unwrap())
}

fn any_threshold() -> impl Strategy<Value = Threshold> {
    let metric = prop::sample::select(Metric::ALL);
    let figure = (prop::option::of(any_row()), metric, prop::sample::select(Operator::ALL), 0.0_f64..1e12);
    let figure = figure.prop_filter_map("exact", |(row, metric, operator, limit)| {
        let unit = metric.unit();
        let is_exact = operator == Operator::Exactly;
        let limit = if unit == Unit::Count { limit.floor() } else { limit };
        (!is_exact || matches!(unit, Unit::Count | Unit::Percent)).then_some(Threshold {
            subject: Subject::Figure { row, metric },
            operator,
            limit,
        })
    });
    let ratio = (any_row(), any_row(), prop::sample::select(&Operator::ALL[..4]), 0.0_f64..1e3);
    let ratio = ratio.prop_filter_map("same", |(candidate, baseline, operator, limit)| {
        (candidate != baseline).then_some(Threshold {
            subject: Subject::Ratio { candidate, baseline },
            operator,
            limit,
        })
    });
    prop_oneof![figure, ratio]
}

proptest! {
    #![proptest_config(crate::report::fixture::same_each_time(256))]

    #[test]
    fn what_is_written_is_read_back(threshold in any_threshold()) {
        prop_assert_eq!(threshold.to_string().parse::<Threshold>().unwrap(), threshold);
    }

    #[test]
    fn anything_is_read_or_refused_in_a_sentence(text in "\\PC{0,40}|[a-z0-9:/<>=. %]{0,40}") {
        match text.parse::<Threshold>() {
            Ok(threshold) => {
                threshold.judge(&report());
                prop_assert_eq!(threshold.to_string().parse::<Threshold>().unwrap(), threshold);
            }
            Err(error) => prop_assert!(error.at <= text.chars().count() + 1 && error.to_string().ends_with('.')),
        }
    }
}

/// Two rows on two targets; those of the second take 1.2 times as long.
fn two_targets() -> Report {
    let of = |target: &str, row: &str, by: f64| VariantReport {
        target: Some(target.to_owned()),
        client: row.to_owned(),
        ..variant(&format!("{target}:{row}:reused:warm:sequential"), &quiet(by))
    };
    compared(vec![of("a", "ky", 1.0), of("a", "xhr", 1.0), of("b", "ky", 1.2), of("b", "xhr", 1.2)])
}

#[test]
fn targets_are_named_by_their_labels() {
    let report = two_targets();
    let outcome = |text: &str| threshold(text).judge(&report).outcome;
    assert_eq!(outcome("b/a<=1.25"), GateOutcome::Passed);
    assert_eq!(outcome("b/a<=1.1"), GateOutcome::Crossed);
    assert_eq!(outcome("a/b<=0.9"), GateOutcome::Passed);
    assert_eq!(outcome("b:ky/a:ky<=1.1"), GateOutcome::Crossed);
    assert_eq!(threshold("b:round_median<200ms"), threshold("b round_median<200ms"));
    assert_eq!(outcome("b:round_median<110ms"), GateOutcome::Crossed);
    assert_eq!(outcome("a:round_median<110ms"), GateOutcome::Passed);
    let ids: Vec<&str> = report.variants.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(threshold("b/a<=1.1").check_rows(&ids), Ok(()));
    assert!(threshold("c/a<=1.1").check_rows(&ids).is_err());
}
