use super::*;
use crate::{
    report::{
        fixture::variant,
        model::{Connections, Requests, VariantReport},
    },
    samples::sample::ErrorClass,
    scenario::factors::{Connection, Pacing},
};
use std::collections::BTreeMap;

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
    assert_eq!(with(|v| v.pacing = Pacing::Rate), (Verdict::Refused, Reason::PacedAtRate));
    assert_eq!(with(|v| v.requests.ok = 0), (Verdict::Refused, Reason::NoSuccess));
    assert_eq!(with(|v| v.connections.cached = 1), (Verdict::Refused, Reason::CachedAnswers));
    assert_eq!(with(|v| v.body_bytes = 600_000), (Verdict::Refused, Reason::AnswersDiffer));
    let cold = |v: &mut VariantReport| (v.connection, v.connections.reused) = (Connection::Cold, 1);
    assert_eq!(with(cold), (Verdict::Refused, Reason::ColdReused));
    let voided = |v: &mut VariantReport| v.rounds.iter_mut().take(4).for_each(|round| round.voided = true);
    assert_eq!(with(voided), (Verdict::Refused, Reason::TooManyVoided));
}

#[test]
fn failures_refuse_when_more_than_one_request_in_a_hundred_went_differently() {
    let failing = |id, classes: &[(ErrorClass, u64)]| {
        let mut variant = variant(id, &WALLS);
        variant.errors = classes.iter().copied().collect();
        variant.requests.failed = variant.errors.values().sum();
        variant.requests.ok -= variant.requests.failed;
        variant
    };
    let reason = |one: &[_], other: &[_]| verdict(&failing("a", one), &failing("b", other)).1;
    use ErrorClass::{BodyCutShort, Http5xx, Network, Timeout};
    // Of 600 requests: 1 is 0.17 %, 5 are 0.83 %, 18 are 3 %.
    assert_eq!(reason(&[], &[(Timeout, 1)]), Reason::WithinMargin);
    assert_eq!(reason(&[], &[(Timeout, 5)]), Reason::WithinMargin);
    assert_eq!(reason(&[(Timeout, 7)], &[]), Reason::FailuresDiffer);
    assert_eq!(reason(&[], &[(Timeout, 18)]), Reason::FailuresDiffer);
    assert_eq!(reason(&[(Http5xx, 60)], &[(Http5xx, 64)]), Reason::WithinMargin);
    assert_eq!(reason(&[(Http5xx, 60)], &[(Timeout, 60)]), Reason::FailuresDiffer);
    // XMLHttpRequest has one error for an answer that broke off and for none; another client tells them apart.
    let of = |client: &str, errors: &[_]| VariantReport { client: client.into(), ..failing("b", errors) };
    let broke_off = [(BodyCutShort, 60), (Network, 6)];
    let against = |client| verdict(&failing("a", &broke_off), &of(client, &[(Network, 66)])).1;
    assert_eq!((against("xhr"), against("axios")), (Reason::WithinMargin, Reason::WithinMargin));
    assert_eq!(against("ky"), Reason::FailuresDiffer);
    let late = verdict(&failing("a", &broke_off), &of("xhr", &[(Network, 33), (Timeout, 33)])).1;
    assert_eq!(late, Reason::FailuresDiffer);
}

#[test]
fn protocols_refuse_when_they_changed_or_differ() {
    let using = |id, protocols: &[(&str, u64)]| {
        let mut variant = variant(id, &WALLS);
        variant.protocols = protocols.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        variant
    };
    let reason = |one: &[_], other: &[_]| verdict(&using("a", one), &using("b", other)).1;
    assert_eq!(reason(&[("h2", 600)], &[("h2", 590), ("", 10)]), Reason::WithinMargin);
    assert_eq!(reason(&[("h2", 600)], &[("h2", 599), ("h3", 1)]), Reason::WithinMargin);
    assert_eq!(reason(&[("h2", 600)], &[("http/1.1", 600)]), Reason::ProtocolChanged);
    assert_eq!(reason(&[("h2", 300), ("h3", 300)], &[("h2", 300), ("h3", 300)]), Reason::ProtocolChanged);
    assert_eq!(reason(&[("", 600)], &[("", 600)]), Reason::WithinMargin);
}

#[test]
fn blocks_count_as_voided_when_either_round_is() {
    let mut baseline = variant("a", &WALLS);
    let mut candidate = variant("b", &WALLS);
    baseline.rounds[0].voided = true;
    baseline.rounds[1].voided = true;
    candidate.rounds[2].voided = true;
    assert_eq!(verdict(&baseline, &candidate).0, Verdict::Equivalent);
    candidate.rounds[3].voided = true;
    assert_eq!(verdict(&baseline, &candidate).1, Reason::TooManyVoided);
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
fn an_interval_inside_the_margin_is_never_called_a_difference() {
    let slightly: Vec<f64> =
        WALLS.iter().zip([1.02, 1.021, 1.019].iter().cycle()).map(|(w, f)| w * f).collect();
    let comparison = compare(&[variant("a", &WALLS), variant("b", &slightly)], 0.05).remove(0);
    assert!(comparison.low.unwrap() > 1.0, "{comparison:?}");
    assert_eq!(comparison.verdict, Verdict::Equivalent);
    // Among others, the correction may take the claim back, but does not turn it into another.
    let barely: Vec<f64> = WALLS.iter().zip([1.0, 1.04].iter().cycle()).map(|(w, f)| w * f).collect();
    let alone = compare(&[variant("a", &WALLS), variant("b", &barely)], 0.05).remove(0);
    assert_eq!(alone.verdict, Verdict::Equivalent, "{alone:?}");
    let noisy = |id| variant(id, &[70.0, 160.0, 60.0, 150.0, 120.0, 80.0]);
    let others =
        [variant("a", &WALLS), variant("b", &barely), noisy("c"), noisy("d"), noisy("e"), noisy("f")];
    assert_eq!(compare(&others, 0.05)[0].reason_code, Reason::MarginNotAfterCorrection);
}

#[test]
fn equal_readings_of_a_coarse_clock_are_no_certainty() {
    let (one, other) = (variant("a", &[5.0; 6]), variant("b", &[5.0; 6]));
    let terms = Terms { margin: 0.05, alpha: ALPHA, timer_step_ms: 1.0 };
    let comparison = compare_by(&[one.clone(), other.clone()], terms).remove(0);
    assert_eq!((comparison.verdict, comparison.ratio), (Verdict::Inconclusive, Some(1.0)));
    assert!(comparison.high.unwrap() > 1.1, "{comparison:?}");
    let fine = Terms { timer_step_ms: 0.005, ..terms };
    assert_eq!(compare_by(&[one, other], fine)[0].verdict, Verdict::Equivalent);
}

#[test]
fn a_stricter_level_widens_the_interval_and_says_so() {
    let pair = [variant("a", &WALLS), variant("b", &[104.0, 139.0, 97.0, 112.0, 113.0, 98.0])];
    let at = |alpha| compare_by(&pair, Terms { margin: 0.05, alpha, timer_step_ms: 0.0 }).remove(0);
    let (usual, strict) = (at(ALPHA), at(0.01));
    assert_eq!((usual.verdict, strict.verdict), (Verdict::Slower, Verdict::Inconclusive));
    assert!(strict.low < usual.low && strict.high > usual.high && strict.ratio == usual.ratio);
    assert_eq!((usual.confidence, strict.confidence), (0.95, 0.99));
}

#[test]
fn one_burst_of_noise_among_eight_blocks_does_not_hide_a_difference() {
    let quiet = [100.0, 102.0, 99.0, 101.0, 100.5, 98.5, 100.0, 101.5];
    let mut slower = quiet.map(|wall| wall * 1.2);
    slower[3] += 2.0;
    slower[0] -= 1.0;
    slower[6] *= 4.0;
    assert_eq!(verdict(&variant("a", &quiet), &variant("b", &slower)), (Verdict::Slower, Reason::Difference));
}

#[test]
fn a_comparison_written_before_auto_runs_is_read() {
    let json = r#"{"baseline":"a","candidate":"b","blocks":2,"ratio":1.0,"low":0.9,"high":1.1,
        "verdict":"inconclusive","reason_code":"interval-too-wide","reason":""}"#;
    assert_eq!(serde_json::from_str::<Comparison>(json).unwrap().confidence, 0.95);
}

#[test]
fn times_that_are_none_are_left_out() {
    let broken = variant("b", &[100.0, f64::NAN, 0.0, 110.0, 105.0, 95.0]);
    let comparison = compare(&[variant("a", &WALLS), broken], 0.05).remove(0);
    assert_eq!((comparison.blocks, comparison.ratio.is_some_and(f64::is_finite)), (4, true));
}

#[test]
fn nothing_and_a_single_variant_compare_to_nothing() {
    assert!(compare(&[], 0.05).is_empty() && compare(&[variant("a", &WALLS)], 0.05).is_empty());
}

#[test]
fn rounds_in_which_everything_failed_are_no_rounds() {
    // One sound block that says 1.3, and five of quick failures that say 1.
    let fail = |mut variant: VariantReport| {
        for round in &mut variant.rounds[1..] {
            (round.ok, round.failed) = (0, 100);
        }
        variant.requests = Requests { issued: 600, ok: 100, failed: 500, aborted: 0 };
        variant.errors = BTreeMap::from([(ErrorClass::Http4xx, 500)]);
        variant
    };
    let (one, other) = (fail(variant("a", &WALLS)), fail(variant("b", &WALLS.map(|wall| wall * 1.3))));
    assert_eq!(verdict(&one, &other), (Verdict::Refused, Reason::TooManyVoided));
}

#[test]
fn a_row_that_a_stopped_run_never_came_to_did_not_fail_differently() {
    let mut never = variant("b", &[]);
    never.requests = Requests::default();
    assert_eq!(verdict(&variant("a", &WALLS), &never), (Verdict::Inconclusive, Reason::TooFewBlocks));
}

#[test]
fn cold_that_does_not_show_is_not_compared() {
    let warm = variant("a", &WALLS);
    let mut cold = variant("b", &WALLS);
    cold.connection = Connection::Cold;
    cold.connections = Connections { new: 594, unknown: 6, ..Connections::default() };
    assert_ne!(verdict(&warm, &cold).0, Verdict::Refused);
    cold.connections = Connections { new: 593, unknown: 7, ..Connections::default() };
    assert_eq!(verdict(&warm, &cold), (Verdict::Refused, Reason::ColdNotShown));
}

#[test]
fn what_failed_without_an_answer_does_not_hide_connections() {
    let failing = |id: &str, failed: u64| {
        let mut row = variant(id, &WALLS);
        row.connection = Connection::Cold;
        row.requests = Requests { issued: 600, ok: 600 - failed, failed, aborted: 0 };
        row.errors = [(ErrorClass::Network, failed)].into();
        row.statuses = [(200, 600 - failed)].into();
        row.connections = Connections { new: 600 - failed, unknown: failed, ..Connections::default() };
        row
    };
    // 3 % failed in one of them: that is what keeps them from being compared, and no header would change it.
    assert_eq!(verdict(&failing("a", 0), &failing("b", 18)).1, Reason::FailuresDiffer);
    // Where both failed alike the rest is compared, as it is for warm connections.
    assert_ne!(verdict(&failing("a", 18), &failing("b", 18)).0, Verdict::Refused);
    // Failures with an answer have connections to show.
    let mut answered = failing("b", 18);
    answered.statuses.insert(500, 18);
    assert_eq!(verdict(&failing("a", 18), &answered).1, Reason::ColdNotShown);
}

#[test]
fn rounds_that_do_not_count_say_nothing_of_the_clock() {
    let rows = ["a", "b"].map(|id| {
        let mut row = variant(id, &[100.0, 101.0, 102.0, 99.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]);
        row.rounds.iter_mut().filter(|round| round.wall_ms < 5.0).for_each(|round| round.voided = true);
        row
    });
    let terms = Terms { margin: 0.05, alpha: ALPHA, timer_step_ms: 1.0 };
    assert_eq!(compare_by(&rows, terms).remove(0).reason_code, Reason::TooManyVoided);
}

#[test]
fn rounds_of_a_few_steps_of_the_clock_are_not_compared() {
    let of = |timer_step_ms| {
        let rows = [variant("a", &WALLS), variant("b", &WALLS)];
        compare_by(&rows, Terms { margin: 0.05, alpha: ALPHA, timer_step_ms }).remove(0).reason_code
    };
    // The medians are 102.5 ms.
    assert_ne!(of(20.0), Reason::ClockTooCoarse);
    assert_eq!(of(21.0), Reason::ClockTooCoarse);
}
