//! What the comparisons of one run said, against what is true.

use fetchmark_core::compare::{Comparison, Verdict};

/// The margin of every simulated run.
pub(crate) const MARGIN: f64 = fetchmark_core::report::fixture::CRITERIA.margin;

/// Sums over runs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) runs: u32,
    pub(crate) intervals: u32,
    /// Intervals that hold the true ratio.
    pub(crate) covering: u32,
    /// Runs with a false "faster" or "slower", or one of the wrong sign.
    pub(crate) false_difference: u32,
    /// Runs with an "equivalent" whose true ratio is not within the margin.
    pub(crate) false_equivalent: u32,
    /// Runs whose first comparison found the difference, with the right sign.
    pub(crate) found: u32,
    pub(crate) equivalent: u32,
    pub(crate) blocks: u64,
}

impl Tally {
    /// Adds a run. `truth` is the true ratio of the comparison at a place.
    pub(crate) fn add(&mut self, truth: impl Fn(usize) -> f64, comparisons: &[Comparison]) {
        self.runs += 1;
        self.blocks += u64::from(comparisons.first().map_or(0, |comparison| comparison.blocks));
        let mut wrong_sign = false;
        let mut too_far = false;
        for (at, comparison) in comparisons.iter().enumerate() {
            let truth = truth(at);
            if let (Some(low), Some(high)) = (comparison.low, comparison.high) {
                self.intervals += 1;
                self.covering += u32::from((low..=high).contains(&truth));
            }
            match comparison.verdict {
                Verdict::Faster => wrong_sign |= truth >= 1.0,
                Verdict::Slower => wrong_sign |= truth <= 1.0,
                Verdict::Equivalent => too_far |= truth >= 1.0 + MARGIN || truth <= 1.0 / (1.0 + MARGIN),
                Verdict::Inconclusive | Verdict::Refused => {}
            }
        }
        self.false_difference += u32::from(wrong_sign);
        self.false_equivalent += u32::from(too_far);
        if let Some(first) = comparisons.first() {
            self.equivalent += u32::from(first.verdict == Verdict::Equivalent);
            let right = if truth(0) < 1.0 { Verdict::Faster } else { Verdict::Slower };
            self.found += u32::from(truth(0) != 1.0 && first.verdict == right);
        }
    }

    /// Intervals that hold the true ratio, in percent.
    pub(crate) fn coverage(&self) -> f64 {
        percent(self.covering, self.intervals)
    }

    /// One of the counts of runs, in percent.
    pub(crate) fn of_runs(&self, count: u32) -> f64 {
        percent(count, self.runs)
    }

    pub(crate) fn mean_blocks(&self) -> f64 {
        self.blocks as f64 / f64::from(self.runs.max(1))
    }
}

fn percent(part: u32, whole: u32) -> f64 {
    100.0 * f64::from(part) / f64::from(whole.max(1))
}
