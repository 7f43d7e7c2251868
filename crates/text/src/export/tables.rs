//! Tables that stand below the answer's own: targets compared, and fresh against reused.

use super::sentences::ratio;
use crate::{
    report::{
        Labels, Table, in_words,
        numbers::{NONE, measure},
    },
    words::{Tag, Text},
};
use fetchmark_core::{
    compare::{Comparison, TargetComparison},
    report::Report,
};

/// Each further target against the first, row by row, and all rows together; then what fresh clients cost, if the report's own
/// comparisons do not say as much.
pub(super) fn tables(report: &Report, labels: &Labels, text: &Text) -> Vec<Table> {
    let targets = report.targets.iter().map(|target| of_target(target, report, labels, text));
    targets.chain(lifecycles(report, labels, text)).collect()
}

fn of_target(target: &TargetComparison, report: &Report, labels: &Labels, text: &Text) -> Table {
    let TargetComparison { overall, rows } = target;
    let (label, first) = (&overall.candidate, &overall.baseline);
    let words = &text.targets;
    let ratio = (words.ratio)(label, first);
    let is_target = |tag: &Tag| matches!(tag, Tag::Target(_));
    let mut lines: Vec<_> =
        rows.iter().filter_map(|row| line(row, is_target, report, labels, text)).collect();
    if rows.len() > 1 {
        let [figures, verdict] = compared(overall, text);
        lines.push(vec![words.overall.to_owned(), NONE.to_owned(), NONE.to_owned(), figures, verdict]);
    }
    Table { title: format!("{ratio}:"), heads: heads([first, label], &ratio, text), rows: lines }
}

fn lifecycles(report: &Report, labels: &Labels, text: &Text) -> Option<Table> {
    let is_lifecycle = |tag: &Tag| matches!(tag, Tag::Lifecycle(_));
    let rows = report.lifecycles.iter().filter_map(|row| line(row, is_lifecycle, report, labels, text));
    (!report.lifecycles.is_empty()).then(|| Table {
        title: format!("{}:", text.lifecycles.title),
        heads: heads(text.form.lifecycle, text.lifecycles.ratio, text),
        rows: rows.collect(),
    })
}

fn heads(compared: [&str; 2], ratio: &str, text: &Text) -> Vec<String> {
    let [baseline, candidate] = compared.map(|head| format!("{head} ({})", text.results.ms));
    let variant = text.results.variant.to_owned();
    vec![variant, baseline, candidate, ratio.to_owned(), text.comparison.verdict.to_owned()]
}

/// A pair of rows. What they differ in is in the heads, and so in no name.
fn line(
    one: &Comparison,
    is_in_heads: impl Fn(&Tag) -> bool,
    report: &Report,
    labels: &Labels,
    text: &Text,
) -> Option<Vec<String>> {
    let (baseline, candidate) = (report.index_of(&one.baseline)?, report.index_of(&one.candidate)?);
    let mut name = labels.with_client(candidate, &report.variants[candidate]);
    name.retain(|tag| !is_in_heads(tag));
    let [baseline, candidate] =
        [baseline, candidate].map(|place| measure(report.variants[place].round_median_ms));
    let [figures, verdict] = compared(one, text);
    Some(vec![in_words(&name, text), baseline, candidate, figures, verdict])
}

fn compared(one: &Comparison, text: &Text) -> [String; 2] {
    [ratio(one).unwrap_or_else(|| NONE.to_owned()), (text.answer.verdict)(one.verdict).to_owned()]
}
