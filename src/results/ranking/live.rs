//! The ranking of a run that is under way.

use crate::{
    results::{
        ranking::{
            layout::{self, Group, Order},
            row::RankingRow,
            table::RankingTable,
        },
        table::round_count,
    },
    text::{Labels, Row, numbers, text},
};
use fetchmark_core::{
    run::progress::Standing,
    scenario::{Scenario, factors::Pacing},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The rows as they stand so far, as [`super::Ranking`] will show them, without what is only known at the end: how they compare.
#[component]
pub fn LiveRanking(
    scenario: Arc<Scenario>,
    /// How its rows stand; empty before the first block has ended.
    #[prop(into)]
    standings: Signal<Vec<Standing>>,
) -> impl IntoView {
    let text = text();
    let words = &text.ranking;
    let variants: Vec<Row> = scenario.variants().iter().map(Row::from).collect();
    // The rate sets how long a round takes, so there is nothing to rank.
    if variants.iter().all(|row| row.pacing == Pacing::Rate) {
        return None;
    }
    let labels = Labels::of_rows(&variants);
    let groups = layout::groups(&labels);
    let n = numbers::count(scenario.n.into());
    let has_times = move || standings.read().iter().any(|row| row.timed_rounds > 0);
    let caption = move || {
        let what = has_times().then(|| (words.caption)(&n, &round_count(&standings.read())));
        view! { <strong>{words.so_far}</strong> " " {what} }
    };
    let rows = move |group: &Group| {
        // The rate sets how long such a row takes: it has no place among the others.
        let is_paced = |row: usize| variants[row].pacing == Pacing::Rate;
        let ranked =
            |(row, standing): (usize, &Standing)| if is_paced(row) { Standing::default() } else { *standing };
        let standings: Vec<Standing> = standings.read().iter().enumerate().map(ranked).collect();
        let top_ms = layout::top_ms(&standings, |_| Vec::new());
        let why = if has_times() { words.no_time_yet } else { "" };
        let row = |row: usize| {
            let standing = standings.get(row).copied().unwrap_or_default();
            let tags = group.tags(row, &labels, &variants[row]);
            let why = if is_paced(row) { "" } else { why };
            view! { <RankingRow tags standing why is_baseline={row == 0} top_ms /> }.into_any()
        };
        layout::ordered(&group.rows, Order::Time, 0, &standings, |_| None).into_iter().map(row).collect()
    };
    Some(view! {
        <RankingTable
            test_id="live-ranking"
            caption
            heads=vec![text.results.variant, words.time]
            groups
            rows=Box::new(rows)
        />
    })
}
