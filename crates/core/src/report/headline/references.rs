//! Which rows a question compares, and the comparisons of them that a report would not have otherwise.

use super::fastest::quickest_of_groups;
use crate::{
    compare::{Comparison, compare_with},
    report::{Report, VariantReport, headline::question::Question},
};

/// The questions that rows answer in comparison with one that is like the first row in what is asked. Reused and fresh rows have a family
/// of their own ([`Report::lifecycles`]).
const QUESTIONS: [Question; 5] =
    [Question::Connection, Question::Client, Question::Thread, Question::Pacing, Question::Repetition];

/// Every row that differs from the first in this factor, behind the row that differs from it in this factor alone, and is as the first row
/// in it.
pub(super) fn pairs(
    question: Question,
    report: &Report,
) -> impl Iterator<Item = (&VariantReport, &VariantReport)> {
    let rows = &report.variants;
    let separates =
        move |row: &VariantReport| rows.first().is_some_and(|first| question.separates(first, row));
    let candidates = rows.iter().filter(move |row| separates(row));
    candidates.filter_map(move |candidate| {
        let is_reference = |row: &&VariantReport| !separates(row) && question.alone_separates(row, candidate);
        Some((rows.iter().find(is_reference)?, candidate))
    })
}

/// The comparisons that the headline rests on where the report's own are with another row: of the second client one after another, say.
/// Each is one of all with its baseline ([`compare_with`]), and corrected with them.
pub fn references(report: &Report) -> Vec<Comparison> {
    let of_questions = QUESTIONS.iter().flat_map(|question| pairs(*question, report));
    let of_quickest = quickest_of_groups(report)
        .flat_map(|(quickest, alike)| alike.into_iter().map(move |row| (quickest, row)));
    let mut families: Vec<(&str, Vec<Comparison>)> = Vec::new();
    let mut found: Vec<Comparison> = Vec::new();
    for (reference, candidate) in of_questions.chain(of_quickest) {
        let is_of_pair = |one: &&Comparison| one.is_between(&reference.id, &candidate.id);
        if report.comparisons.iter().chain(&found).any(|one| is_of_pair(&one)) {
            continue;
        }
        if !families.iter().any(|(id, _)| *id == reference.id) {
            families.push((&reference.id, compare_with(report, &reference.id).unwrap_or_default()));
        }
        found.extend(families.iter().flat_map(|(_, family)| family).find(is_of_pair).cloned());
    }
    found
}
