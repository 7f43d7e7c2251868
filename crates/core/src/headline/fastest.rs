//! Whether one client is the fastest of all.

use super::claim::{Claim, effects};
use crate::{
    comparison::{Comparison, Verdict, against},
    question::Question,
    report::{Report, VariantReport},
};

/// The client that every other one is slower than, each in a comparison of its own, wherever two clients were measured alike.
///
/// To pick the quickest row and then to compare it with the others costs no more errors than a pair does: to be wrong, the row must
/// beat its nearest rival by chance.
pub(super) fn fastest(compared: &[Comparison], report: &Report) -> Option<Claim> {
    let mut references: Vec<&str> = Vec::new();
    for one in compared {
        if !references.contains(&one.baseline.as_str()) {
            references.push(&one.baseline);
        }
    }
    let mut winner: Option<&VariantReport> = None;
    let mut others = Vec::new();
    for reference in references {
        // Rows that differ in their client alone.
        let of_reference = compared.iter().filter(|one| one.baseline == reference);
        let ids: Vec<&str> =
            std::iter::once(reference).chain(of_reference.map(|one| one.candidate.as_str())).collect();
        let alike = report.variants.iter().filter(|row| ids.contains(&row.id.as_str()));
        let time = |row: &&VariantReport| row.round_median_ms.unwrap_or(f64::INFINITY);
        let quickest = alike.min_by(|one, other| time(one).total_cmp(&time(other)))?;
        if winner.is_some_and(|winner| Question::Client.separates(winner, quickest)) {
            return None;
        }
        winner = Some(quickest);
        let family = against(report, &quickest.id).ok()?;
        others.extend(family.into_iter().filter(|one| ids.contains(&one.candidate.as_str())));
    }
    let client = winner?.client.clone();
    let is_shown = others.iter().all(|one| one.verdict == Verdict::Slower);
    let others = effects(Question::Client, &others, Verdict::Slower, report);
    (is_shown && !others.is_empty()).then_some(Claim::Fastest { client, others })
}
