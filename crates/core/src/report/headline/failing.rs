//! Rows that fail too often for their times to mean anything.

use crate::report::VariantReport;

/// How many requests failed, of how many that ended by themselves.
pub(super) fn failures(rows: &[&VariantReport]) -> (u64, u64) {
    let failed: u64 = rows.iter().map(|row| row.requests.failed).sum();
    let ok: u64 = rows.iter().map(|row| row.requests.ok).sum();
    (failed, failed + ok)
}

/// Whether more than half of these rows' requests failed.
pub(super) fn mostly_fails(rows: &[&VariantReport]) -> bool {
    let (failed, ended) = failures(rows);
    2 * failed > ended
}
