//! Where a request's time went.

use crate::{
    reports::report_view::{ReportView, VariantView},
    results::{
        charts::chart::{Chart, ChartCard},
        tags::Tags,
    },
    text::{Labels, text},
    ui::{
        numbers::{decimals, numbers},
        table::DataTable,
    },
};
use fetchmark_core::{
    picture::{Frame, PhaseRow, phases as drawn},
    timing::Phase,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The parts of a request stacked, a bar per variant, and the table behind it; nothing where no variant shows any.
#[component]
pub fn Phases(
    /// The report.
    report: Arc<ReportView>,
) -> impl IntoView {
    let text = text();
    let numbers = numbers();
    let total = |variant: &VariantView| variant.phases_ms.iter().map(|(_, ms)| ms).sum::<f64>();
    if !report.variants.iter().any(|variant| total(variant) > 0.0) {
        return None;
    }
    let labels = Labels::of(&report.variants);
    let names: Vec<(Phase, String)> = Phase::ALL
        .iter()
        .filter(|phase| {
            report.variants.iter().any(|variant| variant.mean_ms(**phase).is_some_and(|ms| ms > 0.0))
        })
        .map(|phase| (*phase, (text.results.phase)(*phase).to_owned()))
        .collect();
    // A part may be small beside the whole.
    let parts = report.variants.iter().flat_map(|variant| &variant.phases_ms).map(|(_, ms)| *ms);
    let decimals = decimals(parts).max(1);
    let title = text.results.phases_title;
    let rows: Arc<Vec<PhaseRow>> = report
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| PhaseRow {
            label: labels.row(index, text),
            // What took no time is told in the table and has nothing to draw.
            parts: variant.phases_ms.iter().copied().filter(|(_, ms)| *ms > 0.0).collect(),
        })
        .collect::<Vec<_>>()
        .into();
    let figure = move |row: &PhaseRow, (phase, ms): (Phase, f64)| {
        (text.pictures.part)(&row.label, (text.results.phase)(phase), &numbers.fixed(ms, decimals))
    };
    let said =
        |row: &PhaseRow| row.parts.iter().map(|part| figure(row, *part)).collect::<Vec<_>>().join(". ");
    let summary = rows.iter().map(said).collect::<Vec<_>>().join(". ");
    let draw = {
        let (rows, names) = (rows.clone(), names.clone());
        Arc::new(move |frame: Frame<'_>| drawn(&rows, &names, frame))
    };
    let tip = Arc::new(move |row: usize, item: usize| {
        let row = &rows[row];
        row.parts.get(item).map(|part| figure(row, *part)).unwrap_or_default()
    });
    let table = move || {
        let heads = std::iter::once(text.results.variant.into_any())
            .chain(names.iter().map(|(_, name)| name.clone().into_any()))
            .chain([text.results.phases_count.into_any()])
            .collect();
        let rows = report.variants.iter().zip(&labels.rows).map(|(variant, row)| {
            let mean = |phase: Phase| {
                variant.mean_ms(phase).map_or_else(|| "–".to_owned(), |ms| numbers.fixed(ms, decimals))
            };
            let cells = names.iter().map(|(phase, _)| mean(*phase));
            let cells = cells.chain([numbers.count(variant.phases_count)]).collect();
            (view! { <Tags tags=row.clone() /> }.into_any(), cells)
        });
        let caption = format!("{title} ({})", text.results.ms);
        view! { <DataTable caption heads rows=rows.collect() test_id="phases" /> }
    };
    Some(view! {
        <ChartCard name="phases" title>
            <Chart
                name="phases"
                title
                caption=text.results.phases_caption
                summary
                draw
                tip
                table_title=text.results.phases_table
                table
            />
        </ChartCard>
    })
}
