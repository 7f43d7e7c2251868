//! Where a request's time went.

use crate::{
    results::{charts::chart::ChartData, labels::Tags},
    text::{Labels, numbers, text},
};
use fetchmark_core::{
    charts::{Frame, PhaseRow, phases as drawn},
    report::{Report, VariantReport},
    samples::timing::Phase,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Whether any row shows the parts of its requests.
pub fn has_data(report: &Report) -> bool {
    let times = report.variants.iter().flat_map(|variant| variant.phases_ms.values());
    times.into_iter().any(|times| times.mean > 0.0)
}

/// The parts of a request stacked, a bar per variant.
pub fn chart(report: &Arc<Report>, labels: &Labels) -> ChartData {
    let text = text();
    let names: Vec<(Phase, String)> = Phase::ALL
        .iter()
        .filter(|phase| {
            report.variants.iter().any(|variant| mean(variant, **phase).is_some_and(|ms| ms > 0.0))
        })
        .map(|phase| (*phase, (text.charts.phase)(*phase).to_owned()))
        .collect();
    // A part may be small beside the whole.
    let parts = report.variants.iter().flat_map(|variant| variant.phases_ms.values()).map(|times| times.mean);
    let decimals = numbers::decimals(parts).max(1);
    let rows: Arc<Vec<PhaseRow>> = report
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| PhaseRow {
            label: labels.row(index, text),
            // What took no time is in the table; there is nothing to draw.
            parts: (variant.phases_ms.iter().map(|(phase, times)| (*phase, times.mean)))
                .filter(|(_, ms)| *ms > 0.0)
                .collect(),
        })
        .collect::<Vec<_>>()
        .into();
    let figure = move |row: &PhaseRow, (phase, ms): (Phase, f64)| {
        (text.charts.part)(&row.label, (text.charts.phase)(phase), &numbers::fixed(ms, decimals))
    };
    let in_words =
        |row: &PhaseRow| row.parts.iter().map(|part| figure(row, *part)).collect::<Vec<_>>().join(". ");
    let summary = rows.iter().map(in_words).collect::<Vec<_>>().join(". ");
    let draw = {
        let (rows, names) = (rows.clone(), names.clone());
        Arc::new(move |frame: Frame<'_>| drawn(&rows, &names, frame))
    };
    let tip = Arc::new(move |row: usize, item: usize| {
        let row = &rows[row];
        row.parts.get(item).map(|part| figure(row, *part)).unwrap_or_default()
    });
    let (report, labels) = (report.clone(), labels.rows.clone());
    let figures = move || {
        let heads = std::iter::once(text.results.variant.into_any())
            .chain(names.iter().map(|(_, name)| name.clone().into_any()))
            .chain([text.charts.phases_count.into_any()])
            .collect();
        let rows = report.variants.iter().zip(&labels).map(|(variant, row)| {
            let cells = names.iter().map(|(phase, _)| numbers::fixed(mean(variant, *phase), decimals));
            let count = variant.phases_ms.get(&Phase::FirstByte).map_or(0, |times| times.count);
            let cells = cells.chain([numbers::count(count)]).collect();
            (view! { <Tags tags=row.clone() /> }.into_any(), cells)
        });
        (heads, rows.collect())
    };
    ChartData {
        caption: text.charts.phases_caption.to_owned(),
        summary,
        draw,
        tip,
        table_title: text.charts.phases_table,
        figures: Box::new(figures),
    }
}

/// The mean of one part of a request, in ms; `None` where it does not show.
fn mean(variant: &VariantReport, phase: Phase) -> Option<f64> {
    variant.phases_ms.get(&phase).map(|times| times.mean)
}
