//! What people read of a report: a headline, verdicts, sentences, then a table.

use super::{
    findings::findings,
    lifecycles::Lifecycles,
    sentences::{caption, gate, machine, ratio, sentences},
};
use crate::{
    report::{
        HeadlineWords, Labels, by_reason, headline, named,
        numbers::{NONE, count, measure},
        verdict_within,
    },
    words::{Text, in_language},
};
use fetchmark_core::{
    compare::{Comparison, Reason, VerdictGroup, by_verdict},
    gates::Gate,
    report::{Connections, Report, VariantReport},
    scenario::params::Language,
};

/// What people read of a report, as plain text in one language. What comes from a target or a file is in it as it is: who shows
/// it escapes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the verdicts say, in a sentence or two.
    pub headline: String,
    /// What else they say: the answers to other questions.
    pub more: Vec<String>,
    /// What went wrong, if something did; the baseline.
    pub sentences: Vec<String>,
    /// Which row the others are compared with. Empty where there are no verdicts.
    pub compared_with: String,
    /// Each verdict that there is, with its rows.
    pub verdicts: Vec<Verdicts>,
    /// A sentence per gate. Their messages are English in any case.
    pub gates: Vec<String>,
    /// A line for each finding that weakens or voids the numbers, or is worth knowing.
    pub findings: Vec<String>,
    /// What the table holds.
    pub caption: String,
    /// The table's heads.
    pub heads: Vec<String>,
    /// Its rows; the first cell of each is the row's name, the others are figures.
    pub rows: Vec<Vec<String>>,
    /// Fresh against reused, client by client, where the table does not tell that.
    pub lifecycles: Option<Lifecycles>,
    /// What it was measured on: the browser, its processors, other runtimes with their libraries. Empty if nothing is known.
    pub machine: String,
}

/// Rows with the same verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// The verdict with its margin, if it has one, and why if it claims nothing.
    pub title: String,
    /// The rows with their figures.
    pub rows: Vec<String>,
}

impl Answer {
    /// The answer that a report gives, with the gates it was held to.
    pub fn of(report: &Report, gates: &[Gate], language: Language) -> Self {
        let text = in_language(language);
        let labels = Labels::of(&report.variants);
        let row = |(index, row): (usize, &VariantReport)| cells(row, labels.row(index, text), report, text);
        let names: Vec<String> = (0..report.variants.len()).map(|row| labels.row(row, text)).collect();
        let HeadlineWords { headline, more } = headline(report, &names, text);
        let groups = if report.has_rounds() { by_verdict(&report.comparisons) } else { Vec::new() };
        Self {
            headline,
            more,
            sentences: sentences(report, &labels, text),
            compared_with: match names.first() {
                Some(first) if !groups.is_empty() => (text.headline.compared_with)(first),
                _ => String::new(),
            },
            verdicts: groups.iter().flat_map(|group| verdicts(group, report, &labels, text)).collect(),
            gates: gates.iter().map(|one| gate(one, text)).collect(),
            findings: findings(report, &labels, text),
            caption: caption(report, &labels, text),
            heads: heads(text, &count(report.scenario.n.into())),
            rows: report.variants.iter().enumerate().map(row).collect(),
            lifecycles: Lifecycles::of(report, &labels, text),
            machine: machine(&report.environment, text),
        }
    }
}

fn verdicts(group: &VerdictGroup, report: &Report, labels: &Labels, text: &Text) -> Vec<Verdicts> {
    let words = verdict_within(group.verdict, report, text);
    let of_reason = |(reason, comparisons): (Option<Reason>, Vec<&Comparison>)| Verdicts {
        title: reason
            .map_or_else(|| words.clone(), |reason| format!("{words}: {}", (text.answer.reason)(reason))),
        rows: named(&comparisons, report, labels, text),
    };
    by_reason(group).into_iter().map(of_reason).collect()
}

/// The heads of the table, for rounds of so many requests.
fn heads(text: &Text, n: &str) -> Vec<String> {
    let words = &text.results;
    let in_ms = |head: &str| format!("{head} ({})", words.ms);
    let mut heads = vec![words.variant.to_owned(), in_ms(&(words.total)(n)), words.per_second.to_owned()];
    heads.extend(words.percentiles.map(in_ms));
    heads.extend(words.labels.map(|label| format!("{}: {label}", words.connections)));
    heads.extend([words.failures, words.ratio].map(str::to_owned));
    heads
}

fn cells(row: &VariantReport, name: String, report: &Report, text: &Text) -> Vec<String> {
    let mut cells = vec![name, measure(row.round_median_ms), measure(row.requests_per_second)];
    cells.extend(row.percentiles_ms().map(measure));
    let Connections { new, reused, cached, unknown } = row.connections;
    cells.extend([new, reused, cached, unknown, row.requests.failed].map(count));
    let is_baseline = report.variants.first().is_some_and(|first| first.id == row.id);
    cells.push(match report.comparison_of(&row.id) {
        Some(comparison) => {
            ratio(comparison).unwrap_or_else(|| (text.answer.verdict)(comparison.verdict).to_owned())
        }
        None if is_baseline => text.results.baseline.to_owned(),
        None => NONE.to_owned(),
    });
    cells
}
