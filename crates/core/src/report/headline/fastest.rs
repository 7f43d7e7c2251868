//! Whether one client is the fastest of all.

use super::{
    claim::{Claim, effects},
    failing::mostly_fails,
};
use crate::{
    compare::{Comparison, Verdict},
    report::{Report, VariantReport, headline::question::Question},
};

/// The client that every other one is slower than, each in a comparison of its own, wherever two clients were measured alike.
///
/// To pick the quickest row and then to compare it with the others costs no more errors than a pair does: to be wrong, the row must
/// beat its nearest rival by chance.
pub(super) fn fastest(report: &Report) -> Option<Claim> {
    let mut winner: Option<&VariantReport> = None;
    let mut others: Vec<Comparison> = Vec::new();
    for (quickest, alike) in quickest_of_groups(report) {
        if winner.is_some_and(|winner| Question::Client.separates(winner, quickest)) {
            return None;
        }
        winner = Some(quickest);
        for row in alike {
            let one = report.comparison_between(&quickest.id, &row.id)?;
            if !others.contains(one) {
                others.push(one.clone());
            }
        }
    }
    let client = winner?.client.clone();
    let is_shown = others.iter().all(|one| one.verdict == Verdict::Slower);
    let others = effects(Question::Client, &others, Verdict::Slower, report);
    (is_shown && !others.is_empty()).then_some(Claim::Fastest { client, others })
}

/// The quickest row wherever clients were measured alike, and the rows that it was measured beside.
pub(super) fn quickest_of_groups(
    report: &Report,
) -> impl Iterator<Item = (&VariantReport, Vec<&VariantReport>)> {
    let time = |row: &VariantReport| row.round_median_ms.unwrap_or(f64::INFINITY);
    groups(report).into_iter().filter_map(move |mut alike| {
        let quickest = *alike.iter().min_by(|one, other| time(one).total_cmp(&time(other)))?;
        alike.retain(|row| row.id != quickest.id);
        Some((quickest, alike))
    })
}

/// Rows that differ in their client alone, in groups of two or more, without those that mostly fail.
///
/// A client outside the browser may be in two: beside those on the page's thread, and beside those in a worker.
fn groups(report: &Report) -> Vec<Vec<&VariantReport>> {
    let rows: Vec<&VariantReport> = report.variants.iter().filter(|row| !mostly_fails(&[row])).collect();
    let mut groups: Vec<Vec<&VariantReport>> = Vec::new();
    for &first in &rows {
        let mut group = vec![first];
        for &row in &rows {
            if group.iter().all(|known| Question::Client.alone_separates(known, row)) {
                group.push(row);
            }
        }
        let is_known = |known: &Vec<&VariantReport>| {
            known.len() == group.len() && group.iter().all(|row| known.iter().any(|one| one.id == row.id))
        };
        if group.len() > 1 && !groups.iter().any(is_known) {
            groups.push(group);
        }
    }
    groups
}
