//! What the verdict on two things rests on.

use super::verdict::Reason;
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
