//! Rows compared with rows that are like them, in a table.

use crate::{
    results::labels::Tags,
    text::{Labels, Tag, numbers, text},
    ui::table::FiguresTable,
};
use fetchmark_core::{compare::Comparison, report::Report};
use leptos::prelude::*;
use std::sync::Arc;

/// Each comparison with the round times of both rows, their ratio and the verdict.
#[component]
pub fn ComparedTable(
    report: Arc<Report>,
    comparisons: Vec<Comparison>,
    #[prop(into)] caption: String,
    /// What the two columns of times are of: baseline, candidate.
    names: [String; 2],
    #[prop(into)] ratio: String,
    /// Whether the columns say it already, so that no row needs to.
    is_column: fn(&Tag) -> bool,
    /// What all of them say together, under this name.
    #[prop(optional_no_strip)]
    overall: Option<(&'static str, Comparison)>,
    test_id: &'static str,
) -> impl IntoView {
    let text = text();
    let labels = Labels::of(&report.variants);
    let median = |id: &str| report.row(id)?.round_median_ms;
    let times = comparisons.iter().flat_map(|one| [median(&one.baseline), median(&one.candidate)]);
    let decimals = numbers::decimals(times.flatten());
    let cells = |one: &Comparison| {
        // Of rows together there is no time.
        let [baseline, candidate] =
            [&one.baseline, &one.candidate].map(|id| numbers::fixed(median(id), decimals));
        vec![baseline, candidate, numbers::ratio(one.shown()), (text.answer.verdict)(one.verdict).to_owned()]
    };
    let row = |one: &Comparison| {
        let label = report.index_of(&one.candidate).map(|index| {
            let mut tags = labels.with_client(index, &report.variants[index]);
            tags.retain(|tag| !is_column(tag));
            view! { <Tags tags /> }
        });
        (label.into_any(), cells(one))
    };
    let together =
        overall.iter().map(|(name, one)| (view! { <strong>{*name}</strong> }.into_any(), cells(one)));
    let rows = comparisons.iter().map(row).chain(together).collect();
    let [baseline, candidate] = names.map(|name| format!("{name} ({})", text.results.ms));
    let heads = [text.results.variant.into(), baseline, candidate, ratio, text.comparison.verdict.into()];
    view! { <FiguresTable caption heads=heads.into() rows test_id /> }
}
