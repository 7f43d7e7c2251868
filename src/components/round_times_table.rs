//! The table behind the picture of round times.

use super::{lean::{on, part_if}, numbers, tags::tags};
use crate::{labels::Labels, numbers::decimals, text::text};
use fetchmark_core::report::Report;
use leptos::{ev::Event, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Folded, and filled only when unfolded: a thousand rounds are a thousand rows.
#[component]
pub fn RoundTimesTable(
    /// The report.
    report: Arc<Report>,
) -> AnyView {
    let text = text();
    let is_open = RwSignal::new(false);
    let on_toggle = on(move |event: Event| {
        let details = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        is_open.set(details.is_some_and(|details| details.has_attribute("open")));
    });
    view! {
        <details class="fold" on:toggle=on_toggle>
            <summary>{text.results.rounds_table}</summary>
            {part_if(is_open.into(), move || filled(&report))}
        </details>
    }
    .into_any()
}

fn filled(report: &Report) -> AnyView {
    let text = text();
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let decimals = decimals(report.variants.iter().filter_map(|variant| variant.round_median_ms));
    let heads: Vec<_> = labels
        .rows
        .into_iter()
        .map(|row| view! { <th scope="col">{tags(row)}</th> }.into_any())
        .collect();
    let row = |block: u32| {
        let cells: Vec<_> = report
            .variants
            .iter()
            .map(|variant| {
                let round = variant.rounds.iter().find(|round| round.block == block);
                let time = round.map_or_else(|| "–".to_owned(), |round| numbers.fixed(round.wall_ms, decimals));
                view! { <td>{time}</td> }.into_any()
            })
            .collect();
        view! { <tr><th scope="row">{numbers.count(u64::from(block) + 1)}</th>{cells}</tr> }.into_any()
    };
    let last = report.variants.iter().flat_map(|variant| &variant.rounds).map(|round| round.block).max();
    let rows: Vec<_> = (0..=last.unwrap_or(0)).map(row).collect();
    view! {
        <div class="scroll" role="region" aria-label=text.results.rounds_table tabindex="0">
            <table class={"figures-plain"}>
                <caption>{text.results.rounds_title}" ("{text.results.ms}")"</caption>
                <thead><tr><th scope="col">{text.results.block}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
