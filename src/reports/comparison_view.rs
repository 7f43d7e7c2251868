//! What the page shows of a comparison of two reports.

use crate::{
    reports::{
        history::Entry,
        report_view::{ComparisonView, ReportView},
    },
    text::{Labels, Tag},
};
use fetchmark_core::report_comparison::{Difference, ReportComparison, RowComparison};
use std::sync::Arc;

/// Two reports compared, the shown one being the candidate.
#[derive(Clone, Debug)]
pub struct ReportComparisonView {
    /// The report that it was held against.
    pub baseline: Entry,
    /// The key of the report that was held against it: of another one this comparison says nothing.
    pub candidate: String,
    /// What differs besides the times.
    pub differences: Vec<Difference>,
    /// The rows both have.
    pub rows: Vec<RowView>,
    /// The same, as each report shows them, each row before and now.
    pub side_by_side: Arc<ReportView>,
    /// The rows that only the baseline has, by what tells them from its others.
    pub only_in_baseline: Vec<Vec<Tag>>,
    /// The rows that only the candidate has, the same way.
    pub only_in_candidate: Vec<Vec<Tag>>,
}

/// A row that both reports have.
#[derive(Clone, Debug)]
pub struct RowView {
    /// Its id.
    pub id: String,
    /// Median round time in the baseline, in ms.
    pub baseline_ms: Option<f64>,
    /// Median round time in the candidate, in ms.
    pub candidate_ms: Option<f64>,
    /// The shares of its requests that failed, in the baseline and in the candidate; `None` where none ended.
    pub failed: [Option<f64>; 2],
    /// Candidate ÷ baseline.
    pub comparison: ComparisonView,
}

/// The rows of a report with these ids, by what tells them from all rows of both.
fn named(report: &ReportView, other: &ReportView, ids: &[String]) -> Vec<Vec<Tag>> {
    let labels = Labels::of(report.variants.iter().chain(&other.variants));
    let indices = ids.iter().filter_map(|id| report.index_of(id));
    indices.map(|index| labels.with_client(index, &report.variants[index].row)).collect()
}

impl ReportComparisonView {
    /// The comparison of these two reports.
    pub fn of(baseline: Entry, before: &ReportView, now: &ReportView, comparison: ReportComparison) -> Self {
        let ids = comparison.rows.iter().map(|row| row.id.as_str());
        Self {
            baseline,
            candidate: Entry::of(now).key,
            side_by_side: Arc::new(ReportView::beside(before, now, ids)),
            only_in_baseline: named(before, now, &comparison.only_in_baseline),
            only_in_candidate: named(now, before, &comparison.only_in_candidate),
            differences: comparison.differences,
            rows: comparison.rows.into_iter().map(RowView::from).collect(),
        }
    }
}

impl From<RowComparison> for RowView {
    fn from(row: RowComparison) -> Self {
        Self {
            id: row.id,
            baseline_ms: row.baseline_ms,
            candidate_ms: row.candidate_ms,
            failed: [row.baseline_failed_share, row.candidate_failed_share],
            comparison: row.comparison.into(),
        }
    }
}
