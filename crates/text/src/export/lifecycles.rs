//! Fresh against reused as a table of its own.

use super::sentences::ratio;
use crate::{
    report::{
        Labels, in_words,
        numbers::{NONE, measure},
    },
    words::{Tag, Text},
};
use fetchmark_core::report::Report;

/// A table that stands below the answer's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifecycles {
    /// What it tells.
    pub title: String,
    /// Its heads.
    pub heads: Vec<String>,
    /// Its rows; the first cell of each is a name, the last a verdict, the others are figures.
    pub rows: Vec<Vec<String>>,
}

impl Lifecycles {
    /// The report's; `None` if its own comparisons say as much.
    pub(super) fn of(report: &Report, labels: &Labels, text: &Text) -> Option<Self> {
        if report.lifecycles.is_empty() {
            return None;
        }
        let rows = report.lifecycles.iter().filter_map(|compared| {
            let (reused, fresh) =
                (report.index_of(&compared.baseline)?, report.index_of(&compared.candidate)?);
            let mut name = labels.with_client(fresh, &report.variants[fresh]);
            // Both are in the row.
            name.retain(|tag| !matches!(tag, Tag::Lifecycle(_)));
            let [reused, fresh] =
                [reused, fresh].map(|place| measure(report.variants[place].round_median_ms));
            let ratio = ratio(compared).unwrap_or_else(|| NONE.to_owned());
            let verdict = (text.answer.verdict)(compared.verdict).to_owned();
            Some(vec![in_words(&name, text), reused, fresh, ratio, verdict])
        });
        let [reused, fresh] = text.form.lifecycle.map(|word| format!("{word} ({})", text.results.ms));
        let [variant, ratio, verdict] =
            [text.results.variant, text.lifecycles.ratio, text.comparison.verdict].map(str::to_owned);
        Some(Self {
            title: format!("{}:", text.lifecycles.title),
            heads: vec![variant, reused, fresh, ratio, verdict],
            rows: rows.collect(),
        })
    }
}
