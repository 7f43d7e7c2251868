//! A small simulation with a fixed seed: fails if intervals or verdicts break grossly. The proof with 10,000 runs
//! per cell is `cargo xtask bench stats`.
#![allow(dead_code, reason = "the modules are those of the bench, which uses all of them")]

#[path = "../benches/stats/auto.rs"]
mod auto;
#[path = "../benches/stats/family.rs"]
mod family;
#[path = "../benches/stats/fixed.rs"]
mod fixed;
#[path = "../benches/stats/headlines.rs"]
mod headlines;
#[path = "../benches/stats/judge.rs"]
mod judge;
#[path = "../benches/stats/noise.rs"]
mod noise;
#[path = "../benches/stats/plan.rs"]
mod plan;
#[path = "../benches/stats/table.rs"]
mod table;
#[path = "../benches/stats/targets.rs"]
mod targets;

use family::Family;
use noise::Noise;

/// With 400 runs the standard error of a share of 5 % is 1.1 %.
const RUNS: u32 = 400;

#[test]
fn intervals_hold_the_truth_and_the_same_is_not_different() {
    for noise in Noise::ALL {
        let family = Family { noise, variants: 3, blocks: 10, ratio: 1.0 };
        let tally = fixed::simulate(&family, RUNS, 1);
        let (coverage, wrong) = (tally.coverage(), tally.of_runs(tally.false_difference));
        assert!((92.5..=98.5).contains(&coverage), "{noise:?}: {coverage} %");
        assert!(wrong < 8.0, "{noise:?}: {wrong} %");
    }
}

#[test]
fn several_targets_that_are_the_same_are_not_different() {
    use targets::{Disturbance, Targets};
    for disturbance in [Disturbance::Rounds(Noise::Correlated(0.6)), Disturbance::Spells] {
        let of = |blocks| Targets { disturbance, targets: 3, rows: 2, blocks, ratio: 1.0 };
        let (fixed, auto) = (targets::fixed(&of(10), RUNS, 7), targets::auto(&of(20), RUNS, 8));
        let coverage = fixed.together.coverage();
        assert!((92.5..=98.5).contains(&coverage), "{disturbance:?}: {coverage} %");
        for tally in [fixed.together, fixed.rows, auto.together, auto.rows] {
            assert!(tally.of_runs(tally.false_difference) < 8.0, "{disturbance:?}: {tally:?}");
        }
    }
}

#[test]
fn looking_many_times_costs_no_error() {
    for noise in [Noise::LogNormal(0.15), Noise::Correlated(0.6), Noise::Bursts] {
        let family = Family { noise, variants: 3, blocks: 40, ratio: 1.0 };
        let tally = auto::simulate(&family, RUNS, 2);
        let wrong = tally.of_runs(tally.false_difference);
        assert!(wrong < 6.0 && tally.coverage() > 95.0, "{noise:?}: {wrong} %, {} %", tally.coverage());
    }
}

#[test]
fn a_true_difference_is_found_and_ends_an_auto_run_early() {
    let family = Family { noise: Noise::LogNormal(0.05), variants: 2, blocks: 20, ratio: 1.10 };
    let tally = fixed::simulate(&family, RUNS, 3);
    assert!(tally.of_runs(tally.found) > 95.0 && tally.false_difference == 0, "{tally:?}");
    let large = Family { ratio: 1.5, blocks: 200, ..family };
    let tally = auto::simulate(&large, RUNS, 4);
    assert!(tally.of_runs(tally.found) > 99.0 && tally.mean_blocks() < 10.0, "{tally:?}");
}

#[test]
fn a_difference_of_the_margin_is_seldom_called_equivalent() {
    let family =
        Family { noise: Noise::LogNormal(0.05), variants: 2, blocks: 20, ratio: 1.0 + judge::MARGIN };
    let tally = fixed::simulate(&family, RUNS, 5);
    assert!(tally.of_runs(tally.false_equivalent) < 5.0, "{tally:?}");
}

/// Rows of two reports: nothing pairs their rounds, they spread differently, and one report has more of them.
#[test]
fn intervals_of_two_reports_hold_the_truth() {
    use fetchmark_core::{
        compare::{Verdict, compare_apart},
        report::fixture::CRITERIA,
    };
    use rand::SeedableRng;
    use rand_distr::{Distribution, LogNormal};

    const MANY: usize = 2_000;
    let mut rng = rand_pcg::Pcg64Mcg::seed_from_u64(6);
    for (of_baseline, of_candidate) in [(5, 5), (8, 14), (30, 6)] {
        let quiet = LogNormal::new(4.6, 0.05).unwrap();
        let loud = LogNormal::new(4.6, 0.15).unwrap();
        let (mut held, mut wrong) = (0, 0);
        for _ in 0..MANY {
            let mut rows = Family { noise: Noise::LogNormal(0.0), variants: 2, blocks: 0, ratio: 1.0 }.rows();
            for block in 0..of_baseline {
                family::push_block(&mut rows[..1], block, &[quiet.sample(&mut rng)]);
            }
            for block in 0..of_candidate {
                family::push_block(&mut rows[1..], block, &[loud.sample(&mut rng)]);
            }
            let compared = compare_apart(&[(&rows[0], &rows[1])], CRITERIA).remove(0);
            let (low, high) = (compared.low.unwrap(), compared.high.unwrap());
            held += usize::from((low..=high).contains(&1.0));
            wrong += usize::from(matches!(compared.verdict, Verdict::Faster | Verdict::Slower));
        }
        let of_all = |count: usize| count as f64 / MANY as f64 * 100.0;
        assert!((94.0..=97.5).contains(&of_all(held)), "{of_baseline}, {of_candidate}: {}", of_all(held));
        assert!(of_all(wrong) < 6.0, "{of_baseline}, {of_candidate}: {}", of_all(wrong));
    }
}

/// Each question is a family of its own; to pick the quickest client first costs nothing.
#[test]
fn a_headline_on_clients_is_wrong_as_seldom_as_its_verdicts() {
    for layout in [headlines::Layout::Clients, headlines::Layout::TwoQuickest] {
        let wrong = headlines::simulate(layout, Noise::LogNormal(0.15), 10, RUNS, 7);
        assert!(100 * wrong < 8 * RUNS, "{layout:?}: {wrong} of {RUNS}");
    }
}
