//! Words of the headline.

use fetchmark_core::{
    compare::Verdict,
    report::{VariantReport, headline::question::Question},
};

/// A language's sentences of the headline. Numbers and names come in as they are to be read.
pub struct HeadlineText {
    /// Before the headline of a run that was stopped.
    pub stopped: &'static str,
    /// Before the headline of a run that ended by an error.
    pub failed: &'static str,
    /// No round was measured.
    pub nothing_measured: &'static str,
    /// Rounds were measured, and all of them are voided.
    pub all_voided: &'static str,
    /// Rounds were measured, and none counts.
    pub none_counts: &'static str,
    /// There are rows, and no comparison of them.
    pub nothing_to_compare: &'static str,
    /// Most requests failed: how many, of how many.
    pub most_failed: fn(&str, &str) -> String,
    /// There is one row: requests, their median time with its unit.
    pub one_row: fn(&str, &str) -> String,
    /// What a question is about.
    pub about: fn(Question) -> &'static str,
    /// No difference is shown; what was asked.
    pub not_shown: fn(&[Question]) -> String,
    /// Everything is equivalent; what was asked about, the margin in percent.
    pub equivalent: fn(&str, &str) -> String,
    /// Nothing could be compared; what was asked. Why stands with the verdicts.
    pub not_comparable: fn(Question) -> String,
    /// One client is the fastest: it, the others, how many times as long they take.
    pub fastest: fn(&str, &[&str], &str) -> String,
    /// Rows are faster or slower than what they are compared with.
    pub differs: fn(&Differs) -> String,
    /// Other rows that are faster, or slower: each with its range.
    pub also: fn(Verdict, &[String]) -> String,
    /// A subject with how many times as long it takes, and in how many comparisons of how many, where it is not in all.
    pub with_range: fn(&str, &str, Option<(usize, usize)>) -> String,
    /// Before verdicts and ratios: the row that the others are compared with.
    pub compared_with: fn(&str) -> String,
    /// From one figure to another.
    pub range: fn(&str, &str) -> String,
    /// The advice that goes with slower fresh clients.
    pub keep: &'static str,
    /// What goes before it where some fresh clients are slower and some faster.
    pub depends: &'static str,
    /// What a row that differs from its repetition means.
    pub repetition: &'static str,
}

/// What is faster or slower.
pub struct Differs<'a> {
    /// The factor in which the rows differ.
    pub question: Question,
    /// Faster or slower.
    pub verdict: Verdict,
    /// One of the candidates.
    pub candidate: &'a VariantReport,
    /// One of the rows they are compared with.
    pub baseline: &'a VariantReport,
    /// The label of the candidate, and of its baseline.
    pub labels: [&'a str; 2],
    /// The candidates' clients.
    pub clients: &'a [&'a str],
    /// Whether these are all clients that were compared.
    pub is_every_client: bool,
    /// How many times as long they take.
    pub range: &'a str,
    /// In how many comparisons, of how many, where it is not in all.
    pub share: Option<(usize, usize)>,
}
