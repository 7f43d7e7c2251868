use super::*;
use crate::{
    factors::{Lifecycle, Pacing},
    report::{Connections, Requests, RoundReport, Runtime, Warmup},
    sample::ErrorClass,
};
use std::collections::BTreeMap;

fn variant(id: &str, walls: &[f64]) -> VariantReport {
    let issued = 100 * walls.len() as u64;
    VariantReport {
        id: id.into(),
        runtime: Runtime::Browser,
        client: "js-fetch".into(),
        lifecycle: Lifecycle::Reused,
        connection: Connection::Warm,
        pacing: Pacing::Concurrent,
        concurrency: 100,
        rate_per_second: None,
        rounds: walls
            .iter()
            .enumerate()
            .map(|(block, wall_ms)| RoundReport {
                block: block as u32,
                wall_ms: *wall_ms,
                ok: 100,
                failed: 0,
                voided: false,
            })
            .collect(),
        round_median_ms: None,
        requests_per_second: None,
        requests: Requests { issued, ok: issued, failed: 0, aborted: 0 },
        warmup: Warmup::default(),
        draining_requests: 0,
        errors: BTreeMap::new(),
        error_messages: BTreeMap::new(),
        connections: Connections::default(),
        evidence: BTreeMap::new(),
        unjoined: 0,
        body_bytes: 0,
        latency_ms: None,
        phases_ms: BTreeMap::new(),
    }
}

fn verdict(baseline: &VariantReport, candidate: &VariantReport) -> (Verdict, Reason) {
    let comparison = compare(&[baseline.clone(), candidate.clone()], 0.05).remove(0);
    (comparison.verdict, comparison.reason_code)
}

const WALLS: [f64; 6] = [100.0, 140.0, 90.0, 110.0, 105.0, 95.0];

#[test]
fn a_clear_difference_has_its_sign_and_ratio() {
    let baseline = variant("a", &WALLS);
    let twice = variant("b", &WALLS.map(|wall| wall * 2.0 + 1.0));
    let comparison = compare(&[baseline.clone(), twice.clone()], 0.05).remove(0);
    assert_eq!((comparison.verdict, comparison.blocks), (Verdict::Slower, 6));
    let (ratio, low, high) = (comparison.ratio.unwrap(), comparison.low.unwrap(), comparison.high.unwrap());
    assert!(low < ratio && ratio < high && (2.0..2.02).contains(&ratio), "{comparison:?}");
    assert_eq!(verdict(&twice, &baseline).0, Verdict::Faster);
}

#[test]
fn pairing_cancels_what_blocks_share() {
    // Blocks differ by 50 %, the candidate by 1 % in each: only pairing sees that they are equivalent.
    let walls = [100.0, 150.0, 80.0, 120.0, 160.0, 90.0];
    let noise = [1.011, 1.009, 1.012, 1.008, 1.010, 1.011];
    let candidate: Vec<f64> = walls.iter().zip(noise).map(|(wall, noise)| wall * noise).collect();
    assert_eq!(
        verdict(&variant("a", &walls), &variant("b", &candidate)),
        (Verdict::Equivalent, Reason::WithinMargin)
    );
}

#[test]
fn noise_is_inconclusive() {
    let noisy = [70.0, 160.0, 60.0, 150.0, 120.0, 80.0];
    assert_eq!(
        verdict(&variant("a", &WALLS), &variant("b", &noisy)),
        (Verdict::Inconclusive, Reason::IntervalTooWide)
    );
}

#[test]
fn identical_times_are_equivalent() {
    assert_eq!(verdict(&variant("a", &WALLS), &variant("b", &WALLS)).0, Verdict::Equivalent);
}

#[test]
fn one_block_or_none_tells_nothing() {
    for walls in [&[100.0][..], &[]] {
        let expected = (Verdict::Inconclusive, Reason::TooFewBlocks);
        assert_eq!(verdict(&variant("a", walls), &variant("b", walls)), expected);
    }
}

#[test]
fn rounds_are_paired_by_block_not_by_position() {
    let mut late = variant("b", &WALLS);
    late.rounds.remove(0);
    let comparison = compare(&[variant("a", &WALLS), late], 0.05).remove(0);
    assert_eq!((comparison.blocks, comparison.ratio), (5, Some(1.0)));
}

#[test]
fn what_would_mislead_is_refused() {
    let good = variant("a", &WALLS);
    let with = |change: fn(&mut VariantReport)| {
        let mut other = variant("b", &WALLS);
        change(&mut other);
        verdict(&good, &other)
    };
    assert_eq!(with(|v| v.requests.ok = 0), (Verdict::Refused, Reason::NoSuccess));
    assert_eq!(with(|v| v.connections.cached = 1), (Verdict::Refused, Reason::CachedAnswers));
    assert_eq!(
        with(|v| v.errors = BTreeMap::from([(ErrorClass::Timeout, 3)])),
        (Verdict::Refused, Reason::FailuresDiffer)
    );
    let cold = |v: &mut VariantReport| (v.connection, v.connections.reused) = (Connection::Cold, 1);
    assert_eq!(with(cold), (Verdict::Refused, Reason::ColdReused));
    let voided = |v: &mut VariantReport| v.rounds.iter_mut().take(4).for_each(|round| round.voided = true);
    assert_eq!(with(voided), (Verdict::Refused, Reason::TooManyVoided));
}

#[test]
fn several_comparisons_are_corrected() {
    // Alone at p ≈ 0.03: not below 0.05 once it stands among three.
    let candidate = variant("b", &[104.0, 139.0, 97.0, 112.0, 113.0, 98.0]);
    assert_eq!(verdict(&variant("a", &WALLS), &candidate).1, Reason::Difference);
    let noisy = |id| variant(id, &[70.0, 160.0, 60.0, 150.0, 120.0, 80.0]);
    let family = compare(&[variant("a", &WALLS), candidate, noisy("c"), noisy("d")], 0.05);
    assert_eq!(
        (family[0].verdict, family[0].reason_code),
        (Verdict::Inconclusive, Reason::NotAfterCorrection)
    );
}

#[test]
fn nothing_and_a_single_variant_compare_to_nothing() {
    assert!(compare(&[], 0.05).is_empty() && compare(&[variant("a", &WALLS)], 0.05).is_empty());
}
