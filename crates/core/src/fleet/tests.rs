use super::*;
use crate::{
    compare::{
        Reason, Verdict,
        reports::{Setting, compare_reports},
    },
    export::{hdr, rounds_csv},
    gates::{GateOutcome, gates_of_comparison},
    report::{
        Finding, FindingCode, Origin, Requests, Severity,
        fixture::{compared, rows, variant},
        link::{pack, unpack},
    },
    stats::summary::Times,
};

/// A session of two rows, the second so many times as long, with these latencies.
fn session(by: f64, latencies: impl Fn(u32) -> f64) -> Report {
    let mut report = compared(rows(&format!("a 1.0, b {by}")));
    for row in &mut report.variants {
        let mut times = Times::new().unwrap();
        (0..800).for_each(|at| times.add(latencies(at)));
        row.latency_ms = times.latency().unwrap();
        row.statuses = [(200, 800)].into();
    }
    report
}

fn codes(report: &Report) -> Vec<FindingCode> {
    report.validity.iter().map(|finding| finding.code).collect()
}

#[test]
fn counts_are_added_and_rounds_keep_their_session() {
    let sessions = [1.2, 1.21, 1.19].map(|by| session(by, |_| 1.0));
    let merged = merge(&sessions).unwrap();
    let row = &merged.variants[1];
    assert_eq!(row.requests, Requests { issued: 2_400, ok: 2_400, failed: 0, aborted: 0 });
    assert_eq!((row.statuses[&200], row.rounds.len()), (2_400, 24));
    assert_eq!(row.rounds.iter().map(|round| round.session).max(), Some(2));
    let ids: Vec<_> = merged.sessions.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["session-1", "session-2", "session-3"]);
    assert_eq!(merged.comparisons[0].verdict, Verdict::Slower);
    let json = serde_json::to_string(&merged).unwrap();
    assert_eq!(Report::from_json(&json).unwrap(), merged);
}

#[test]
fn percentiles_are_those_of_all_samples_pooled() {
    let spread = |from: f64| move |at: u32| from + f64::from(at) * 0.05;
    let merged = merge(&[session(1.0, spread(1.0)), session(1.0, spread(30.0))]).unwrap();
    let mut pooled = Times::new().unwrap();
    (0..800).for_each(|at| [1.0, 30.0].iter().for_each(|from| pooled.add(spread(*from)(at))));
    let (merged, pooled) =
        (merged.variants[0].latency_ms.clone().unwrap(), pooled.latency().unwrap().unwrap());
    for (of, one, other) in [
        ("p50", merged.p50, pooled.p50),
        ("p90", merged.p90, pooled.p90),
        ("p99", merged.p99, pooled.p99),
        ("mean", merged.mean, pooled.mean),
    ] {
        assert!((one / other - 1.0).abs() < 1e-3, "{of}: {one} {other}");
    }
    assert_eq!((merged.count, merged.min, merged.max), (pooled.count, pooled.min, pooled.max));
}

#[test]
fn the_session_is_the_independent_unit() {
    // Each session is sure of its own ratio, and they do not agree.
    let apart = merge(&[1.3, 0.8, 1.1, 0.95].map(|by| session(by, |_| 1.0))).unwrap();
    assert_eq!(apart.comparisons[0].verdict, Verdict::Inconclusive);
    let agreeing = merge(&[1.1, 1.1, 1.1, 1.1].map(|by| session(by, |_| 1.0))).unwrap();
    assert_eq!(agreeing.comparisons[0].verdict, Verdict::Slower);
    assert!((agreeing.comparisons[0].ratio.unwrap() - 1.1).abs() < 1e-9);
}

#[test]
fn a_session_that_differs_and_one_that_was_lost_are_named() {
    let mut sessions = [1.1, 1.102, 2.0, 1.098, 1.101].map(|by| session(by, |_| 1.0));
    sessions[4].ending = Ending::Failed;
    sessions[4].variants.iter_mut().for_each(|row| row.rounds.truncate(3));
    let merged = merge(&sessions).unwrap();
    assert_eq!(codes(&merged), [FindingCode::SessionLost, FindingCode::SessionsDiffer]);
    assert_eq!(merged.validity[0].detail.as_deref(), Some("session-5"));
    assert!(
        merged.validity[1].detail.as_ref().unwrap().starts_with("session-3: 1.8"),
        "{:?}",
        merged.validity
    );
    assert_eq!((merged.ending, merged.sessions[4].ending), (Ending::Complete, Ending::Failed));
    assert_eq!(merged.variants[0].rounds.len(), 35);
}

#[test]
fn one_session_stays_as_it_is_and_merging_in_steps_is_merging_at_once() {
    let sessions = [1.1, 1.2, 1.3].map(|by| session(by, |at| f64::from(at) + by));
    assert_eq!(merge(&sessions[..1]).unwrap(), sessions[0]);
    let at_once = merge(&sessions).unwrap();
    let in_steps = merge(&[merge(&sessions[..2]).unwrap(), sessions[2].clone()]).unwrap();
    assert_eq!(in_steps.variants, at_once.variants);
    assert_eq!(in_steps.sessions, at_once.sessions);
    assert_eq!(in_steps.comparisons, at_once.comparisons);
    assert_eq!(in_steps.validity, at_once.validity);
    assert_eq!(merge(&[]), Err(MergeError::Nothing));
}

#[test]
fn what_was_found_of_a_session_stays_with_it_when_more_are_merged() {
    let mut sessions = on_nodes(&[None, Some("grid")], 4);
    let crashed = Finding::of_run(FindingCode::EngineCrashed, Severity::Weakens, Some("killed".into()));
    (sessions[1].report.ending, sessions[1].report.validity) = (Ending::Failed, vec![crashed]);
    let late = Finding::of_run(FindingCode::OwnLateness, Severity::Note, Some("p50 1.00 ms".into()));
    sessions[0].report.validity = vec![late];
    let mut first = merge_sessions(&sessions).unwrap();
    let details = |report: &Report| -> Vec<String> {
        let found = report.validity.iter().filter(|finding| finding.code != FindingCode::FewSessions);
        found.map(|finding| finding.detail.clone().unwrap_or_default()).collect()
    };
    assert_eq!(details(&first), ["session-1: p50 1.00 ms", "session-2 (grid): killed"]);
    let never_began = Some("session-3: it did not begin".to_owned());
    first.validity.push(Finding::of_run(FindingCode::SessionLost, Severity::Weakens, never_began));
    let merged = merge(&[session(1.1, |_| 1.0), first.clone(), first]).unwrap();
    let expected = [
        "session-2: p50 1.00 ms",
        "report 2, session-3: it did not begin",
        "session-4: p50 1.00 ms",
        "report 3, session-3: it did not begin",
        // The same name in two reports need not be the same machine.
        "session-3 (grid of report 2): killed",
        "session-5 (grid of report 3): killed",
    ];
    assert_eq!(details(&merged), expected);
}

#[test]
fn a_run_began_by_the_clock_of_the_machine_that_conducted() {
    let merged = merge_sessions(&[timed(2_000, 0.0, 10), timed(3_250, 3_000.0, 10)]).unwrap();
    assert_eq!(merged.started_at, "2026-01-01T00:00:00.250Z");
    let began =
        |session: &SessionReport| humantime::format_rfc3339_millis(session.began_at().unwrap()).to_string();
    let began: Vec<_> = merged.sessions.iter().map(began).collect();
    assert_eq!(began, ["2026-01-01T00:00:02.000Z", "2026-01-01T00:00:00.250Z"]);
}

#[test]
fn what_rows_of_all_sessions_show_is_found_in_them() {
    let mut sessions = [1.0, 1.0].map(|by| session(by, |_| 1.0));
    for (session, protocol) in sessions.iter_mut().zip(["h2", "http/1.1"]) {
        session.variants[0].protocols = [(protocol.to_owned(), 800)].into();
    }
    let merged = merge(&sessions).unwrap();
    let changed = merged.validity.iter().find(|finding| finding.code == FindingCode::ProtocolChanged);
    assert_eq!(changed.and_then(|finding| finding.detail.as_deref()), Some("h2, http/1.1"));
}

#[test]
fn reports_of_other_runs_are_refused_with_what_differs() {
    let first = session(1.1, |_| 1.0);
    let refused = |change: &dyn Fn(&mut Report)| {
        let mut other = first.clone();
        change(&mut other);
        merge(&[first.clone(), other]).unwrap_err().to_string()
    };
    assert!(refused(&|report| report.scenario.n = 5).contains("n is 5, and not 100"));
    assert!(refused(&|report| report.scenario.target.url = "/x".into()).contains("the URL is /x"));
    assert!(refused(&|report| report.variants[1].id = "c".into()).contains("rows are a, c, and not a, b"));
    let from_target = refused(&|report| report.environment.origin = Some(Origin::Target));
    assert!(from_target.contains("the origin of its document is target, and not page"), "{from_target}");
    let mut seeded = first.clone();
    seeded.scenario.seed = 7;
    seeded.environment.user_agent = "Other/1".into();
    assert_eq!(merge(&[first.clone(), seeded]).unwrap().sessions[1].user_agent, "Other/1");
    let mut broken = first.clone();
    broken.variants[0].latency_ms.as_mut().unwrap().histogram = "no".into();
    assert!(matches!(merge(&[first, broken]), Err(MergeError::Histogram { number: 2, .. })));
}

/// Sessions on these nodes, with so many cores.
fn on_nodes(nodes: &[Option<&str>], cores: u32) -> Vec<Session> {
    let session = |(number, node): (usize, &Option<&str>)| {
        let mut report = session(1.1, |_| 1.0);
        report.environment.cores = Some(cores);
        Session { node: node.map(str::to_owned), ..Session::alone(report, number) }
    };
    (1..).zip(nodes).map(session).collect()
}

fn found(sessions: &[Session], code: FindingCode) -> Vec<Finding> {
    let merged = merge_sessions(sessions).unwrap();
    merged.validity.into_iter().filter(|finding| finding.code == code).collect()
}

#[test]
fn sessions_on_one_node_disturb_each_other() {
    let found = |nodes: &[Option<&str>], cores| {
        let found = found(&on_nodes(nodes, cores), FindingCode::SessionsShareNode);
        found.into_iter().map(|one| (one.severity, one.count, one.detail.unwrap())).collect::<Vec<_>>()
    };
    let nodes = [Some("b"), Some("a"), Some("b"), None, None];
    let two = |severity, detail: &str| vec![(severity, 2, detail.to_owned())];
    assert_eq!(found(&nodes, 4), two(Severity::Note, "b: session-1, session-3"));
    assert_eq!(found(&nodes, 3), two(Severity::Weakens, "b: session-1, session-3; 3 cores"));
    assert_eq!(found(&nodes[..2], 1), []);
}

#[test]
fn a_session_that_takes_thrice_as_long_for_a_block_is_named() {
    let mut sessions = on_nodes(&[None, Some("slow"), None], 4);
    // One of its two rows in one block, which is not enough; both in two others, one of which another session did not finish.
    for (row, block) in [(0, 1), (0, 3), (1, 3), (0, 7), (1, 7)] {
        sessions[1].report.variants[row].rounds[block].wall_ms *= 4.2;
    }
    sessions[0].report.variants[0].rounds.truncate(7);
    let found_of_three = found(&sessions, FindingCode::SessionStraggles);
    let detail = "session-2 (slow): 4.2×".to_owned();
    let of_run = Finding::of_run(FindingCode::SessionStraggles, Severity::Note, Some(detail));
    assert_eq!(found_of_three, [of_run]);
    // Of two nobody knows which is the slow one.
    assert_eq!(found(&sessions[..2], FindingCode::SessionStraggles), []);
}

/// A session whose run began so many ms after the first's by a clock that is as much ahead, and whose rounds, of 100 requests and 100 ms each,
/// began every 100 ms after that.
fn timed(began_ms: u32, offset_ms: f64, rounds: usize) -> Session {
    let mut report = compared(vec![variant("a", &vec![100.0; rounds])]);
    report.started_at = format!("2026-01-01T00:00:0{}.{:03}Z", began_ms / 1_000, began_ms % 1_000);
    for (nth, round) in report.variants[0].rounds.iter_mut().enumerate() {
        round.start_ms = Some(100.0 * nth as f64);
    }
    Session { offset_ms: Some(offset_ms), ..Session::alone(report, 1) }
}

#[test]
fn throughput_is_that_of_the_time_that_all_sessions_have_in_common() {
    let common = |sessions: &[Session]| {
        common_time::of(sessions).map(|common| (common.ms, common.requests, common.requests_per_second))
    };
    // From 250 to 1,000 ms of the conductor: seven whole rounds of the first, seven of the second.
    let sessions = [timed(0, 0.0, 10), timed(3_250, 3_000.0, 10)];
    assert_eq!(common(&sessions), Some((750.0, 1_400, 1_400.0 / 0.75)));
    // One that was lost ends nothing, and counts as far as it came.
    let mut lost = timed(0, -300.0, 3);
    lost.report.ending = Ending::Failed;
    assert_eq!(
        common(&[sessions[0].clone(), sessions[1].clone(), lost]),
        Some((750.0, 1_700, 1_700.0 / 0.75))
    );
    let voided = |mut session: Session| {
        session.report.variants[0].rounds[5].voided = true;
        session
    };
    assert_eq!(common(&[voided(sessions[0].clone()), sessions[1].clone()]).unwrap().1, 1_300);
    // Unknown clocks, rounds from before their start was kept, no such time.
    let unknown = Session { offset_ms: None, ..sessions[0].clone() };
    let mut old = sessions[0].clone();
    old.report.variants[0].rounds[2].start_ms = None;
    for other in [unknown, old, timed(5_000, 0.0, 10), timed(0, 0.0, 0)] {
        assert_eq!(common(&[other, sessions[1].clone()]), None);
    }
    // Fleets that were conducted apart have no clock in common.
    let merged = merge_sessions(&sessions).unwrap();
    assert!(merged.common_time.is_some());
    assert_eq!(merge(std::slice::from_ref(&merged)).unwrap(), merged);
    assert_eq!(merge(&[merged.clone(), merged]).unwrap().common_time, None);
}

#[test]
fn every_output_names_the_sessions() {
    let mut sessions = [1.1, 1.2].map(|by| session(by, |at| f64::from(at) + by));
    sessions[1].started_at = "2026-01-01T00:00:02.500Z".to_owned();
    let merged = merge(&sessions).unwrap();
    let csv = rounds_csv(&merged);
    let of_second: Vec<_> = csv.lines().filter(|line| line.contains(",session-2,")).collect();
    assert!(csv.starts_with("id,runtime,") && csv.contains(",n,session,block,"), "{csv}");
    assert_eq!(of_second.len(), 16, "{csv}");
    let log = hdr(&merged).unwrap();
    let tags: Vec<_> = log.lines().filter_map(|line| line.strip_prefix("Tag=")?.split(',').next()).collect();
    assert_eq!(tags, ["a", "a:session-1", "a:session-2", "b", "b:session-1", "b:session-2"]);
    let starts: Vec<_> = log
        .lines()
        .filter(|line| line.starts_with("Tag=a:"))
        .map(|line| line.split(',').nth(1).unwrap())
        .collect();
    assert_eq!(starts, ["0.000", "2.500"]);
}

#[test]
fn a_link_keeps_the_sessions() {
    let merged = merge(&[1.1, 1.2, 1.3].map(|by| session(by, |at| f64::from(at) + by))).unwrap();
    let read = unpack(&pack(&merged).unwrap()).unwrap();
    assert_eq!(read.sessions.len(), 3);
    // The link rounds figures and draws curves anew.
    for (read, merged) in read.sessions.iter().zip(&merged.sessions) {
        assert_eq!(
            read.variants[1].latency_ms.as_ref().unwrap().histogram,
            merged.variants[1].latency_ms.as_ref().unwrap().histogram
        );
        assert!(!read.variants[1].latency_ms.as_ref().unwrap().quantiles.is_empty());
    }
    assert_eq!(merge(&[read, session(1.1, |_| 1.0)]).unwrap().sessions.len(), 4);
}

#[test]
fn merged_reports_are_compared_over_sessions() {
    let fleet = |by: f64| {
        merge(&[0.98, 1.0, 1.03, 1.01].map(|of_session| session(by * of_session, |_| 1.0))).unwrap()
    };
    let (before, after) = (fleet(1.0), fleet(1.5));
    let compared = compare_reports(&before, &after);
    let verdicts: Vec<_> = compared.rows.iter().map(|row| row.comparison.verdict).collect();
    // The first row is alike in both, and in all sessions.
    assert_eq!((verdicts[0], verdicts[1]), (Verdict::Equivalent, Verdict::Slower));
    assert_eq!(compared.differences, []);
    let outcomes: Vec<_> = gates_of_comparison(&compared).iter().map(|gate| gate.outcome).collect();
    assert_eq!(outcomes, [GateOutcome::Passed, GateOutcome::Crossed]);
    // A session has one say, however many rounds it has: sessions that do not agree show nothing.
    let apart = merge(&[0.5, 1.0, 2.0].map(|of_session| session(1.5 * of_session, |_| 1.0))).unwrap();
    let verdict = &compare_reports(&before, &apart).rows[1].comparison;
    assert_eq!((verdict.verdict, verdict.reason_code), (Verdict::Inconclusive, Reason::IntervalTooWide));
}

#[test]
fn a_merged_report_is_compared_with_one_of_a_single_browser() {
    let single = session(1.0, |_| 1.0);
    let merged = merge(&[1.49, 1.5, 1.51].map(|by| session(by, |_| 1.0))).unwrap();
    let compared = compare_reports(&single, &merged);
    assert_eq!(compared.rows[1].comparison.verdict, Verdict::Slower);
    let [sessions] = &compared.differences[..] else { panic!("{:?}", compared.differences) };
    assert_eq!((sessions.setting, &*sessions.baseline, &*sessions.candidate), (Setting::Sessions, "1", "3"));
    assert_eq!(compare_reports(&merged, &single).rows[1].comparison.verdict, Verdict::Faster);
}

#[test]
fn thresholds_are_judged_on_the_merged_row() {
    let merged = merge(&[1.2, 1.21, 1.19].map(|by| session(by, |_| 1.0))).unwrap();
    let judged = |threshold: &str| {
        let gate = threshold.parse::<crate::gates::threshold::Threshold>().unwrap().judge(&merged);
        (gate.outcome, gate.message)
    };
    assert_eq!(judged("issued==2400").0, GateOutcome::Passed);
    assert_eq!(judged("b/a<1.1").0, GateOutcome::Crossed);
    assert_eq!(judged("b round_median<200ms").0, GateOutcome::Passed);
    let (outcome, message) = judged("a rps>1");
    assert_eq!(outcome, GateOutcome::Unresolved);
    assert_eq!(message, "a: a row of several sessions has no rate of its own, so there is no rps.");
}
