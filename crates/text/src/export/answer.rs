//! What people read of a report: a headline, verdicts, sentences, then a table.

use super::{
    findings::findings,
    sentences::{caption, gate, machine, ratio, sentences},
    tables::tables,
};
use crate::{
    report::{
        HeadlineWords, Labels, Table, by_reason, headline, named,
        numbers::{NONE, count, measure},
        sessions, verdict_within,
    },
    words::{Text, in_language},
};
use fetchmark_core::{
    compare::{Comparison, Reason, VerdictGroup, by_verdict},
    gates::Gate,
    report::{Connections, Report},
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
    /// The verdicts on the rows of each target. Empty where there are none.
    pub compared: Vec<ComparedRows>,
    /// A sentence per gate. Their messages are English in any case.
    pub gates: Vec<String>,
    /// A line for each finding that weakens or voids the numbers, or is worth knowing.
    pub findings: Vec<String>,
    /// The address; of several targets those of all, each behind its label.
    pub addresses: Vec<String>,
    pub caption: String,
    pub heads: Vec<String>,
    /// Its rows; the first cell of each is the row's name, the others are figures.
    pub rows: Vec<Vec<String>>,
    /// What the table does not tell: targets compared, fresh against reused, client by client, and sessions.
    pub tables: Vec<Table>,
    /// What it was measured on: the browser, its processors, other runtimes with their libraries. Empty if nothing is known.
    pub machine: String,
}

/// Rows compared with the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRows {
    pub with: String,
    /// Each verdict that there is, with its rows.
    pub verdicts: Vec<Verdicts>,
}

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
        let rows = 0..report.variants.len();
        let names: Vec<String> = rows.clone().map(|row| labels.row(row, text)).collect();
        let HeadlineWords { headline, more } = headline(report, &names, text);
        let sessions = sessions(report, &labels, text);
        let (mut sentences, mut caption) = (sentences(report, &labels, text), caption(report, &labels, text));
        let mut tables = tables(report, &labels, text);
        if let Some(sessions) = sessions {
            caption += &format!(" {}", sessions.summary);
            sentences.extend(sessions.common_time);
            tables.extend([sessions.medians, sessions.list]);
        }
        let baselines = rows.clone().filter(|row| report.has_rounds() && report.is_baseline(*row));
        Self {
            headline,
            more,
            sentences,
            compared: baselines.filter_map(|row| compared_with(row, report, &labels, text)).collect(),
            gates: gates.iter().map(|one| gate(one, text)).collect(),
            findings: findings(report, &labels, text),
            addresses: report.scenario.named_addresses(),
            caption,
            heads: heads(text, &count(report.scenario.n.into())),
            rows: rows.map(|row| cells(row, &labels, report, text)).collect(),
            tables,
            machine: machine(&report.environment, text),
        }
    }
}

/// What the rows that are compared with this one are; `None` if none is.
fn compared_with(baseline: usize, report: &Report, labels: &Labels, text: &Text) -> Option<ComparedRows> {
    let id = &report.variants[baseline].id;
    let comparisons: Vec<Comparison> =
        report.comparisons.iter().filter(|one| one.baseline == *id).cloned().collect();
    let groups = by_verdict(&comparisons);
    (!groups.is_empty()).then(|| ComparedRows {
        with: (text.headline.compared_with)(&labels.row(baseline, text)),
        verdicts: groups.iter().flat_map(|group| verdicts(group, report, labels, text)).collect(),
    })
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

fn heads(text: &Text, n: &str) -> Vec<String> {
    let words = &text.results;
    let in_ms = |head: &str| format!("{head} ({})", words.ms);
    let mut heads = vec![words.variant.to_owned(), in_ms(&(words.total)(n)), words.per_second.to_owned()];
    heads.extend(words.percentiles.map(in_ms));
    heads.extend(words.labels.map(|label| format!("{}: {label}", words.connections)));
    heads.extend([words.failures, words.ratio].map(str::to_owned));
    heads
}

fn cells(index: usize, labels: &Labels, report: &Report, text: &Text) -> Vec<String> {
    let row = &report.variants[index];
    let mut cells =
        vec![labels.row(index, text), measure(row.round_median_ms), measure(row.requests_per_second)];
    cells.extend(row.percentiles_ms().map(measure));
    let Connections { new, reused, cached, unknown } = row.connections;
    cells.extend([new, reused, cached, unknown, row.requests.failed].map(count));
    cells.push(match report.comparison_of(&row.id) {
        Some(comparison) => {
            ratio(comparison).unwrap_or_else(|| (text.answer.verdict)(comparison.verdict).to_owned())
        }
        None if report.is_baseline(index) => text.results.baseline.to_owned(),
        None => NONE.to_owned(),
    });
    cells
}
