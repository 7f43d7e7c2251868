//! The first picture: every round's time, and the medians.

use super::{
    numbers,
    round_times_table::RoundTimesTable,
    strip_plot::{StripRow, strip_plot},
};
use crate::{labels::Labels, numbers::decimals, text::text};
use fetchmark_core::report::Report;
use leptos::prelude::*;
use std::sync::Arc;

/// Round times per variant, in a picture, in words and in a table.
#[component]
pub fn RoundTimes(
    /// The report.
    report: Arc<Report>,
) -> AnyView {
    let text = text();
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let decimals = decimals(report.variants.iter().filter_map(|variant| variant.round_median_ms));
    let in_words = report
        .variants
        .iter()
        .enumerate()
        .filter_map(|(index, variant)| {
            let median = variant.round_median_ms?;
            let times = variant.rounds.iter().map(|round| round.wall_ms);
            let [low, high] = [times.clone().fold(f64::INFINITY, f64::min), times.fold(0.0, f64::max)];
            let [low, median, high] = [low, median, high].map(|time| numbers.fixed(time, decimals));
            Some((text.results.rounds_row)(&labels.row(index, text), &low, &median, &high))
        })
        .collect::<Vec<_>>()
        .join(" ");
    let rows = report
        .variants
        .iter()
        .zip(labels.rows)
        .map(|(variant, tags)| StripRow {
            tags,
            times: variant.rounds.iter().map(|round| round.wall_ms).collect(),
            median: variant.round_median_ms,
        })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="rounds-title">
            <h2 id="rounds-title">{text.results.rounds_title}" "<span class="unit">{text.results.ms}</span></h2>
            <p class="caption">{text.results.rounds_caption}</p>
            <div role="img" aria-label=in_words>
                {strip_plot(rows, decimals)}
            </div>
            <RoundTimesTable report />
        </section>
    }
    .into_any()
}
