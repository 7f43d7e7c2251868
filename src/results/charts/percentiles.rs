//! How long requests take, from the quickest to the slowest.

use crate::{
    reports::report_view::ReportView,
    results::charts::plot::{Plot, plot_card, table},
    text::{Labels, text},
    ui::{
        el::{El, el},
        numbers::{Numbers, decimals, numbers},
    },
};
use fetchmark_core::{
    order::ascending,
    picture::{PercentileRow, percentiles as drawn},
};
use std::sync::Arc;

/// A line per variant, in words and in a table; `None` where no request succeeded.
pub fn percentiles(report: &Arc<ReportView>, name: &'static str, title: &'static str) -> Option<El> {
    let text = text();
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let rows: Vec<PercentileRow> = report
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| PercentileRow {
            label: labels.row(index, text),
            quantiles: variant.quantiles.clone(),
        })
        .collect();
    let longest = rows.iter().flat_map(|row| &row.quantiles).map(|(_, ms)| *ms);
    let decimals = decimals(longest.clone().map(|ms| ms.max(1.0)));
    longest.clone().next()?;
    let figure = move |row: &PercentileRow, (share, ms): (f64, f64)| {
        (text.pictures.percentile)(&row.label, &percentile(share, numbers), &numbers.fixed(ms, decimals))
    };
    // In words the middle and the end are enough; the table and the arrow keys have the rest.
    let said = |row: &PercentileRow| {
        let at = |share: f64| row.quantiles.iter().find(|(of, _)| *of >= share).copied();
        [at(0.5), at(1.0)]
            .into_iter()
            .flatten()
            .map(|point| figure(row, point))
            .collect::<Vec<_>>()
            .join(". ")
    };
    let summary = rows.iter().map(said).collect::<Vec<_>>().join(". ");
    let shown = Plot {
        name,
        title,
        summary,
        draw: {
            let rows = rows.clone();
            Arc::new(move |frame| drawn(&rows, frame))
        },
        tip: {
            let rows = rows.clone();
            Arc::new(move |row, item| {
                rows[row].quantiles.get(item).map(|point| figure(&rows[row], *point)).unwrap_or_default()
            })
        },
    };
    let filled = move || {
        let heads = std::iter::once(text.pictures.share)
            .chain(rows.iter().map(|row| row.label.as_str()))
            .map(|head| el("th").text(head));
        // Rows may have had different numbers of requests, and so different shares.
        let shares: Vec<f64> = rows.iter().flat_map(|row| &row.quantiles).map(|(share, _)| *share).collect();
        let mut shares = ascending(&shares);
        shares.dedup();
        let body = shares.into_iter().map(|share| {
            let cell = |row: &PercentileRow| {
                let found = row.quantiles.iter().find(|(of, _)| *of == share);
                found.map_or_else(|| "–".to_owned(), |(_, ms)| numbers.fixed(*ms, decimals))
            };
            (el("th").text(&percentile(share, numbers)), rows.iter().map(cell).collect())
        });
        let caption = format!("{title} ({})", text.results.ms);
        table(&caption, heads.collect(), body).set("data-testid", name)
    };
    let (caption, fold) = (text.pictures.percentiles_caption, text.pictures.percentiles_table);
    Some(plot_card(shown, caption, fold, filled))
}

/// A share as a percentage, with as many decimals as tell it from 100 %.
fn percentile(share: f64, numbers: Numbers) -> String {
    let beyond = 1.0 - share;
    let decimals = if share == 0.0 || share == 0.5 || beyond <= 0.0 {
        0
    } else {
        (1.0 - (beyond * 100.0).log10().floor()).clamp(1.0, 5.0) as u8
    };
    format!("{} %", numbers.fixed(share * 100.0, decimals))
}
