//! What the verdict on two things rests on.

use super::{criteria::Criteria, verdict::Reason};
use crate::stats::student::MeanError;

/// Two things to be compared, and the mean log ratio of their round times.
pub(super) struct Contrast<'a> {
    pub(super) baseline: &'a str,
    pub(super) candidate: &'a str,
    /// Why they cannot be compared, if so.
    pub(super) refusal: Option<Reason>,
    /// How many blocks, or rounds of either report, can be compared.
    pub(super) used: usize,
    /// The reason if these are too few.
    pub(super) too_few: Reason,
    pub(super) mean: Option<MeanError>,
}

/// What a contrast's rounds say, before the correction for how many there are.
pub(super) struct Claim {
    pub(super) mean: MeanError,
    /// On the log scale.
    pub(super) interval: (f64, f64),
    pub(super) different_p: f64,
    pub(super) equivalent_p: f64,
}

impl Contrast<'_> {
    pub(super) fn claim(&self, criteria: Criteria) -> Option<Claim> {
        let mean = self.mean.filter(|_| self.refusal.is_none())?;
        let limit = (1.0 + criteria.margin).ln();
        let one_sided = mean.upper_p(-limit)?.max(mean.lower_p(limit)?);
        Some(Claim {
            mean,
            interval: mean.interval(criteria.level())?,
            different_p: mean.two_sided_p(0.0)?,
            // Doubled, so that "equivalent" needs the interval that is shown inside the margin, and not the
            // narrower one of 1 − 2α that two one-sided tests would ask for.
            equivalent_p: (2.0 * one_sided).min(1.0),
        })
    }
}
