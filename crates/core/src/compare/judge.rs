//! Rows compared: the verdict on each pair of a family.

use super::{
    contrast::{Claim, Contrast},
    criteria::Criteria,
    pair::Pair,
    verdict::{Comparison, Reason, Verdict},
};
use crate::{
    report::{Report, VariantReport},
    stats::holm,
};

/// Every variant compared with the first that requested the same target.
pub fn compare(variants: &[VariantReport], criteria: Criteria) -> Vec<Comparison> {
    let with_first = |at: usize| {
        let first = variants.iter().position(|row| row.target == variants[at].target)?;
        (first != at).then_some((&variants[first], &variants[at]))
    };
    compare_rows(&(0..variants.len()).filter_map(with_first).collect::<Vec<_>>(), criteria)
}

/// Rows of one report, baseline and candidate: a family of pairs.
pub fn compare_rows(rows: &[(&VariantReport, &VariantReport)], criteria: Criteria) -> Vec<Comparison> {
    let pairs = rows.iter().map(|(baseline, candidate)| Pair::by_block(baseline, candidate, criteria));
    judged(&pairs.map(|pair| pair.contrast(criteria)).collect::<Vec<_>>(), criteria)
}

/// Rows of two reports, baseline and candidate, as samples that have no blocks in common.
pub fn compare_apart(rows: &[(&VariantReport, &VariantReport)], criteria: Criteria) -> Vec<Comparison> {
    let pairs = rows.iter().map(|(baseline, candidate)| Pair::apart(baseline, candidate, criteria));
    judged(&pairs.map(|pair| pair.contrast(criteria)).collect::<Vec<_>>(), criteria)
}

/// The share of the level that a family uses whose comparisons have no baseline in common. They err independently of each other, so that Holm's
/// correction leaves nothing over; and far out, where it puts each of many, Student's t of a trimmed mean is too sure: of normal values it rejects
/// 1.2 to 1.3 times as often as it says.
const USED_APART: f64 = 5.0 / 6.0;

/// The verdicts on a family, corrected for how many there are.
pub(super) fn judged(family: &[Contrast<'_>], criteria: Criteria) -> Vec<Comparison> {
    // What is refused makes no claim, so it takes no part in the correction.
    let claims: Vec<Option<Claim>> = family.iter().map(|contrast| contrast.claim(criteria)).collect();
    let share_a_row = family.windows(2).all(|pair| pair[0].baseline == pair[1].baseline);
    let used = if share_a_row { 1.0 } else { USED_APART };
    let corrected = |p: fn(&Claim) -> f64| {
        let adjusted = holm::adjusted(&claims.iter().flatten().map(p).collect::<Vec<_>>());
        adjusted.into_iter().map(move |p| p / used)
    };
    let mut different = corrected(|claim| claim.different_p);
    let mut equivalent = corrected(|claim| claim.equivalent_p);
    let judge = |(contrast, claim): (&Contrast<'_>, &Option<Claim>)| {
        let mut comparison = without_claim(contrast, criteria);
        if let Some(claim) = claim
            && let (Some(different), Some(equivalent)) = (different.next(), equivalent.next())
        {
            comparison.judge(claim, criteria.level(), different, equivalent);
        }
        comparison
    };
    family.iter().zip(&claims).map(judge).collect()
}

/// The comparison before, or without, a claim: refused, or too few blocks.
fn without_claim(contrast: &Contrast<'_>, criteria: Criteria) -> Comparison {
    let (verdict, reason) = match contrast.refusal {
        Some(reason) => (Verdict::Refused, reason),
        None => (Verdict::Inconclusive, contrast.too_few),
    };
    Comparison {
        baseline: contrast.baseline.to_owned(),
        candidate: contrast.candidate.to_owned(),
        blocks: contrast.used as u32,
        ratio: None,
        low: None,
        high: None,
        confidence: 1.0 - criteria.alpha,
        verdict,
        reason_code: reason,
        reason: reason.sentence().to_owned(),
    }
}

/// Takes back what comparisons say in which one of these rows takes part: what was asked of it did not happen.
pub fn refuse(report: &mut Report, rows: &[String], reason: Reason) {
    let Report { variants, comparisons, lifecycles, references, targets, .. } = report;
    let is_of = |one: &Comparison| rows.iter().any(|id| *id == one.baseline || *id == one.candidate);
    let has_target = |label: &str| {
        let mut of_target = variants.iter().filter(|row| row.target.as_deref() == Some(label));
        of_target.any(|row| rows.contains(&row.id))
    };
    for one in comparisons.iter_mut().chain(lifecycles).chain(references).filter(|one| is_of(one)) {
        one.decide(Verdict::Refused, reason);
    }
    for target in targets {
        target.rows.iter_mut().filter(|one| is_of(one)).for_each(|one| one.decide(Verdict::Refused, reason));
        let overall = &mut target.overall;
        if has_target(&overall.baseline) || has_target(&overall.candidate) {
            overall.decide(Verdict::Refused, reason);
        }
    }
}

impl Comparison {
    /// The interval makes the claim; the correction can only turn it into "inconclusive".
    fn judge(&mut self, claim: &Claim, level: f64, different_p: f64, equivalent_p: f64) {
        let (low, high) = claim.interval;
        self.ratio = Some(claim.mean.mean.exp());
        self.low = Some(low.exp());
        self.high = Some(high.exp());
        if claim.equivalent_p < level {
            if equivalent_p < level {
                self.decide(Verdict::Equivalent, Reason::WithinMargin);
            } else {
                self.decide(Verdict::Inconclusive, Reason::MarginNotAfterCorrection);
            }
        } else if different_p < level {
            let verdict = if claim.mean.mean < 0.0 { Verdict::Faster } else { Verdict::Slower };
            self.decide(verdict, Reason::Difference);
        } else if claim.different_p < level {
            self.decide(Verdict::Inconclusive, Reason::NotAfterCorrection);
        } else {
            self.decide(Verdict::Inconclusive, Reason::IntervalTooWide);
        }
    }

    fn decide(&mut self, verdict: Verdict, reason: Reason) {
        self.verdict = verdict;
        self.reason_code = reason;
        self.reason = reason.sentence().to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::{
            Connections, Requests,
            fixture::{CRITERIA, variant},
        },
        samples::ErrorClass::{self, BodyCutShort, Http4xx, Http5xx, Network, Timeout},
        scenario::factors::{Connection, Pacing},
    };
    use Verdict::{Equivalent, Faster, Inconclusive, Refused, Slower};

    const WALLS: [f64; 6] = [100.0, 140.0, 90.0, 110.0, 105.0, 95.0];
    const NOISY: [f64; 6] = [70.0, 160.0, 60.0, 150.0, 120.0, 80.0];
    /// Slower than [`WALLS`] at p ≈ 0.03.
    const SLIGHTLY: [f64; 6] = [104.0, 139.0, 97.0, 112.0, 113.0, 98.0];

    fn compared(baseline: &[f64], candidate: &[f64], criteria: Criteria) -> Comparison {
        compare(&[variant("a", baseline), variant("b", candidate)], criteria).remove(0)
    }

    fn verdict(baseline: &VariantReport, candidate: &VariantReport) -> (Verdict, Reason) {
        let comparison = compare(&[baseline.clone(), candidate.clone()], CRITERIA).remove(0);
        (comparison.verdict, comparison.reason_code)
    }

    /// The verdict on a row that was changed, compared with one that was not.
    fn verdict_with(change: impl Fn(&mut VariantReport)) -> (Verdict, Reason) {
        let mut changed = variant("b", &WALLS);
        change(&mut changed);
        verdict(&variant("a", &WALLS), &changed)
    }

    /// [`WALLS`], each by the next of these factors.
    fn times(factors: &[f64]) -> Vec<f64> {
        WALLS.iter().zip(factors.iter().cycle()).map(|(wall, factor)| wall * factor).collect()
    }

    #[test]
    fn a_clear_difference_has_its_sign_and_ratio() {
        let twice = WALLS.map(|wall| wall * 2.0 + 1.0);
        let comparison = compared(&WALLS, &twice, CRITERIA);
        assert_eq!((comparison.verdict, comparison.blocks), (Slower, 6));
        let (ratio, low, high) =
            (comparison.ratio.unwrap(), comparison.low.unwrap(), comparison.high.unwrap());
        assert!(low < ratio && ratio < high && (2.0..2.02).contains(&ratio), "{comparison:?}");
        assert_eq!(compared(&twice, &WALLS, CRITERIA).verdict, Faster);
    }

    #[test]
    fn rounds_tell_by_block_what_they_can() {
        // Blocks differ by 50 %, the candidate by 1 % in each: only pairing sees that they are equivalent.
        let blocks = [100.0, 150.0, 80.0, 120.0, 160.0, 90.0];
        let one_percent: Vec<f64> = blocks
            .iter()
            .zip([1.011, 1.009, 1.012, 1.008, 1.010, 1.011])
            .map(|(wall, noise)| wall * noise)
            .collect();
        let quiet = [100.0, 102.0, 99.0, 101.0, 100.5, 98.5, 100.0, 101.5];
        // 1.2 times as long, with one burst of noise.
        let burst = [119.0, 122.4, 118.8, 123.2, 120.6, 118.2, 480.0, 121.8];
        for (baseline, candidate, expected) in [
            (&blocks[..], &one_percent[..], (Equivalent, Reason::WithinMargin)),
            (&WALLS, &WALLS, (Equivalent, Reason::WithinMargin)),
            (&WALLS, &NOISY, (Inconclusive, Reason::IntervalTooWide)),
            (&quiet, &burst, (Slower, Reason::Difference)),
            (&[100.0], &[100.0], (Inconclusive, Reason::TooFewBlocks)),
            (&[], &[], (Inconclusive, Reason::TooFewBlocks)),
        ] {
            let comparison = compared(baseline, candidate, CRITERIA);
            assert_eq!((comparison.verdict, comparison.reason_code), expected, "{candidate:?}");
        }
    }

    #[test]
    fn rounds_are_paired_by_block_not_by_position() {
        let mut late = variant("b", &WALLS);
        late.rounds.remove(0);
        let comparison = compare(&[variant("a", &WALLS), late], CRITERIA).remove(0);
        assert_eq!((comparison.blocks, comparison.ratio), (5, Some(1.0)));
        // Times that are none are left out.
        let comparison = compared(&WALLS, &[100.0, f64::NAN, 0.0, 110.0, 105.0, 95.0], CRITERIA);
        assert_eq!((comparison.blocks, comparison.ratio.is_some_and(f64::is_finite)), (4, true));
    }

    #[test]
    fn what_would_mislead_is_refused() {
        assert_eq!(verdict_with(|row| row.pacing = Pacing::Rate), (Refused, Reason::PacedAtRate));
        assert_eq!(verdict_with(|row| row.requests.ok = 0), (Refused, Reason::NoSuccess));
        assert_eq!(verdict_with(|row| row.connections.cached = 1), (Refused, Reason::CachedAnswers));
        assert_eq!(verdict_with(|row| row.body_bytes = 600_000), (Refused, Reason::AnswersDiffer));
        let cold = |row: &mut VariantReport| (row.connection, row.connections.reused) = (Connection::Cold, 1);
        assert_eq!(verdict_with(cold), (Refused, Reason::ColdReused));
        let voided =
            |row: &mut VariantReport| row.rounds[..4].iter_mut().for_each(|round| round.voided = true);
        assert_eq!(verdict_with(voided), (Refused, Reason::TooManyVoided));
        // What a stopped run never came to did not fail differently.
        let never = |row: &mut VariantReport| {
            *row = VariantReport { requests: Requests::default(), ..variant("b", &[]) }
        };
        assert_eq!(verdict_with(never), (Inconclusive, Reason::TooFewBlocks));
    }

    #[test]
    fn more_than_one_other_failure_in_a_hundred_refuses() {
        let failing = |client: &str, classes: &[(ErrorClass, u64)]| {
            let mut row = VariantReport { client: client.into(), ..variant(client, &WALLS) };
            row.errors = classes.iter().copied().collect();
            row.requests.failed = row.errors.values().sum();
            row.requests.ok -= row.requests.failed;
            row
        };
        let broke_off = [(BodyCutShort, 60), (Network, 6)];
        // Of 600 requests: 1 is 0.17 %, 5 are 0.83 %, 18 are 3 %.
        for (client, one, other, expected) in [
            ("ky", &[][..], &[(Timeout, 1)][..], Reason::WithinMargin),
            ("ky", &[], &[(Timeout, 5)], Reason::WithinMargin),
            ("ky", &[(Timeout, 7)], &[], Reason::FailuresDiffer),
            ("ky", &[], &[(Timeout, 18)], Reason::FailuresDiffer),
            ("ky", &[(Http5xx, 60)], &[(Http5xx, 64)], Reason::WithinMargin),
            ("ky", &[(Http5xx, 60)], &[(Timeout, 60)], Reason::FailuresDiffer),
            // XMLHttpRequest has one error for an answer that broke off and for none; another client tells them apart.
            ("xhr", &broke_off, &[(Network, 66)], Reason::WithinMargin),
            ("axios", &broke_off, &[(Network, 66)], Reason::WithinMargin),
            ("ky", &broke_off, &[(Network, 66)], Reason::FailuresDiffer),
            ("xhr", &broke_off, &[(Network, 33), (Timeout, 33)], Reason::FailuresDiffer),
        ] {
            let (_, reason) = verdict(&failing("js-fetch", one), &failing(client, other));
            assert_eq!(reason, expected, "{client} {one:?} {other:?}");
        }
    }

    #[test]
    fn protocols_refuse_when_they_changed_or_differ() {
        let using = |protocols: &[(&str, u64)]| {
            let protocols = protocols.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
            VariantReport { protocols, ..variant("a", &WALLS) }
        };
        for (one, other, expected) in [
            (&[("h2", 600)][..], &[("h2", 590), ("", 10)][..], Reason::WithinMargin),
            (&[("h2", 600)], &[("h2", 599), ("h3", 1)], Reason::WithinMargin),
            (&[("h2", 600)], &[("http/1.1", 600)], Reason::ProtocolChanged),
            (&[("h2", 300), ("h3", 300)], &[("h2", 300), ("h3", 300)], Reason::ProtocolChanged),
            (&[("", 600)], &[("", 600)], Reason::WithinMargin),
        ] {
            assert_eq!(verdict(&using(one), &using(other)).1, expected, "{one:?} {other:?}");
        }
    }

    #[test]
    fn messages_are_compared_with_requests() {
        let row = |client: &str, protocol: &str, body_bytes| VariantReport {
            client: client.to_owned(),
            protocols: [(protocol.to_owned(), 600)].into_iter().collect(),
            body_bytes,
            ..variant(client, &WALLS)
        };
        let requests = row("ky", "http/1.1", 600_000);
        assert_eq!(verdict(&requests, &row("websocket", "websocket", 2_400)).1, Reason::WithinMargin);
        assert_eq!(verdict(&requests, &row("xhr", "http/1.1", 2_400)).1, Reason::AnswersDiffer);
    }

    #[test]
    fn blocks_count_as_voided_when_either_round_is() {
        let voided = |id: &str, blocks: std::ops::Range<usize>| {
            let mut row = variant(id, &WALLS);
            row.rounds[blocks].iter_mut().for_each(|round| round.voided = true);
            row
        };
        assert_eq!(verdict(&voided("a", 0..2), &voided("b", 2..3)).0, Equivalent);
        assert_eq!(verdict(&voided("a", 0..2), &voided("b", 2..4)).1, Reason::TooManyVoided);
    }

    #[test]
    fn several_comparisons_are_corrected() {
        let first_of = |candidates: &[&[f64]]| {
            let mut rows = vec![variant("first", &WALLS)];
            rows.extend((0..).zip(candidates).map(|(id, walls): (u32, _)| variant(&id.to_string(), walls)));
            let first = compare(&rows, CRITERIA).remove(0);
            (first.verdict, first.reason_code)
        };
        assert_eq!(first_of(&[&SLIGHTLY]), (Slower, Reason::Difference));
        assert_eq!(first_of(&[&SLIGHTLY, &NOISY, &NOISY]), (Inconclusive, Reason::NotAfterCorrection));
        // The correction may take the claim back that a row is equivalent, but does not turn it into another.
        let barely = times(&[1.0, 1.04]);
        assert_eq!(first_of(&[&barely]), (Equivalent, Reason::WithinMargin));
        assert_eq!(
            first_of(&[&barely, &NOISY, &NOISY, &NOISY, &NOISY]),
            (Inconclusive, Reason::MarginNotAfterCorrection)
        );
        assert!(compare(&[], CRITERIA).is_empty() && compare(&[variant("a", &WALLS)], CRITERIA).is_empty());
    }

    #[test]
    fn comparisons_without_a_common_baseline_are_corrected_more() {
        let rows = [("a", WALLS), ("b", SLIGHTLY), ("c", NOISY), ("d", WALLS)]
            .map(|(id, walls)| variant(id, &walls));
        let [a, b, c, d] = &rows;
        // Alone p is about 0.03, of two 0.06.
        let criteria = Criteria { alpha: 0.075, ..CRITERIA };
        let first = |family: [(&VariantReport, &VariantReport); 2]| {
            compare_rows(&family, criteria).remove(0).reason_code
        };
        assert_eq!(first([(a, b), (a, c)]), Reason::Difference);
        assert_eq!(first([(a, b), (d, c)]), Reason::NotAfterCorrection);
    }

    #[test]
    fn an_interval_inside_the_margin_is_never_called_a_difference() {
        let comparison = compared(&WALLS, &times(&[1.02, 1.021, 1.019]), CRITERIA);
        assert!(comparison.low.unwrap() > 1.0, "{comparison:?}");
        assert_eq!(comparison.verdict, Equivalent);
    }

    #[test]
    fn equal_readings_of_a_coarse_clock_are_no_certainty() {
        let at = |timer_step_ms| compared(&[5.0; 6], &[5.0; 6], Criteria { timer_step_ms, ..CRITERIA });
        assert_eq!((at(1.0).verdict, at(1.0).ratio), (Inconclusive, Some(1.0)));
        assert!(at(1.0).high.unwrap() > 1.1);
        assert_eq!(at(0.005).verdict, Equivalent);
    }

    #[test]
    fn a_stricter_level_widens_the_interval_and_says_so() {
        let at = |alpha| compared(&WALLS, &SLIGHTLY, Criteria { alpha, ..CRITERIA });
        let (usual, strict) = (at(CRITERIA.alpha), at(0.01));
        assert_eq!((usual.verdict, strict.verdict), (Slower, Inconclusive));
        assert!(strict.low < usual.low && strict.high > usual.high && strict.ratio == usual.ratio);
        assert_eq!((usual.confidence, strict.confidence), (0.95, 0.99));
    }

    #[test]
    fn a_comparison_written_before_auto_runs_is_read() {
        let json = r#"{"baseline":"a","candidate":"b","blocks":2,"ratio":1.0,"low":0.9,"high":1.1,
            "verdict":"inconclusive","reason_code":"interval-too-wide","reason":""}"#;
        assert_eq!(serde_json::from_str::<Comparison>(json).unwrap().confidence, 0.95);
    }

    #[test]
    fn rounds_in_which_everything_failed_are_no_rounds() {
        // One sound block that says 1.3, and five of quick failures that say 1.
        let failing = |id: &str, by: f64| {
            let mut row = variant(id, &WALLS.map(|wall| wall * by));
            row.rounds[1..].iter_mut().for_each(|round| (round.ok, round.failed) = (0, 100));
            row.requests = Requests { issued: 600, ok: 100, failed: 500, aborted: 0 };
            row.errors = [(Http4xx, 500)].into();
            row
        };
        assert_eq!(verdict(&failing("a", 1.0), &failing("b", 1.3)), (Refused, Reason::TooManyVoided));
    }

    #[test]
    fn cold_that_does_not_show_is_not_compared() {
        let cold = |new, unknown| {
            verdict_with(|row| {
                row.connection = Connection::Cold;
                row.connections = Connections { new, unknown, ..Connections::default() };
            })
        };
        assert_ne!(cold(594, 6).0, Refused);
        assert_eq!(cold(593, 7), (Refused, Reason::ColdNotShown));
    }

    #[test]
    fn what_failed_without_an_answer_does_not_hide_connections() {
        let failing = |id: &str, failed: u64| {
            let mut row = variant(id, &WALLS);
            row.connection = Connection::Cold;
            row.requests = Requests { issued: 600, ok: 600 - failed, failed, aborted: 0 };
            row.errors = [(Network, failed)].into();
            row.statuses = [(200, 600 - failed)].into();
            row.connections = Connections { new: 600 - failed, unknown: failed, ..Connections::default() };
            row
        };
        // 3 % failed in one of them: that is what keeps them from being compared, and no header would change it.
        assert_eq!(verdict(&failing("a", 0), &failing("b", 18)).1, Reason::FailuresDiffer);
        // Where both failed alike the rest is compared, as it is for warm connections.
        assert_ne!(verdict(&failing("a", 18), &failing("b", 18)).0, Refused);
        // Failures with an answer have connections to show.
        let mut answered = failing("b", 18);
        answered.statuses.insert(500, 18);
        assert_eq!(verdict(&failing("a", 18), &answered).1, Reason::ColdNotShown);
    }

    #[test]
    fn rounds_of_a_few_steps_of_the_clock_are_not_compared() {
        let at = |timer_step_ms| compared(&WALLS, &WALLS, Criteria { timer_step_ms, ..CRITERIA }).reason_code;
        // The medians are 102.5 ms.
        assert_ne!(at(20.0), Reason::ClockTooCoarse);
        assert_eq!(at(21.0), Reason::ClockTooCoarse);
        // Rounds that do not count say nothing of the clock.
        let rows = ["a", "b"].map(|id| {
            let mut row = variant(id, &[100.0, 101.0, 102.0, 99.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]);
            row.rounds[4..].iter_mut().for_each(|round| round.voided = true);
            row
        });
        let coarse = Criteria { timer_step_ms: 1.0, ..CRITERIA };
        assert_eq!(compare(&rows, coarse).remove(0).reason_code, Reason::TooManyVoided);
    }
}
