//! Targets compared: each row with the same row of the first target, and all rows together.

use crate::{
    results::labels::Tags,
    text::{Labels, Tag, text},
    ui::{
        card::Card,
        numbers::{decimals, numbers},
        table::FiguresTable,
    },
};
use fetchmark_core::{
    compare::{Comparison, TargetComparison},
    report::Report,
};
use leptos::prelude::*;
use std::sync::Arc;

/// A table for each target after the first; nothing where there is one target.
#[component]
pub fn Targets(report: Arc<Report>) -> impl IntoView {
    if report.targets.is_empty() {
        return None;
    }
    let table = |target: &TargetComparison| view! { <Table report=report.clone() target=target.clone() /> };
    let tables = report.targets.iter().map(table).collect_view();
    Some(view! { <Card id="targets" title=text().targets.title>{tables}</Card> })
}

/// A row for each row of the target, and one for what they say together.
#[component]
fn Table(report: Arc<Report>, target: TargetComparison) -> impl IntoView {
    let text = text();
    let words = &text.targets;
    let numbers = numbers();
    let TargetComparison { overall, rows } = target;
    let (name, first) = (&overall.candidate, &overall.baseline);
    let labels = Labels::of(&report.variants);
    let median = |id: &str| report.variants.get(report.index_of(id)?)?.round_median_ms;
    let times = rows.iter().flat_map(|one| [median(&one.baseline), median(&one.candidate)]);
    let decimals = decimals(times.flatten());
    let ms = |id: &str| numbers.fixed(median(id), decimals);
    let compared =
        |one: &Comparison| [numbers.ratio(one.shown()), (text.answer.verdict)(one.verdict).to_owned()];
    let row = |one: &Comparison| {
        let label = report.index_of(&one.candidate).map(|index| {
            let mut tags = labels.with_client(index, &report.variants[index]);
            // Both are in the row.
            tags.retain(|tag| !matches!(tag, Tag::Target(_)));
            view! { <Tags tags /> }
        });
        let [ratio, verdict] = compared(one);
        (label.into_any(), vec![ms(&one.baseline), ms(&one.candidate), ratio, verdict])
    };
    let [ratio, verdict] = compared(&overall);
    let together = (
        view! { <strong>{words.overall}</strong> }.into_any(),
        vec![numbers.fixed(None, 0), numbers.fixed(None, 0), ratio, verdict],
    );
    let [first_ms, target_ms] = [first, name].map(|label| format!("{label} ({})", text.results.ms));
    let ratio = (words.ratio)(name, first);
    let heads = [text.results.variant.into(), first_ms, target_ms, ratio, text.comparison.verdict.into()];
    // One row says it by itself.
    let together = (rows.len() > 1).then_some(together);
    let rows = rows.iter().map(row).chain(together).collect();
    let caption = (words.caption)(name, first);
    view! { <FiguresTable caption heads=heads.into() rows test_id="targets" /> }
}
