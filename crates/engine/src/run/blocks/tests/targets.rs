//! Several targets in one run.

use super::*;
use fetchmark_core::scenario::{NamedTarget, params};
use std::collections::BTreeSet;

fn two_targets() -> Scenario {
    let targets =
        ["staging", "production"].map(|label| NamedTarget::new(label, format!("/{label}"))).to_vec();
    let mut scenario = Scenario { targets, ..Scenario::default() };
    scenario.settle_targets();
    scenario
}

/// To so many places; `None` without an interval.
fn rounded(ratio: Option<f64>) -> Option<f64> {
    ratio.map(|ratio| (ratio * 1e9).round() / 1e9)
}

#[test]
fn rows_of_all_targets_share_blocks_and_the_planted_ratio_is_found() {
    let (report, progress, _) = run_fake(two_targets(), None);
    let report = report.unwrap();
    let labels: Vec<_> = report.variants.iter().filter_map(|row| row.target.as_deref()).collect();
    assert_eq!(labels, ["staging", "staging", "staging", "production", "production", "production"]);
    for row in &report.variants {
        let blocks: Vec<u32> = row.rounds.iter().map(|round| round.block).collect();
        assert_eq!(blocks, (0..10).collect::<Vec<_>>());
        assert_eq!((row.requests.ok, row.warmup.requests.issued), (1_000, 100));
    }
    let order: Vec<usize> = progress
        .iter()
        .filter(|progress| progress.requests_done == 0 && progress.requests_total > 0)
        .map(|progress| progress.variant)
        .collect();
    assert_eq!(order.len(), 6 * 11);
    assert!(order.chunks(6).all(|block| block.iter().collect::<BTreeSet<_>>().len() == 6), "{order:?}");
    let [targets] = &report.targets[..] else { panic!("one target is compared with the first") };
    let ratios = std::iter::once(&targets.overall).chain(&targets.rows);
    let found: Vec<_> = ratios.map(|one| (rounded(one.ratio), one.verdict.word())).collect();
    assert_eq!(found, vec![(Some(1.5), "slower"); 4]);
    // Within a target, rows are compared with its own first one.
    let within: Vec<_> = report.comparisons.iter().map(|one| rounded(one.ratio)).collect();
    assert_eq!(within, [Some(2.0), Some(1.0), Some(2.0), Some(1.0)]);
}

#[test]
fn an_auto_run_ends_when_targets_are_resolved_too() {
    // One row of each target: nothing is compared within one.
    let one_row = |margin| {
        let clients = vec!["gloo-net:reused".parse().unwrap()];
        let auto = Some(AutoBudget { budget_ms: 2_000, min_blocks: 5 });
        let scenario = Scenario { clients, auto, margin, n: 5, ..two_targets() };
        run_fake(scenario, None).0.unwrap()
    };
    let resolved = one_row(0.05);
    assert_eq!((resolved.comparisons.len(), resolved.targets.len()), (0, 1));
    assert_eq!(resolved.variants[0].rounds.len(), 5);
    // Half as long again is within a margin of 50 %, or just not.
    let open = one_row(0.5);
    assert!(open.variants[0].rounds.len() > 50, "{:?}", open.targets);
}

#[test]
fn a_target_that_fails_does_not_end_the_run_of_one_that_answers() {
    let report = run_on(Target::SecondFailing, Scenario { n: 5, ..two_targets() }, None).0.unwrap();
    let counts: Vec<_> = report.variants.iter().map(|row| (row.requests.ok, row.requests.failed)).collect();
    assert_eq!(counts, [[(50, 0); 3], [(0, 50); 3]].concat());
    let found = |code| report.validity.iter().any(|finding| finding.code == code);
    assert!(!found(FindingCode::NothingSucceeded));
    assert_eq!(report.targets[0].overall.verdict.word(), "refused");
}

#[test]
fn what_another_tab_measures_counts_as_if_it_were_measured_here() {
    let (here, _, _) = run_fake(two_targets(), None);
    let in_tab = |is_hidden| {
        in_fake(Target::Steady, async move |mut fake| {
            let (_stopper, stop) = stop_pair();
            fake.host.hidden.set(is_hidden);
            fake.rounds.in_tab = Some(two_targets());
            run(&two_targets(), fake.world(), &stop).await.unwrap()
        })
    };
    let (here, shown, hidden) = (here.unwrap(), in_tab(false), in_tab(true));
    assert_eq!(rounded(here.targets[0].overall.ratio), rounded(shown.targets[0].overall.ratio));
    let requests = |report: &Report| report.variants.iter().map(|row| row.requests).collect::<Vec<_>>();
    assert_eq!(requests(&here), requests(&shown));
    // A page that is hidden voids the rounds that are measured in it, and no others.
    let voided = |report: &Report| -> [usize; 2] {
        ["staging", "production"].map(|label| {
            let rows = report.variants.iter().filter(|row| row.target.as_deref() == Some(label));
            rows.flat_map(|row| &row.rounds).filter(|round| round.voided).count()
        })
    };
    assert_eq!([&here, &shown, &hidden].map(voided), [[0, 0], [0, 1], [30, 1]]);
}

#[test]
fn what_a_round_needs_before_it_is_sent_where_it_is_measured() {
    let settings = "url=http://a/x&cold_url=http://a/close&url=http://b/x&cold_url=http://b/close\
        &clients=ky:reused&connection=warm,cold&n=4&rounds=6";
    let drained = |is_in_tab: bool| -> Vec<u64> {
        in_fake(Target::Steady, async move |mut fake| {
            let (_stopper, stop) = stop_pair();
            let scenario = params::parse(settings).unwrap().scenario;
            fake.rounds.in_tab = is_in_tab.then(|| scenario.clone());
            let report = run(&scenario, fake.world(), &stop).await.unwrap();
            report.variants.iter().map(|row| row.draining_requests).collect()
        })
    };
    let (here, in_tab) = (drained(false), drained(true));
    assert_eq!(here, in_tab);
    // Each cold round needs nine requests, and a warm one four if a cold one on either target was before it.
    let [warm, cold, other_warm, other_cold] = here[..] else { panic!("four rows") };
    assert_eq!((cold, other_cold), (7 * 9, 7 * 9));
    assert!([warm, other_warm].iter().all(|sent| *sent > 0 && sent % 4 == 0), "{here:?}");
}
