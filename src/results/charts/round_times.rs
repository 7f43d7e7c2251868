//! Every round's time, and the medians with their intervals.

use crate::{
    results::{charts::chart::ChartData, labels::Tags},
    text::{Labels, numbers, text},
};
use fetchmark_core::{
    charts::{Frame, RoundRow, round_times as drawn},
    report::{Report, RoundReport, VariantReport},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Whether the time of any round counts.
pub fn has_data(report: &Report) -> bool {
    report.variants.iter().any(|variant| variant.timed_rounds() > 0)
}

/// Round times per variant. `labels` are the names of its rows.
pub fn chart(report: &Arc<Report>, labels: &Labels) -> ChartData {
    let text = text();
    let decimals = numbers::decimals(report.variants.iter().filter_map(|variant| variant.round_median_ms));
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
    let mut caption = text.charts.rounds_caption.to_owned();
    if !report.sessions.is_empty() {
        caption += &format!(" {}", text.sessions.by_session);
    }
    if left_out > 0 {
        caption += &format!(" {}", (text.charts.rounds_left_out)(&numbers::count(left_out)));
    }
    let summary = in_words(&rows, decimals);
    let draw = Arc::new(move |frame: Frame<'_>| drawn(&rows, decimals, frame));
    let tip = {
        let report = report.clone();
        let labels = labels.clone();
        Arc::new(move |row: usize, item: usize| {
            let Some(round) = report.variants[row].timed().nth(item) else { return String::new() };
            let block = place_in_words(&report, round.place());
            (text.charts.round)(&labels.row(row, text), &block, &numbers::fixed(round.wall_ms, decimals))
        })
    };
    let (report, labels) = (report.clone(), labels.rows.clone());
    let figures = move || {
        let heads = labels.iter().map(|row| view! { <Tags tags=row.clone() /> }.into_any());
        (std::iter::once(text.results.block.into_any()).chain(heads).collect(), table_rows(&report, decimals))
    };
    ChartData {
        caption,
        summary,
        draw,
        tip,
        table_title: text.charts.rounds_table,
        figures: Box::new(figures),
    }
}

/// The chart in words, for those who cannot see it.
fn in_words(rows: &[RoundRow], decimals: u8) -> String {
    let text = text();
    let sentence = |row: &RoundRow| {
        let (low, high) = row
            .times
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(low, high), time| (low.min(*time), high.max(*time)));
        let [low, median, high] = [low, row.median?, high].map(|time| numbers::fixed(time, decimals));
        Some((text.charts.rounds_row)(&row.label, &low, &median, &high))
    };
    rows.iter().filter_map(sentence).collect::<Vec<_>>().join(" ")
}

/// A block's number, with its session where there are several.
fn place_in_words(report: &Report, (session, block): (u32, u32)) -> String {
    let block = numbers::count(u64::from(block) + 1);
    match report.sessions.get(session as usize) {
        Some(session) => format!("{block} ({})", session.id),
        None => block,
    }
}

/// A row per session and block.
fn table_rows(report: &Report, decimals: u8) -> Vec<(AnyView, Vec<String>)> {
    let row = |place: (u32, u32)| {
        let cells = report.variants.iter().map(|variant| {
            // Rounds stand in the order of their sessions and blocks.
            let found = variant.rounds.binary_search_by_key(&place, RoundReport::place).ok();
            let round = found.map(|at| &variant.rounds[at]).filter(|round| round.is_timed());
            numbers::fixed(round.map(|round| round.wall_ms), decimals)
        });
        (place_in_words(report, place).into_any(), cells.collect())
    };
    let blocks = |session: u32| {
        let timed = report.variants.iter().flat_map(VariantReport::timed);
        timed.filter(|round| round.session == session).map(|round| round.block + 1).max().unwrap_or(0)
    };
    let sessions = 0..report.sessions.len().max(1) as u32;
    sessions.flat_map(|session| (0..blocks(session)).map(move |block| (session, block))).map(row).collect()
}
