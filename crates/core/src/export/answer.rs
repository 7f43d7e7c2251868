//! What people read of a report: sentences, then a table.

use super::{
    figures::{NONE, count, measure},
    findings::findings,
    lifecycles::Lifecycles,
    machine::machine,
    sentences::{caption, figures, gate, sentences},
    words::{self, Names},
};
use crate::{
    gate::Gate,
    language::Language,
    report::{Connections, Report, VariantReport},
};

/// What people read of a report, as plain text in one language. What comes from a target or a file is in it as it is: who shows
/// it escapes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What went wrong, if something did; the baseline; a sentence per comparison.
    pub sentences: Vec<String>,
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

impl Answer {
    /// The answer that a report gives, with the gates it was held to.
    pub fn of(report: &Report, gates: &[Gate], language: Language) -> Self {
        let names = Names::of(&report.variants, language);
        let row = |(row, name): (&VariantReport, &String)| cells(row, name, report, language);
        Self {
            sentences: sentences(report, &names, language),
            gates: gates.iter().map(|one| gate(one, language)).collect(),
            findings: findings(report, &names, language),
            caption: caption(report, &names, language),
            heads: words::heads(language, &count(report.scenario.n.into())),
            rows: report.variants.iter().zip(&names.rows).map(row).collect(),
            lifecycles: Lifecycles::of(report, language),
            machine: machine(&report.environment, language),
        }
    }
}

fn cells(row: &VariantReport, name: &str, report: &Report, language: Language) -> Vec<String> {
    let mut cells = vec![name.to_owned(), measure(row.round_median_ms), measure(row.requests_per_second)];
    cells.extend(row.percentiles_ms().map(measure));
    let Connections { new, reused, cached, unknown } = row.connections;
    cells.extend([new, reused, cached, unknown, row.requests.failed].map(count));
    let is_baseline = report.variants.first().is_some_and(|first| first.id == row.id);
    cells.push(match report.comparison_of(&row.id) {
        Some(comparison) => match figures(comparison) {
            Some([ratio, low, high]) => format!("{ratio} ({low}–{high})"),
            None => words::verdict(language, comparison.verdict).to_owned(),
        },
        None if is_baseline => words::baseline(language).to_owned(),
        None => NONE.to_owned(),
    });
    cells
}
