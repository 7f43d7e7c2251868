use super::*;
use crate::{
    compare::Verdict,
    report::{
        FindingCode, Requests,
        fixture::{compared, quiet, variant},
    },
    stats::summary::Times,
};

/// A session of two rows, the second so many times as long, with these latencies.
fn session(by: f64, latencies: impl Fn(u32) -> f64) -> Report {
    let mut report = compared(vec![variant("a", &quiet(1.0)), variant("b", &quiet(by))]);
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
    assert_eq!(merge(&[]), Err(MergeError::Nothing));
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
    let mut seeded = first.clone();
    seeded.scenario.seed = 7;
    seeded.environment.user_agent = "Other/1".into();
    assert_eq!(merge(&[first.clone(), seeded]).unwrap().sessions[1].user_agent, "Other/1");
    let mut broken = first.clone();
    broken.variants[0].latency_ms.as_mut().unwrap().histogram = "no".into();
    assert!(matches!(merge(&[first, broken]), Err(MergeError::Histogram { number: 2, .. })));
}
