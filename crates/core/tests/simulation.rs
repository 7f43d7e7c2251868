//! A small simulation with a fixed seed: fails if intervals or verdicts break grossly. The proof with 10,000 runs
//! per cell is `cargo xtask bench stats`.
#![allow(dead_code, reason = "the modules are those of the bench, which uses all of them")]

#[path = "../benches/stats/auto.rs"]
mod auto;
#[path = "../benches/stats/family.rs"]
mod family;
#[path = "../benches/stats/fixed.rs"]
mod fixed;
#[path = "../benches/stats/judge.rs"]
mod judge;
#[path = "../benches/stats/noise.rs"]
mod noise;
#[path = "../benches/stats/plan.rs"]
mod plan;
#[path = "../benches/stats/table.rs"]
mod table;

use family::Family;
use noise::Noise;

/// With 400 runs the standard error of a share of 5 % is 1.1 %.
const RUNS: u32 = 400;

#[test]
fn intervals_hold_the_truth_and_the_same_is_not_called_different() {
    for noise in Noise::ALL {
        let family = Family { noise, variants: 3, blocks: 10, ratio: 1.0 };
        let tally = fixed::simulate(&family, RUNS, 1);
        let (coverage, wrong) = (tally.coverage(), tally.of_runs(tally.false_difference));
        assert!((92.5..=98.5).contains(&coverage), "{noise:?}: {coverage} %");
        assert!(wrong < 8.0, "{noise:?}: {wrong} %");
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
