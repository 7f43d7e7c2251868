//! Every round's time, and the medians with their intervals.

use crate::{
    results::{charts::chart::Chart, labels::Tags},
    text::{Labels, text},
    ui::{
        card::Card,
        numbers::{decimals, numbers},
        table::DataTable,
    },
};
use fetchmark_core::{
    charts::{Frame, RoundRow, round_times as drawn},
    report::{Report, VariantReport},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Whether the time of any round counts.
pub fn has_data(report: &Report) -> bool {
    report.variants.iter().any(|variant| variant.timed_rounds() > 0)
}

/// Round times per variant, as a chart, in words and in a table; nothing where no round's time counts.
#[component]
pub fn RoundTimes(
    report: Arc<Report>,
    /// What its rows are called, where it is not what tells them from each other.
    #[prop(optional)]
    labels: Option<Labels>,
    /// Names the chart in the document and as a file.
    name: &'static str,
    title: &'static str,
) -> impl IntoView {
    if !has_data(&report) {
        return None;
    }
    let text = text();
    let numbers = numbers();
    let labels = labels.unwrap_or_else(|| Labels::of(&report.variants));
    let decimals = decimals(report.variants.iter().filter_map(|variant| variant.round_median_ms));
    let rows: Vec<RoundRow> = report
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| RoundRow {
            label: labels.row(index, text),
            times: variant.timed().map(|round| round.wall_ms).collect(),
            median: variant.round_median_ms,
            interval: variant.round_interval_ms,
        })
        .collect();
    let left_out: u64 =
        report.variants.iter().map(|variant| variant.rounds.len() as u64 - variant.timed_rounds()).sum();
    let caption = if left_out > 0 {
        format!("{} {}", text.charts.rounds_caption, (text.charts.rounds_left_out)(&numbers.count(left_out)))
    } else {
        text.charts.rounds_caption.to_owned()
    };
    let summary = in_words(&rows, decimals);
    let draw = Arc::new(move |frame: Frame<'_>| drawn(&rows, decimals, frame));
    let tip = {
        let report = report.clone();
        let labels = labels.clone();
        Arc::new(move |row: usize, item: usize| {
            let Some(round) = report.variants[row].timed().nth(item) else { return String::new() };
            let block = numbers.count(u64::from(round.block) + 1);
            (text.charts.round)(&labels.row(row, text), &block, &numbers.fixed(round.wall_ms, decimals))
        })
    };
    let table = move || {
        let rows = table_rows(&report, decimals);
        let heads = labels.rows.iter().map(|row| view! { <Tags tags=row.clone() /> }.into_any());
        let heads = std::iter::once(text.results.block.into_any()).chain(heads).collect();
        view! { <DataTable caption=format!("{title} ({})", text.results.ms) heads rows /> }
    };
    Some(view! {
        <Card id=name title unit=text.results.ms>
            <Chart name title caption summary draw tip table_title=text.charts.rounds_table table />
        </Card>
    })
}

/// The chart in words, for those who cannot see it.
fn in_words(rows: &[RoundRow], decimals: u8) -> String {
    let text = text();
    let numbers = numbers();
    let sentence = |row: &RoundRow| {
        let (low, high) = row
            .times
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(low, high), time| (low.min(*time), high.max(*time)));
        let [low, median, high] = [low, row.median?, high].map(|time| numbers.fixed(time, decimals));
        Some((text.charts.rounds_row)(&row.label, &low, &median, &high))
    };
    rows.iter().filter_map(sentence).collect::<Vec<_>>().join(" ")
}

/// A row per block.
fn table_rows(report: &Report, decimals: u8) -> Vec<(AnyView, Vec<String>)> {
    let numbers = numbers();
    let row = |block: u32| {
        let cells = report.variants.iter().map(|variant| {
            let round = variant.timed().find(|round| round.block == block);
            numbers.fixed(round.map(|round| round.wall_ms), decimals)
        });
        (numbers.count(u64::from(block) + 1).into_any(), cells.collect())
    };
    let blocks = report.variants.iter().flat_map(VariantReport::timed).map(|round| round.block + 1).max();
    (0..blocks.unwrap_or(0)).map(row).collect()
}
