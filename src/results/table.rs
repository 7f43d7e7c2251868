//! The figures: one row per variant.

use crate::{
    results::{
        sorting::{Column, Order, connection_counts},
        tags::Tags,
    },
    text::{Labels, Text, text},
    ui::{
        el::{El, classed, el},
        numbers::{Numbers, decimals, numbers},
    },
};
use fetchmark_core::{
    comparison::Verdict,
    numbers::{first_digit_decimals, width_decimals},
    report::{Connections, Report, VariantReport},
};
use leptos::prelude::*;
use std::sync::Arc;

/// How the figures of each column are written, so that they stand aligned, and which columns there are.
#[derive(Clone, Copy)]
struct Columns {
    total: u8,
    per_second: u8,
    latency: u8,
    has_cached: bool,
    has_unknown: bool,
}

impl Columns {
    fn of(variants: &[VariantReport]) -> Self {
        Self {
            total: total_decimals(variants),
            per_second: decimals(variants.iter().filter_map(|variant| variant.requests_per_second)),
            latency: decimals(variants.iter().filter_map(|variant| variant.percentiles_ms()[0])),
            has_cached: variants.iter().any(|variant| variant.connections.cached > 0),
            has_unknown: variants.iter().any(|variant| variant.connections.unknown > 0),
        }
    }

    /// The connection columns shown, by place: what never happened in any row takes no room.
    fn connections(self, counts: Connections) -> Vec<(usize, u64)> {
        let is_shown = [true, true, self.has_cached, self.has_unknown];
        let columns = connection_counts(counts).into_iter().enumerate();
        columns.filter(|&(place, _)| is_shown[place]).collect()
    }
}

/// Decimals of the totals: none that the narrowest interval does not support, but as many as leave the smallest a digit.
fn total_decimals(variants: &[VariantReport]) -> u8 {
    let intervals = variants.iter().filter_map(|variant| variant.round_interval_ms);
    let supported = intervals.map(|(low, high)| width_decimals(low, high)).max().unwrap_or(u8::MAX);
    let medians =
        || variants.iter().filter_map(|variant| variant.round_median_ms).filter(|median| *median > 0.0);
    let finest = decimals(medians());
    let smallest = medians().fold(f64::INFINITY, f64::min);
    finest.min(supported.max(first_digit_decimals(smallest, finest)))
}

/// The table. Its roles are spelled out because narrow screens lay it out as cards, and browsers then forget them.
pub fn results_table(report: &Arc<Report>) -> El {
    let text = text();
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let columns = Columns::of(&report.variants);
    let n = numbers.count(report.scenario.n.into());
    let rounds = report.variants.iter().map(VariantReport::timed_rounds);
    let (least, most) = (rounds.clone().min().unwrap_or(0), rounds.max().unwrap_or(0));
    // A stopped run has fewer rounds of some rows, and a row may have lost some.
    let rounds = if least == most {
        numbers.count(most)
    } else {
        format!("{}–{}", numbers.count(least), numbers.count(most))
    };
    let caption = (text.results.caption)(&n, &rounds, &labels.common(text));
    let order = RwSignal::new(Order::default());
    let heads = heads(columns, &n, order);
    let report = report.clone();
    let body = move || {
        let rows = order.get().of(&report).into_iter().map(|index| {
            let head = el("th")
                .set("class", &format!("row-label colour-{}", index % 8))
                .set("role", "rowheader")
                .set("scope", "row")
                .view(view! { <Tags tags=labels.rows[index].clone() /> }.into_any());
            let cells = cells(&report.variants[index], &report, columns, numbers, text);
            el("tr").set("role", "row").child(head).children(cells)
        });
        Some(el("tbody").set("role", "rowgroup").children(rows))
    };
    let table = classed("table", "figures")
        .set("role", "table")
        .set("data-testid", "results")
        .child(el("caption").text(&caption))
        .child(heads)
        .part(body);
    classed("section", "card")
        .set("aria-labelledby", "figures-title")
        .child(el("h2").set("id", "figures-title").text(text.results.title))
        .child(scrollable().set("aria-label", &caption).child(table))
}

/// A region that scrolls sideways, also by keyboard, so that the page never does.
pub fn scrollable() -> El {
    classed("div", "scroll").set("role", "region").set("tabindex", "0")
}

fn heads(columns: Columns, n: &str, order: RwSignal<Order>) -> El {
    let Text { results, .. } = text();
    let connections = columns.connections(Connections::default());
    let sorted = |word: &str, unit, column| sorted_head(word, unit, order, column);
    let percentiles = results
        .percentiles
        .iter()
        .enumerate()
        .map(|(place, word)| sorted(word, results.ms, Column::Percentile(place)));
    let labels =
        connections.iter().map(|&(place, _)| sorted(results.labels[place], "", Column::Connections(place)));
    let top = el("tr")
        .set("role", "row")
        .child(tall(head(results.variant.to_owned(), "")).set("class", "row-label"))
        .child(tall(sorted(&(results.total)(n), results.ms, Column::Total)))
        .child(tall(sorted(results.per_second, "", Column::PerSecond)))
        .child(wide(head(results.latency.to_owned(), ""), results.percentiles.len()))
        .child(wide(head(results.connections.to_owned(), ""), connections.len()))
        .child(tall(sorted(results.failures, "", Column::Failures)))
        .child(tall(sorted(results.ratio, "", Column::Ratio)));
    let bottom = el("tr").set("role", "row").children(percentiles).children(labels);
    el("thead").set("role", "rowgroup").set("data-label", results.order).child(top).child(bottom)
}

/// The head of a column with its unit.
pub fn head(word: String, unit: &'static str) -> El {
    el("th")
        .set("role", "columnheader")
        .set("scope", "col")
        .text(&word)
        .text(" ")
        .child(classed("span", "unit").text(unit))
}

/// A head that orders the rows when it is pressed.
fn sorted_head(word: &str, unit: &'static str, order: RwSignal<Order>, column: Column) -> El {
    let button = classed("button", "sort")
        .set("type", "button")
        .on("click", move |_| order.update(|order| *order = order.pressed(column)))
        .text(word)
        .text(" ")
        .child(classed("span", "unit").text(unit));
    el("th")
        .set("role", "columnheader")
        .set("scope", "col")
        .bind("aria-sort", move || Some(order.get().aria(column).to_owned()))
        .child(button)
}

/// Over both rows of heads.
fn tall(head: El) -> El {
    head.set("rowspan", "2")
}

/// Over so many columns.
fn wide(head: El, columns: usize) -> El {
    head.set("class", "group").set("scope", "colgroup").set("colspan", &columns.to_string())
}

fn cells(
    variant: &VariantReport,
    report: &Report,
    columns: Columns,
    numbers: Numbers,
    text: &Text,
) -> Vec<El> {
    let results = &text.results;
    let figure = |value: Option<f64>, decimals| match value {
        Some(value) => numbers.fixed(value, decimals),
        None => "–".to_owned(),
    };
    let total = (results.total)(&numbers.count(report.scenario.n.into()));
    let mut cells = vec![
        cell(format!("{total} ({})", results.ms), figure(variant.round_median_ms, columns.total))
            .set("class", "strong"),
        cell(results.per_second.to_owned(), figure(variant.requests_per_second, columns.per_second)),
    ];
    cells.extend(results.percentiles.iter().zip(variant.percentiles_ms()).map(|(word, value)| {
        cell(format!("{} {word} ({})", results.latency, results.ms), figure(value, columns.latency))
    }));
    cells.extend(columns.connections(variant.connections).into_iter().map(|(place, count)| {
        cell(format!("{} {}", results.connections, results.labels[place]), numbers.count(count))
    }));
    let failed = variant.requests.failed;
    cells.push(
        cell(results.failures.to_owned(), numbers.count(failed))
            .set("class", if failed > 0 { "bad" } else { "" }),
    );
    cells.push(ratio_cell(variant, report, numbers, text));
    cells
}

/// A figure that names its column, for narrow screens.
pub fn cell(label: String, value: String) -> El {
    el("td").set("role", "cell").set("data-label", &label).text(&value)
}

fn ratio_cell(variant: &VariantReport, report: &Report, numbers: Numbers, text: &Text) -> El {
    let cell = |words: String| cell(text.results.ratio.to_owned(), words);
    if report.variants.first().is_some_and(|first| first.id == variant.id) {
        return cell(text.results.baseline.to_owned()).set("class", "quiet");
    }
    let comparison = report.comparison_of(&variant.id);
    match comparison.and_then(|comparison| comparison.shown()) {
        Some(figures) => {
            let [ratio, low, high] = numbers.ratios(figures);
            cell(ratio)
                .set("class", "ratio")
                .text(" ")
                .child(classed("span", "detail").text(&format!("{low}–{high}")))
        }
        None => {
            let verdict = comparison.map_or(Verdict::Refused, |comparison| comparison.verdict);
            cell((text.answer.verdict)(verdict).to_owned()).set("class", "quiet")
        }
    }
}
