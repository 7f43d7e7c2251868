//! Two rows, and the rounds of them that can be compared.

use super::{answers, criteria::Criteria, verdict::Reason};
use crate::{report::VariantReport, stats::student::MeanError};

/// Baseline and candidate.
pub(super) struct Pair<'a> {
    pub(super) baseline: &'a VariantReport,
    pub(super) candidate: &'a VariantReport,
    /// How many blocks can be compared, and how many there are, voided or not; of two reports' rounds, those of the report that
    /// lost more of them.
    pub(super) kept: (usize, usize),
    /// How many blocks, or rounds of either report, can be compared.
    pub(super) used: usize,
    /// The reason if these are too few.
    pub(super) too_few: Reason,
    /// Whether the rows are of one report.
    is_of_one_run: bool,
    /// The mean log ratio of round times.
    pub(super) mean: Option<MeanError>,
}

impl<'a> Pair<'a> {
    /// Rows of one report: rounds of the same block are a pair.
    pub(super) fn by_block(
        baseline: &'a VariantReport,
        candidate: &'a VariantReport,
        criteria: Criteria,
    ) -> Self {
        // Rounds stand in the order of their blocks.
        let in_baseline = |block: u32| {
            let found = baseline.rounds.binary_search_by_key(&block, |round| round.block);
            found.ok().map(|at| &baseline.rounds[at])
        };
        let both: Vec<_> =
            candidate.rounds.iter().filter_map(|round| Some((in_baseline(round.block)?, round))).collect();
        let log_ratio = |baseline: f64, candidate: f64| (candidate / baseline).ln();
        let walls: Vec<(f64, f64)> = both
            .iter()
            .filter(|(baseline, candidate)| baseline.is_timed() && candidate.is_timed())
            .map(|(baseline, candidate)| (baseline.wall_ms, candidate.wall_ms))
            .filter(|(baseline, candidate)| log_ratio(*baseline, *candidate).is_finite())
            .collect();
        let log_ratios: Vec<f64> =
            walls.iter().map(|(baseline, candidate)| log_ratio(*baseline, *candidate)).collect();
        let (of_baseline, of_candidate): (Vec<f64>, Vec<f64>) = walls.iter().copied().unzip();
        let least = error_of_clock(&of_baseline, criteria).hypot(error_of_clock(&of_candidate, criteria));
        Self {
            baseline,
            candidate,
            kept: (walls.len(), both.len()),
            used: walls.len(),
            too_few: Reason::TooFewBlocks,
            is_of_one_run: true,
            mean: MeanError::of(&log_ratios).map(|mean| mean.with_error_of_at_least(least)),
        }
    }

    /// Rows of two reports: nothing ties a round of one to a round of the other.
    pub(super) fn apart(
        baseline: &'a VariantReport,
        candidate: &'a VariantReport,
        criteria: Criteria,
    ) -> Self {
        let [of_baseline, of_candidate] = [baseline, candidate].map(|variant| {
            let walls = variant.timed().map(|round| round.wall_ms);
            let walls: Vec<f64> = walls.filter(|wall_ms| wall_ms.ln().is_finite()).collect();
            let logs: Vec<f64> = walls.iter().map(|wall_ms| wall_ms.ln()).collect();
            let least = error_of_clock(&walls, criteria);
            (walls.len(), MeanError::of(&logs).map(|mean| mean.with_error_of_at_least(least)))
        });
        // Either report alone may have lost too many of its rounds.
        let kept = |variant: &VariantReport, used: usize| (used, variant.rounds.len());
        let (baseline_kept, candidate_kept) =
            (kept(baseline, of_baseline.0), kept(candidate, of_candidate.0));
        let is_worse = baseline_kept.0 * candidate_kept.1 < candidate_kept.0 * baseline_kept.1;
        Self {
            baseline,
            candidate,
            kept: if is_worse { baseline_kept } else { candidate_kept },
            used: of_baseline.0.min(of_candidate.0),
            too_few: Reason::TooFewRounds,
            is_of_one_run: false,
            mean: of_candidate.1.zip(of_baseline.1).map(|(candidate, baseline)| candidate.minus(&baseline)),
        }
    }

    /// Whether one of them was given so much less, or other, answers that its time tells nothing of the other's.
    ///
    /// What a target sends may change from one report to the next: that is named, and a target that became slower because it sends more
    /// did become slower. But what sends less than half of what it did, an error page say, is not faster.
    pub(super) fn did_different_work(&self) -> bool {
        if self.is_of_one_run {
            return answers::differ(self.baseline, self.candidate);
        }
        let [before, now] = [self.baseline, self.candidate].map(|row| answers::mean_body_bytes([row]));
        before.zip(now).is_some_and(|(before, now)| answers::are_apart(before, now) && 2.0 * now < before)
    }
}

/// Standard error of the mean logarithm of round times if the clock's step were the only source of it. A duration is the
/// difference of two readings, each off by a uniform error of one step, so its variance is step² ÷ 6. Without
/// this lower bound a handful of equal readings of a coarse clock would look like certainty.
fn error_of_clock(walls: &[f64], criteria: Criteria) -> f64 {
    let sum: f64 = walls.iter().map(|wall_ms| (criteria.timer_step_ms / wall_ms).powi(2) / 6.0).sum();
    sum.sqrt() / walls.len().max(1) as f64
}
