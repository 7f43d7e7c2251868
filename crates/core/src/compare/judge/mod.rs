//! Rows compared: the verdict on each pair of a family.

use super::{
    pair::Pair,
    terms::Terms,
    verdict::{ALPHA, Comparison, Reason, Verdict},
};
use crate::{
    report::model::VariantReport,
    stats::{holm, student::MeanError},
};

/// Every variant but the first against the first, of a run with a fixed number of blocks and a fine clock.
pub fn compare(variants: &[VariantReport], margin: f64) -> Vec<Comparison> {
    compare_by(variants, Terms { margin, alpha: ALPHA, timer_step_ms: 0.0 })
}

/// Every variant but the first against the first.
pub fn compare_by(variants: &[VariantReport], terms: Terms) -> Vec<Comparison> {
    let Some((baseline, candidates)) = variants.split_first() else { return Vec::new() };
    compare_rows(&candidates.iter().map(|candidate| (baseline, candidate)).collect::<Vec<_>>(), terms)
}

/// Rows of one report, baseline and candidate: a family of pairs.
pub fn compare_rows(rows: &[(&VariantReport, &VariantReport)], terms: Terms) -> Vec<Comparison> {
    let pairs = rows.iter().map(|(baseline, candidate)| Pair::by_block(baseline, candidate, terms));
    judged(&pairs.collect::<Vec<_>>(), terms)
}

/// Rows of two reports, baseline and candidate, as samples that have no blocks in common.
pub fn compare_apart(rows: &[(&VariantReport, &VariantReport)], terms: Terms) -> Vec<Comparison> {
    let pairs = rows.iter().map(|(baseline, candidate)| Pair::apart(baseline, candidate, terms));
    judged(&pairs.collect::<Vec<_>>(), terms)
}

/// The verdicts on a family of pairs, corrected for how many there are.
fn judged(pairs: &[Pair<'_>], terms: Terms) -> Vec<Comparison> {
    // Refused pairs make no claim, so they take no part in the correction.
    let claims: Vec<Option<Claim>> = pairs.iter().map(|pair| claim(pair, terms)).collect();
    let corrected = |p: fn(&Claim) -> f64| {
        holm::adjusted(&claims.iter().flatten().map(p).collect::<Vec<_>>()).into_iter()
    };
    let mut different = corrected(|claim| claim.different_p);
    let mut equivalent = corrected(|claim| claim.equivalent_p);
    let judge = |(pair, claim): (&Pair<'_>, &Option<Claim>)| {
        let mut comparison = without_claim(pair, terms);
        if let Some(claim) = claim
            && let (Some(different), Some(equivalent)) = (different.next(), equivalent.next())
        {
            comparison.judge(claim, terms.level(), different, equivalent);
        }
        comparison
    };
    pairs.iter().zip(&claims).map(judge).collect()
}

/// What a pair's rounds say, before the correction for how many pairs there are.
struct Claim {
    mean: MeanError,
    /// On the log scale.
    interval: (f64, f64),
    different_p: f64,
    equivalent_p: f64,
}

fn claim(pair: &Pair<'_>, terms: Terms) -> Option<Claim> {
    if pair.refusal(terms).is_some() {
        return None;
    }
    let mean = pair.mean?;
    let limit = (1.0 + terms.margin).ln();
    let one_sided = mean.upper_p(-limit)?.max(mean.lower_p(limit)?);
    Some(Claim {
        mean,
        interval: mean.interval(terms.level())?,
        different_p: mean.two_sided_p(0.0)?,
        // Doubled, so that "equivalent" needs the interval that is shown inside the margin, and not the
        // narrower one of 1 − 2α that two one-sided tests would ask for.
        equivalent_p: (2.0 * one_sided).min(1.0),
    })
}

/// The comparison before, or without, a claim: refused, or too few blocks.
fn without_claim(pair: &Pair<'_>, terms: Terms) -> Comparison {
    let (verdict, reason) = match pair.refusal(terms) {
        Some(reason) => (Verdict::Refused, reason),
        None => (Verdict::Inconclusive, pair.too_few),
    };
    Comparison {
        baseline: pair.baseline.id.clone(),
        candidate: pair.candidate.id.clone(),
        blocks: pair.used as u32,
        ratio: None,
        low: None,
        high: None,
        confidence: 1.0 - terms.alpha,
        verdict,
        reason_code: reason,
        reason: reason.sentence().to_owned(),
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
mod tests;
