//! The table behind the picture of round times.

use super::{
    el::{El, classed, el},
    numbers,
    results_table::scrollable,
    tags::tags,
};
use crate::{labels::Labels, numbers::decimals, report_view::ReportView, text::text};
use leptos::{ev::Event, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Folded, and filled only when unfolded: a thousand rounds are a thousand rows.
pub fn round_times_table(report: ReportView) -> El {
    let is_open = RwSignal::new(false);
    let on_toggle = move |event: Event| {
        let details = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        is_open.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    classed("details", "fold")
        .on("toggle", on_toggle)
        .child(el("summary").text(text().results.rounds_table))
        .part_if(move || is_open.get(), move || filled(&report))
}

fn filled(report: &ReportView) -> El {
    let text = text();
    let numbers = numbers();
    let decimals = decimals(report.variants.iter().filter_map(|variant| variant.round_median_ms));
    let labels = Labels::of(&report.variants);
    let heads = labels.rows.iter().map(|row| el("th").set("scope", "col").children(tags(row)));
    let row = |block: u32| {
        let cells = report.variants.iter().map(|variant| {
            let round = variant.rounds.iter().find(|(of, _)| *of == block);
            el("td")
                .text(&round.map_or_else(|| "–".to_owned(), |(_, wall_ms)| numbers.fixed(*wall_ms, decimals)))
        });
        let head = el("th").set("scope", "row").text(&numbers.count(u64::from(block) + 1));
        el("tr").child(head).children(cells)
    };
    let blocks =
        report.variants.iter().flat_map(|variant| &variant.rounds).map(|(block, _)| *block + 1).max();
    let title = el("caption").text(text.results.rounds_title).text(" (").text(text.results.ms).text(")");
    let top = el("tr").child(el("th").set("scope", "col").text(text.results.block)).children(heads);
    let table = el("table")
        .child(title)
        .child(el("thead").child(top))
        .child(el("tbody").children((0..blocks.unwrap_or(0)).map(row)));
    scrollable().set("aria-label", text.results.rounds_table).child(table)
}
