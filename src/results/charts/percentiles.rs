use crate::{
    results::charts::chart::ChartData,
    text::{Labels, numbers, text},
};
use fetchmark_core::{
    charts::{Frame, PercentileRow, percentiles as drawn},
    report::Report,
    stats::order::ascending,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Whether any row has a line to draw.
pub fn has_data(report: &Report) -> bool {
    report
        .variants
        .iter()
        .any(|variant| variant.latency_ms.as_ref().is_some_and(|latency| !latency.quantiles.is_empty()))
}

/// A line per variant. `labels` are the names of its rows.
pub fn chart(report: &Arc<Report>, labels: &Labels) -> ChartData {
    let text = text();
    let rows: Arc<Vec<PercentileRow>> = Arc::new(
        report
            .variants
            .iter()
            .enumerate()
            .map(|(index, variant)| PercentileRow {
                label: labels.row(index, text),
                quantiles: (variant.latency_ms.as_ref())
                    .map_or_else(Vec::new, |latency| latency.quantiles.clone()),
            })
            .collect(),
    );
    let times = rows.iter().flat_map(|row| &row.quantiles).map(|(_, ms)| ms.max(1.0));
    let decimals = numbers::decimals(times);
    let figure = move |row: &PercentileRow, (share, ms): (f64, f64)| {
        (text.charts.percentile)(&row.label, &percentile(share), &numbers::fixed(ms, decimals))
    };
    // In words the middle and the end are enough; the table and the arrow keys have the rest.
    let in_words = |row: &PercentileRow| {
        let at = |share: f64| row.quantiles.iter().find(|(of, _)| *of >= share).copied();
        [at(0.5), at(1.0)]
            .into_iter()
            .flatten()
            .map(|point| figure(row, point))
            .collect::<Vec<_>>()
            .join(". ")
    };
    let summary = rows.iter().map(in_words).collect::<Vec<_>>().join(". ");
    let (drawn_rows, tip_rows) = (rows.clone(), rows.clone());
    let draw = Arc::new(move |frame: Frame<'_>| drawn(&drawn_rows, frame));
    let tip = Arc::new(move |row: usize, item: usize| {
        let row: &PercentileRow = &tip_rows[row];
        row.quantiles.get(item).map(|point| figure(row, *point)).unwrap_or_default()
    });
    let figures = move || {
        // Rows may have had different numbers of requests, and so different shares.
        let shares: Vec<f64> = rows.iter().flat_map(|row| &row.quantiles).map(|(share, _)| *share).collect();
        let mut shares = ascending(&shares);
        shares.dedup();
        let row = |share: f64| {
            let cell = |row: &PercentileRow| {
                let found = row.quantiles.iter().find(|(of, _)| *of == share);
                numbers::fixed(found.map(|(_, ms)| *ms), decimals)
            };
            (percentile(share).into_any(), rows.iter().map(cell).collect())
        };
        let labels = rows.iter().map(|row| row.label.clone().into_any());
        let heads = std::iter::once(text.charts.share.into_any()).chain(labels).collect();
        (heads, shares.into_iter().map(row).collect())
    };
    ChartData {
        caption: text.charts.percentiles_caption.to_owned(),
        summary,
        draw,
        tip,
        table_title: text.charts.percentiles_table,
        figures: Box::new(figures),
    }
}

/// A share as a percentage, with as many decimals as tell it from 100 %.
fn percentile(share: f64) -> String {
    let beyond = 1.0 - share;
    let decimals = if share == 0.0 || share == 0.5 || beyond <= 0.0 {
        0
    } else {
        (1.0 - (beyond * 100.0).log10().floor()).clamp(1.0, 5.0) as u8
    };
    format!("{}%", numbers::fixed(share * 100.0, decimals))
}
