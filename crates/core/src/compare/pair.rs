//! Two rows, and the rounds of them that can be compared.

use super::{answers, contrast::Contrast, criteria::Criteria, sessions::mean_error, verdict::Reason};
use crate::{
    report::{RoundReport, VariantReport},
    stats::student::MeanError,
};

/// What two rows differ in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Differ {
    /// How one target was requested.
    Treatment,
    /// The target that was requested.
    Target,
    /// The report, and so when they were measured.
    Report,
}

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
    pub(super) differ: Differ,
    /// The log ratio of round times by session and block; of two reports none.
    pub(super) log_ratios: Vec<((u32, u32), f64)>,
    /// The least standard error that the clock's step leaves the mean of these.
    pub(super) clock_error: f64,
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
        // Rounds stand in the order of their sessions and blocks.
        let in_baseline = |place| {
            let found = baseline.rounds.binary_search_by_key(&place, RoundReport::place);
            found.ok().map(|at| &baseline.rounds[at])
        };
        let both: Vec<_> =
            candidate.rounds.iter().filter_map(|round| Some((in_baseline(round.place())?, round))).collect();
        let log_ratio = |(before, now): &(&RoundReport, &RoundReport)| (now.wall_ms / before.wall_ms).ln();
        let timed: Vec<_> = both
            .iter()
            .filter(|(before, now)| before.is_timed() && now.is_timed())
            .filter(|pair| log_ratio(pair).is_finite())
            .collect();
        let log_ratios: Vec<_> = timed.iter().map(|pair| (pair.1.place(), log_ratio(pair))).collect();
        let (of_baseline, of_candidate): (Vec<f64>, Vec<f64>) =
            timed.iter().map(|(before, now)| (before.wall_ms, now.wall_ms)).unzip();
        let clock_error =
            error_of_clock(&of_baseline, criteria).hypot(error_of_clock(&of_candidate, criteria));
        let by_session: Vec<_> = log_ratios.iter().map(|((session, _), ratio)| (*session, *ratio)).collect();
        Self {
            baseline,
            candidate,
            kept: (timed.len(), both.len()),
            used: timed.len(),
            too_few: Reason::TooFewBlocks,
            differ: if baseline.target == candidate.target { Differ::Treatment } else { Differ::Target },
            log_ratios,
            clock_error,
            mean: mean_error(&[by_session], clock_error),
        }
    }

    /// Rows of two reports: nothing ties a round of one to a round of the other.
    pub(super) fn apart(
        baseline: &'a VariantReport,
        candidate: &'a VariantReport,
        criteria: Criteria,
    ) -> Self {
        let [of_baseline, of_candidate] = [baseline, candidate].map(|variant| {
            let timed: Vec<_> = variant.timed().filter(|round| round.wall_ms.ln().is_finite()).collect();
            let logs: Vec<_> = timed.iter().map(|round| (round.session, round.wall_ms.ln())).collect();
            let walls: Vec<f64> = timed.iter().map(|round| round.wall_ms).collect();
            let least = error_of_clock(&walls, criteria);
            (logs.len(), mean_error(&[logs], least))
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
            differ: Differ::Report,
            log_ratios: Vec::new(),
            clock_error: 0.0,
            mean: of_candidate.1.zip(of_baseline.1).map(|(candidate, baseline)| candidate.minus(&baseline)),
        }
    }

    /// The pair as one of a family.
    pub(super) fn contrast(&self, criteria: Criteria) -> Contrast<'a> {
        Contrast {
            baseline: &self.baseline.id,
            candidate: &self.candidate.id,
            refusal: self.refusal(criteria),
            used: self.used,
            too_few: self.too_few,
            mean: self.mean,
        }
    }

    /// Whether they were given so different answers that the time of one tells nothing of the other's.
    ///
    /// What a target sends may change from one report to the next, or from one target to another: that is named, and a target that is
    /// slower because it sends more is slower. But what sends less than half of the other, an error page say, is not faster.
    pub(super) fn did_different_work(&self) -> bool {
        let means = [self.baseline, self.candidate].map(|row| answers::mean_body_bytes([row]));
        let is_less_than_half = |less: f64, more: f64| answers::are_apart(less, more) && 2.0 * less < more;
        match self.differ {
            Differ::Treatment => answers::differ(self.baseline, self.candidate),
            Differ::Target => {
                answers::have_other_statuses(self.baseline, self.candidate)
                    || matches!(means, [Some(one), Some(other)] if is_less_than_half(one.min(other), one.max(other)))
            }
            Differ::Report => matches!(means, [Some(before), Some(now)] if is_less_than_half(now, before)),
        }
    }
}

/// Standard error of the mean logarithm of round times if the clock's step were the only source of it. A duration is the
/// difference of two readings, each off by a uniform error of one step, so its variance is step² ÷ 6. Without
/// this lower bound a handful of equal readings of a coarse clock would look like certainty.
fn error_of_clock(walls: &[f64], criteria: Criteria) -> f64 {
    let sum: f64 = walls.iter().map(|wall_ms| (criteria.timer_step_ms / wall_ms).powi(2) / 6.0).sum();
    sum.sqrt() / walls.len().max(1) as f64
}
