//! The second picture: where a request's time went.

use super::{
    el::{El, classed, el},
    numbers,
    results_table::scrollable,
    tags::tags,
};
use crate::{
    labels::Labels,
    numbers::decimals,
    report_view::{ReportView, VariantView},
    text::text,
};
use fetchmark_core::timing::Phase;

/// The parts of a request stacked, a bar per variant, and the table behind it; `None` where no variant shows any.
pub fn phases(report: &ReportView) -> Option<El> {
    let text = text();
    let numbers = numbers();
    let total = |variant: &VariantView| variant.phases_ms.iter().map(|(_, ms)| ms).sum::<f64>();
    let longest = report.variants.iter().map(total).fold(0.0, f64::max);
    if longest <= 0.0 {
        return None;
    }
    let labels = Labels::of(&report.variants);
    let shown: Vec<Phase> = Phase::ALL
        .iter()
        .copied()
        .filter(|phase| report.variants.iter().any(|variant| variant.mean_ms(*phase).is_some()))
        .collect();
    // A part may be small beside the whole.
    let decimals = decimals(report.variants.iter().map(total)).max(1);

    let bars = report.variants.iter().zip(&labels.rows).enumerate().map(|(index, (variant, row))| {
        let parts = variant.phases_ms.iter().map(|(phase, ms)| {
            classed("span", class(*phase)).style("width", format!("{:.2}%", ms / longest * 100.0))
        });
        el("div")
            .set("class", &format!("phase-row colour-{}", index % 8))
            .child(classed("span", "strip-label").children(tags(row)))
            .child(classed("div", "phase-bar").children(parts))
    });
    let legend = shown.iter().map(|phase| {
        classed("li", "phase-key")
            .child(classed("span", class(*phase)))
            .child(el("span").text((text.results.phase)(*phase)))
    });
    let picture = classed("div", "phase-bars")
        .set("aria-hidden", "true")
        .children(bars)
        .child(classed("ul", "phase-keys").children(legend));

    let heads = shown.iter().map(|phase| el("th").set("scope", "col").text((text.results.phase)(*phase)));
    let top = el("tr")
        .child(el("th").set("scope", "col").text(text.results.variant))
        .children(heads)
        .child(el("th").set("scope", "col").text(text.results.phases_count));
    let rows = report.variants.iter().zip(&labels.rows).map(|(variant, row)| {
        let cells = shown.iter().map(|phase| {
            let mean = variant.mean_ms(*phase);
            el("td").text(&mean.map_or_else(|| "–".to_owned(), |ms| numbers.fixed(ms, decimals)))
        });
        el("tr")
            .child(el("th").set("scope", "row").children(tags(row)))
            .children(cells)
            .child(el("td").text(&numbers.count(variant.phases_count)))
    });
    let caption = el("caption").text(text.results.phases_title).text(" (").text(text.results.ms).text(")");
    let table = el("table")
        .set("data-testid", "phases")
        .child(caption)
        .child(el("thead").child(top))
        .child(el("tbody").children(rows));
    let fold = classed("details", "fold")
        .child(el("summary").text(text.results.phases_table))
        .child(scrollable().set("aria-label", text.results.phases_table).child(table));
    Some(
        classed("section", "card")
            .set("aria-labelledby", "phases-title")
            .child(el("h2").set("id", "phases-title").text(text.results.phases_title))
            .child(classed("p", "caption").text(text.results.phases_caption))
            .child(picture)
            .child(fold),
    )
}

fn class(phase: Phase) -> &'static str {
    match phase {
        Phase::Queue => "phase phase-queue",
        Phase::Dns => "phase phase-dns",
        Phase::Connect => "phase phase-connect",
        Phase::Tls => "phase phase-tls",
        Phase::FirstByte => "phase phase-first-byte",
        Phase::Download => "phase phase-download",
        Phase::ClientOverhead => "phase phase-client",
    }
}
