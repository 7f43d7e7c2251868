//! What a report's headline may say: an answer to the question that was asked, and no more than its verdicts carry.
//!
//! A question is a factor in which rows differ ([`Question`]). It is answered by comparisons of rows that differ in this factor alone;
//! where these are not with the first row (the second client one after another, say), they are the report's [`references`].
//! `docs/method.md`, "What the headline may claim", has the rules.

mod claim;
mod failing;
mod fastest;
pub mod question;
mod references;
#[cfg(test)]
mod tests;

use crate::{
    compare::{Comparison, TargetComparison, VerdictGroup, by_verdict},
    report::{Report, VariantReport, headline::question::Question},
    scenario::factors::Lifecycle,
};
pub use claim::{Claim, Effect, TargetEffect};
use failing::{failures, mostly_fails};
use references::pairs;
pub use references::references;

/// What the headline is. Whether the run ended before its end is the report's [`crate::report::Report::ending`], and is to be said with it.
#[derive(Clone, Debug, PartialEq)]
pub enum Headline {
    /// No round counts: none was measured to its end, or all are voided.
    NothingMeasured,
    /// So many requests failed, of the run or of all rows that could be compared, that times say nothing.
    MostFailed {
        /// How many failed,
        failed: u64,
        /// of so many that ended by themselves.
        ended: u64,
    },
    /// There is one row, and nothing to compare it with.
    OneRow,
    /// There are rows, and no comparison of them.
    NothingToCompare,
    /// Rows were compared.
    Compared {
        /// The headline.
        first: Answer,
        /// The other questions that the rows answer.
        more: Vec<Answer>,
    },
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Which.
    pub question: Question,
    /// What is claimed.
    pub claim: Claim,
    /// All comparisons that it rests on, by verdict.
    pub groups: Vec<VerdictGroup>,
}

impl Headline {
    /// The headline of a finished report.
    pub fn of(report: &Report) -> Self {
        let rows = &report.variants;
        let all: Vec<&VariantReport> = rows.iter().collect();
        if mostly_fails(&all) {
            return Self::most_failed(&all);
        }
        if rows.iter().all(|row| row.timed_rounds() == 0) {
            return Self::NothingMeasured;
        }
        if rows.len() == 1 {
            return Self::OneRow;
        }
        let mut answers = answers(report).into_iter();
        match answers.next() {
            Some(first) => Self::Compared { first, more: answers.collect() },
            None if rows.iter().any(|row| mostly_fails(&[row])) => Self::most_failed(&all),
            None => Self::NothingToCompare,
        }
    }

    fn most_failed(rows: &[&VariantReport]) -> Self {
        let (failed, ended) = failures(rows);
        Self::MostFailed { failed, ended }
    }
}

/// The answers to what the rows ask. What shows a difference goes first.
///
/// That requests in flight together take less time is no news beside the other factors, so it is shown only where nothing else differs. Nor is
/// an A/A row that does not differ, and how rows differ in several factors at once.
fn answers(report: &Report) -> Vec<Answer> {
    let of = |questions: &[Question]| -> Vec<Answer> {
        questions.iter().filter_map(|question| Answer::of(*question, report)).collect()
    };
    let mut answers = of(&[Question::Lifecycle, Question::Connection, Question::Client, Question::Thread]);
    if answers.is_empty() {
        answers = of(&[Question::Pacing]);
    }
    let (mut answers, others): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.claim.is_difference());
    answers.extend(others);
    let mut repetition = of(&[Question::Repetition]);
    repetition.retain(|answer| answers.is_empty() || answer.claim.is_difference());
    answers.extend(repetition);
    // Whoever names several targets asks for these first.
    answers.splice(..0, targets(report));
    if answers.is_empty() { of(&[Question::Rows]) } else { answers }
}

/// Which target is faster, if there are several.
fn targets(report: &Report) -> Option<Answer> {
    let effect = |target: &TargetComparison| TargetEffect {
        overall: target.overall.clone(),
        agreeing: target.rows_that_agree(),
        rows: target.rows.len(),
        differing: target.rows_that_differ(),
    };
    let effects: Vec<TargetEffect> = report.targets.iter().map(effect).collect();
    let rows: Vec<Comparison> = report.targets.iter().flat_map(|target| target.rows.clone()).collect();
    let answer =
        || Answer { question: Question::Target, claim: Claim::Targets(effects), groups: by_verdict(&rows) };
    (!rows.is_empty()).then(answer)
}

impl Answer {
    fn of(question: Question, report: &Report) -> Option<Self> {
        let comparisons = comparisons(question, report);
        let claim = Claim::of(question, &comparisons, report)?;
        let fastest = if question == Question::Client { fastest::fastest(report) } else { None };
        let claim = fastest.unwrap_or(claim);
        Some(Self { question, claim, groups: by_verdict(&comparisons) })
    }
}

/// The comparisons that answer a question, without rows of which most requests failed.
fn comparisons(question: Question, report: &Report) -> Vec<Comparison> {
    let mut comparisons = match question {
        Question::Lifecycle => lifecycles(report),
        Question::Rows => report.comparisons.clone(),
        _ => with_references(question, report),
    };
    let fails = |id: &str| report.row(id).is_none_or(|row| mostly_fails(&[row]));
    comparisons.retain(|one| !fails(&one.baseline) && !fails(&one.candidate));
    comparisons
}

/// Fresh against reused: the report's own family, or its comparisons where they say as much.
fn lifecycles(report: &Report) -> Vec<Comparison> {
    let known = if report.lifecycles.is_empty() { &report.comparisons } else { &report.lifecycles };
    let is_of_question = |one: &&Comparison| {
        let rows = report.row(&one.baseline).zip(report.row(&one.candidate));
        rows.is_some_and(|(reused, fresh)| {
            fresh.lifecycle == Lifecycle::Fresh && Question::Lifecycle.alone_separates(reused, fresh)
        })
    };
    known.iter().filter(is_of_question).cloned().collect()
}

/// The rows that a question compares, as the report compares them.
fn with_references(question: Question, report: &Report) -> Vec<Comparison> {
    let compared = pairs(question, report)
        .filter_map(|(reference, candidate)| report.comparison_between(&reference.id, &candidate.id));
    compared.cloned().collect()
}
