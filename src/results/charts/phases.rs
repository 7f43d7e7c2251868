//! Where a request's time went.

use crate::{
    reports::report_view::{ReportView, VariantView},
    results::{
        charts::plot::{Plot, plot_card, table},
        tags::tags,
    },
    text::{Labels, text},
    ui::{
        el::{El, el},
        numbers::{decimals, numbers},
    },
};
use fetchmark_core::{
    picture::{PhaseRow, phases as drawn},
    timing::Phase,
};
use std::sync::Arc;

/// The parts of a request stacked, a bar per variant, and the table behind it; `None` where no variant shows any.
pub fn phases(report: &Arc<ReportView>) -> Option<El> {
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
    let rows: Vec<PhaseRow> = report
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| PhaseRow {
            label: labels.row(index, text),
            // What took no time is told in the table and has nothing to draw.
            parts: variant.phases_ms.iter().copied().filter(|(_, ms)| *ms > 0.0).collect(),
        })
        .collect();
    let figure = move |row: &PhaseRow, (phase, ms): (Phase, f64)| {
        (text.pictures.part)(&row.label, (text.results.phase)(phase), &numbers.fixed(ms, decimals))
    };
    let said =
        |row: &PhaseRow| row.parts.iter().map(|part| figure(row, *part)).collect::<Vec<_>>().join(". ");
    let summary = rows.iter().map(said).collect::<Vec<_>>().join(". ");
    let shown = Plot {
        name: "phases",
        title: text.results.phases_title,
        summary,
        draw: {
            let (rows, names) = (rows.clone(), names.clone());
            Arc::new(move |frame| drawn(&rows, &names, frame))
        },
        tip: Arc::new(move |row, item| {
            rows[row].parts.get(item).map(|part| figure(&rows[row], *part)).unwrap_or_default()
        }),
    };
    let report = report.clone();
    let filled = move || {
        let heads = std::iter::once(text.results.variant)
            .chain(names.iter().map(|(_, name)| name.as_str()))
            .chain([text.results.phases_count])
            .map(|head| el("th").text(head));
        let rows = report.variants.iter().zip(&labels.rows).map(|(variant, row)| {
            let mean = |phase: Phase| {
                variant.mean_ms(phase).map_or_else(|| "–".to_owned(), |ms| numbers.fixed(ms, decimals))
            };
            let cells = names.iter().map(|(phase, _)| mean(*phase));
            (el("th").children(tags(row)), cells.chain([numbers.count(variant.phases_count)]).collect())
        });
        let caption = format!("{} ({})", text.results.phases_title, text.results.ms);
        table(&caption, heads.collect(), rows).set("data-testid", "phases")
    };
    Some(plot_card(shown, text.results.phases_caption, text.results.phases_table, filled))
}
