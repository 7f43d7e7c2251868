//! Comparisons with one verdict, in words.

use crate::{Labels, Text, numbers::ratios};
use fetchmark_core::{
    comparison::{Comparison, Reason, Verdict, VerdictGroup},
    report::Report,
};

/// The rows of a group with their figures, in one line. Where nothing is claimed the reason stands behind those that share it.
pub fn in_group(group: &VerdictGroup, report: &Report, labels: &Labels, text: &Text) -> String {
    let sentence = |(reason, rows): (Option<&str>, Vec<String>)| match reason {
        Some(reason) => format!("{}. {reason}", rows.join("; ")),
        None => rows.join("; "),
    };
    by_reason(group, report, labels, text).into_iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// The rows of a group with their figures; where nothing is claimed, by the reason.
pub(crate) fn by_reason(
    group: &VerdictGroup,
    report: &Report,
    labels: &Labels,
    text: &Text,
) -> Vec<(Option<&'static str>, Vec<String>)> {
    let row = |one: &Comparison| {
        let name = report.index_of(&one.candidate).map_or_else(String::new, |row| labels.row(row, text));
        match one.shown().map(ratios) {
            Some([ratio, low, high]) => format!("{name} {ratio}× ({low}–{high})"),
            None => name,
        }
    };
    if !matches!(group.verdict, Verdict::Inconclusive | Verdict::Refused) {
        return vec![(None, group.comparisons.iter().map(row).collect())];
    }
    let mut reasons: Vec<Reason> = group.comparisons.iter().map(|one| one.reason_code).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let rows = |reason: Reason| {
        let having = group.comparisons.iter().filter(|one| one.reason_code == reason);
        (Some((text.answer.reason)(reason)), having.map(row).collect())
    };
    reasons.into_iter().map(rows).collect()
}
