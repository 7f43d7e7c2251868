//! Several targets in one run.

use super::*;
use fetchmark_core::scenario::NamedTarget;
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

/// Rounds of the second target are measured in another tab, ordered and answered in text.
struct SecondInTab<'a>(&'a Fake);

/// The first request of a round there whose page is hidden meanwhile.
const HIDDEN_FROM: u32 = 1_200;

impl Rounds for SecondInTab<'_> {
    async fn load(&self, _: &Variant) -> Result<(), RunError> {
        Ok(())
    }

    async fn prepare(&self, _: &Variant, _: f64, _: &Stop) -> Result<u32, RunError> {
        Ok(0)
    }

    async fn run(
        &self,
        variant: &Variant,
        plan: &RoundPlan,
        stop: &Stop,
        tick: &dyn Fn(u32),
    ) -> Result<RoundResult, RunError> {
        if variant.target == 0 {
            return self.0.rounds.run(variant, plan, stop, tick).await;
        }
        let there = FakeHost::default();
        there.hidden.set(plan.first_serial == HIDDEN_FROM);
        let world = World { host: &there, ..self.0.world() };
        let order = ThreadOrder::Round(variant.id.clone(), plan.first_serial);
        let written = |error: serde_json::Error| other_thread::failed(error);
        let order = serde_json::to_string(&order).map_err(written)?;
        let result = other_thread::carry_out(&order, &two_targets(), &world, true, stop, tick).await?;
        other_thread::result(&serde_json::to_string(&result).map_err(written)?)
    }
}

#[test]
fn what_another_tab_measures_counts_as_if_it_were_measured_here() {
    let (here, _, _) = run_fake(two_targets(), None);
    let in_tab = |is_hidden| {
        in_fake(Target::Steady, async move |fake| {
            let (_stopper, stop) = stop_pair();
            fake.host.hidden.set(is_hidden);
            let rounds = SecondInTab(&fake);
            let world =
                World { rounds: &rounds, clock: &fake.clock, timeline: &NoTimeline, host: &fake.host };
            run(&two_targets(), world, &stop).await.unwrap()
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
