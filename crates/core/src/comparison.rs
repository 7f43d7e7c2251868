//! Two variants compared, round by round of the same block.
//!
//! The round is the independent unit: requests inside it share their luck. Rounds of a block ran next to each
//! other, so their ratio cancels what the machine was doing. Ratios are averaged as logarithms (a ratio of 2 and
//! one of ½ must cancel), with Student's t interval over blocks, Holm's correction over the comparisons shown,
//! and two one-sided tests for equivalence (Schuirmann 1987, *J. Pharmacokinetics and Biopharmaceutics* 15,
//! 657–680).

use crate::{
    factors::{Connection, words},
    holm,
    report::VariantReport,
    student::MeanError,
};
use serde::{Deserialize, Serialize};

/// Chance of a wrong verdict in the family of comparisons.
pub const ALPHA: f64 = 0.05;

words! {
    /// What can be said of candidate and baseline.
    Verdict {
        /// The candidate takes less time.
        Faster = "faster",
        /// The candidate takes more time.
        Slower = "slower",
        /// Their times differ by less than the margin.
        Equivalent = "equivalent",
        /// The rounds do not tell.
        Inconclusive = "inconclusive",
        /// Comparing would mislead: what was asked for did not happen.
        Refused = "refused",
    }
}

words! {
    /// Why the verdict is what it is.
    Reason {
        /// The difference is larger than chance explains.
        Difference = "difference",
        /// The whole interval lies inside the margin.
        WithinMargin = "within-margin",
        /// The interval holds both outcomes.
        IntervalTooWide = "interval-too-wide",
        /// A difference shows alone, and not after correcting for the number of comparisons.
        NotAfterCorrection = "not-after-correction",
        /// Fewer than two blocks hold a round of both.
        TooFewBlocks = "too-few-blocks",
        /// No request of one of them succeeded.
        NoSuccess = "no-success",
        /// Their failures differ, so their rounds did different work.
        FailuresDiffer = "failures-differ",
        /// Answers of one came from a cache.
        CachedAnswers = "cached-answers",
        /// Cold was asked for, and connections were reused.
        ColdReused = "cold-reused",
        /// Findings void more than half of the blocks.
        TooManyVoided = "too-many-voided",
    }
}

impl Reason {
    /// The reason as an English sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Difference => "The difference is larger than chance explains.",
            Self::WithinMargin => "The whole interval lies inside the margin.",
            Self::IntervalTooWide => "The interval is too wide to tell; more rounds would narrow it.",
            Self::NotAfterCorrection => {
                "A difference shows alone, but not after correcting for the number of comparisons; more rounds would tell."
            }
            Self::TooFewBlocks => "Fewer than two blocks hold a finished round of both; run more rounds.",
            Self::NoSuccess => "No request of one of them succeeded.",
            Self::FailuresDiffer => "They failed differently, so their rounds did different work.",
            Self::CachedAnswers => "Answers came from a cache, so no request was measured.",
            Self::ColdReused => "Cold connections were asked for, but connections were reused.",
            Self::TooManyVoided => "Findings void more than half of the blocks.",
        }
    }
}

/// One comparison: candidate ÷ baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The baseline's id.
    pub baseline: String,
    /// The candidate's id.
    pub candidate: String,
    /// Blocks compared.
    pub blocks: u32,
    /// Geometric mean of the ratios of round times; below 1 the candidate takes less time.
    pub ratio: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end of its 95 % interval.
    pub high: Option<f64>,
    /// What can be said.
    pub verdict: Verdict,
    /// Why, as a code.
    pub reason_code: Reason,
    /// Why, as an English sentence.
    pub reason: String,
}

/// Every variant but the first against the first. `margin` as in the scenario: 0.05 is ±5 %.
pub fn compare(variants: &[VariantReport], margin: f64) -> Vec<Comparison> {
    let Some((baseline, candidates)) = variants.split_first() else { return Vec::new() };
    let pairs: Vec<Pair<'_>> = candidates.iter().map(|candidate| Pair::new(baseline, candidate)).collect();
    // Refused pairs make no claim, so they take no part in the correction.
    let family: Vec<usize> = (0..pairs.len()).filter(|index| pairs[*index].claim(margin).is_some()).collect();
    let claims: Vec<Claim> = family.iter().filter_map(|index| pairs[*index].claim(margin)).collect();
    let different = holm::adjusted(&claims.iter().map(|claim| claim.different_p).collect::<Vec<_>>());
    let equivalent = holm::adjusted(&claims.iter().map(|claim| claim.equivalent_p).collect::<Vec<_>>());
    let mut comparisons: Vec<Comparison> = pairs.iter().map(Pair::without_claim).collect();
    for (place, index) in family.into_iter().enumerate() {
        comparisons[index].judge(&claims[place], different[place], equivalent[place]);
    }
    comparisons
}

struct Pair<'a> {
    baseline: &'a VariantReport,
    candidate: &'a VariantReport,
    log_ratios: Vec<f64>,
}

struct Claim {
    mean: MeanError,
    different_p: f64,
    equivalent_p: f64,
}

impl<'a> Pair<'a> {
    fn new(baseline: &'a VariantReport, candidate: &'a VariantReport) -> Self {
        let log_ratios = candidate
            .rounds
            .iter()
            .filter(|round| !round.voided)
            .filter_map(|round| {
                let other =
                    baseline.rounds.iter().find(|other| other.block == round.block && !other.voided)?;
                let log = (round.wall_ms / other.wall_ms).ln();
                log.is_finite().then_some(log)
            })
            .collect();
        Self { baseline, candidate, log_ratios }
    }

    fn refusal(&self) -> Option<Reason> {
        let both = [self.baseline, self.candidate];
        if both.iter().any(|variant| variant.has_rounds() && variant.requests.ok == 0) {
            return Some(Reason::NoSuccess);
        }
        if both.iter().any(|variant| variant.connections.cached > 0) {
            return Some(Reason::CachedAnswers);
        }
        let reused_though_cold = |variant: &&VariantReport| {
            variant.connection == Connection::Cold && variant.connections.reused > 0
        };
        if both.iter().any(reused_though_cold) {
            return Some(Reason::ColdReused);
        }
        if failure_share(self.baseline) != failure_share(self.candidate) {
            return Some(Reason::FailuresDiffer);
        }
        let voided = |variant: &VariantReport| variant.rounds.iter().filter(|round| round.voided).count() * 2;
        both.iter().any(|variant| voided(variant) > variant.rounds.len()).then_some(Reason::TooManyVoided)
    }

    fn claim(&self, margin: f64) -> Option<Claim> {
        if self.refusal().is_some() {
            return None;
        }
        let mean = MeanError::of(&self.log_ratios)?;
        let limit = (1.0 + margin).ln();
        let above_lower = mean.upper_p(-limit)?;
        let below_upper = 1.0 - mean.upper_p(limit)?;
        Some(Claim { mean, different_p: mean.two_sided_p(0.0)?, equivalent_p: above_lower.max(below_upper) })
    }

    /// The comparison before, or without, a claim: refused, or too few blocks.
    fn without_claim(&self) -> Comparison {
        let (verdict, reason) = match self.refusal() {
            Some(reason) => (Verdict::Refused, reason),
            None => (Verdict::Inconclusive, Reason::TooFewBlocks),
        };
        let mut comparison = Comparison {
            baseline: self.baseline.id.clone(),
            candidate: self.candidate.id.clone(),
            blocks: self.log_ratios.len() as u32,
            ratio: None,
            low: None,
            high: None,
            verdict,
            reason_code: reason,
            reason: String::new(),
        };
        comparison.decide(verdict, reason);
        comparison
    }
}

/// Failed ÷ issued by class, exact: two variants that fail alike did the same work.
fn failure_share(variant: &VariantReport) -> Vec<(crate::sample::ErrorClass, u64)> {
    variant.errors.iter().map(|(class, count)| (*class, *count)).collect()
}

impl Comparison {
    fn judge(&mut self, claim: &Claim, different_p: f64, equivalent_p: f64) {
        let interval = claim.mean.interval(1.0 - ALPHA);
        self.ratio = Some(claim.mean.mean.exp());
        self.low = interval.map(|(low, _)| low.exp());
        self.high = interval.map(|(_, high)| high.exp());
        if equivalent_p < ALPHA {
            self.decide(Verdict::Equivalent, Reason::WithinMargin);
        } else if different_p < ALPHA {
            let verdict = if claim.mean.mean < 0.0 { Verdict::Faster } else { Verdict::Slower };
            self.decide(verdict, Reason::Difference);
        } else if claim.different_p < ALPHA {
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
mod tests;
