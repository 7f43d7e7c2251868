//! Fresh against reused, client by client, where the other comparisons do not tell.

use crate::{
    results::labels::Tags,
    text::{Labels, Tag, text},
    ui::{
        card::Card,
        numbers::{decimals, numbers},
        table::FiguresTable,
    },
};
use fetchmark_core::{compare::Comparison, report::Report};
use leptos::prelude::*;
use std::sync::Arc;

/// A row for each client that was measured both ways; nothing where the answer says it already.
#[component]
pub fn Lifecycles(report: Arc<Report>) -> impl IntoView {
    if report.lifecycles.is_empty() {
        return None;
    }
    let text = text();
    let words = &text.lifecycles;
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let median = |id: &str| report.variants.get(report.index_of(id)?)?.round_median_ms;
    let times = report.lifecycles.iter().flat_map(|one| [median(&one.baseline), median(&one.candidate)]);
    let decimals = decimals(times.flatten());
    let ms = |id: &str| numbers.fixed(median(id), decimals);
    let row = |one: &Comparison| {
        let label = report.index_of(&one.candidate).map(|index| {
            let mut tags = labels.with_client(index, &report.variants[index]);
            // Both are in the row.
            tags.retain(|tag| !matches!(tag, Tag::Lifecycle(_)));
            view! { <Tags tags /> }
        });
        let verdict = (text.answer.verdict)(one.verdict).to_owned();
        (label.into_any(), vec![ms(&one.baseline), ms(&one.candidate), numbers.ratio(one.shown()), verdict])
    };
    let [reused, fresh] = text.form.lifecycle.map(|word| format!("{word} ({})", text.results.ms));
    let heads =
        [text.results.variant.into(), reused, fresh, words.ratio.into(), text.comparison.verdict.into()];
    let rows = report.lifecycles.iter().map(row).collect();
    Some(view! {
        <Card id="lifecycles" title=words.title>
            <FiguresTable caption=words.caption heads=heads.into() rows test_id="lifecycles" />
        </Card>
    })
}
