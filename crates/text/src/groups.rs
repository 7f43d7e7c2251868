//! Comparisons with one verdict, in words.

use crate::{Labels, Text, numbers::ratios};
use fetchmark_core::{
    comparison::{Comparison, Reason, Verdict, VerdictGroup},
    report::Report,
};

/// The rows of a group with their figures. Where nothing is claimed the reason stands behind those that share it.
pub fn in_group(group: &VerdictGroup, report: &Report, labels: &Labels, text: &Text) -> String {
    let row = |one: &Comparison| {
        let name = report.index_of(&one.candidate).map_or_else(String::new, |row| labels.row(row, text));
        match one.shown().map(ratios) {
            Some([ratio, low, high]) => format!("{name} {ratio}× ({low}–{high})"),
            None => name,
        }
    };
    let rows = |having: Option<Reason>| {
        let comparisons = group.comparisons.iter();
        let rows = comparisons.filter(|one| having.is_none_or(|reason| one.reason_code == reason)).map(row);
        rows.collect::<Vec<_>>().join("; ")
    };
    if !matches!(group.verdict, Verdict::Inconclusive | Verdict::Refused) {
        return rows(None);
    }
    let mut reasons: Vec<Reason> = group.comparisons.iter().map(|one| one.reason_code).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let of_reason = |reason| format!("{}. {}", rows(Some(reason)), (text.answer.reason)(reason));
    reasons.into_iter().map(of_reason).collect::<Vec<_>>().join(" ")
}
