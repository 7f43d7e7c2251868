//! What the page shows of a comparison of two reports.

use crate::{
    history::Entry,
    labels::{Labels, Tag},
    reading::{Value, Wrong},
    report_view::{ComparisonView, ReportView},
};
use fetchmark_core::report_comparison::Setting;
use std::sync::Arc;

/// Two reports compared, the shown one being the candidate.
#[derive(Clone, Debug)]
pub struct ReportComparisonView {
    /// The report that it was held against.
    pub baseline: Entry,
    /// The key of the report that was held against it: of another one this comparison says nothing.
    pub candidate: String,
    /// What differs besides the times: setting, value in the baseline, value in the candidate.
    pub differences: Vec<(Setting, String, String)>,
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
    /// Reads a comparison of these two reports as core writes it.
    ///
    /// # Errors
    /// [`Wrong`], naming the first field that is not as expected.
    pub fn read(
        baseline: Entry,
        before: &ReportView,
        now: &ReportView,
        comparison: &Value,
    ) -> Result<Self, Wrong> {
        let difference = |difference: &Value| {
            let setting = difference.word("setting", Setting::from_word)?;
            Ok((setting, difference.text("baseline")?, difference.text("candidate")?))
        };
        let row = |row: &Value| {
            Ok(RowView {
                id: row.text("id")?,
                baseline_ms: row.optional_number("baseline_ms"),
                candidate_ms: row.optional_number("candidate_ms"),
                failed: ["baseline_failed_share", "candidate_failed_share"]
                    .map(|share| row.optional_number(share)),
                comparison: ComparisonView::read(&row.object("comparison")?)?,
            })
        };
        let rows = comparison.list("rows", row)?;
        let ids = rows.iter().map(|row| row.id.as_str());
        Ok(Self {
            baseline,
            candidate: Entry::of(now).key,
            differences: comparison.list("differences", difference)?,
            side_by_side: Arc::new(ReportView::beside(before, now, ids)),
            rows,
            only_in_baseline: named(
                before,
                now,
                &comparison.optional_texts("only_in_baseline").unwrap_or_default(),
            ),
            only_in_candidate: named(
                now,
                before,
                &comparison.optional_texts("only_in_candidate").unwrap_or_default(),
            ),
        })
    }
}
