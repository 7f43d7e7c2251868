//! The figures: one row per variant.

use super::{numbers, tags::tags};
use crate::{
    labels::Labels,
    numbers::{Numbers, decimals},
    text::{Text, text},
};
use fetchmark_core::{
    comparison::Verdict,
    report::{Connections, Report, VariantReport},
};
use leptos::prelude::*;
use std::sync::Arc;

/// How the figures of each column are written, so that they stand aligned.
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
        let latencies = variants.iter().filter_map(|variant| variant.latency_ms.as_ref());
        Self {
            total: decimals(variants.iter().filter_map(|variant| variant.round_median_ms)),
            per_second: decimals(variants.iter().filter_map(|variant| variant.requests_per_second)),
            latency: decimals(latencies.map(|latency| latency.p50)),
            has_cached: variants.iter().any(|variant| variant.connections.cached > 0),
            has_unknown: variants.iter().any(|variant| variant.connections.unknown > 0),
        }
    }

    /// The connection columns shown: what never happened in any row takes no room.
    fn connections(self, counts: Connections) -> Vec<(usize, u64)> {
        [
            (true, counts.new),
            (true, counts.reused),
            (self.has_cached, counts.cached),
            (self.has_unknown, counts.unknown),
        ]
        .into_iter()
        .enumerate()
        .filter_map(|(place, (is_shown, count))| is_shown.then_some((place, count)))
        .collect()
    }
}

/// The table. Its roles are spelled out because narrow screens lay it out as cards, and browsers then forget them.
#[component]
pub fn ResultsTable(
    /// The report.
    report: Arc<Report>,
) -> AnyView {
    let text = text();
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let columns = Columns::of(&report.variants);
    let n = numbers.count(report.scenario.n.into());
    let caption =
        (text.results.caption)(&n, &numbers.count(report.scenario.rounds.into()), &labels.common(text));
    let rows: Vec<_> = report
        .variants
        .iter()
        .zip(labels.rows)
        .enumerate()
        .map(|(index, (variant, row_tags))| {
            let cells: Vec<_> = cells(variant, &report, columns, numbers, text)
                .into_iter()
                .map(|Cell { label, value, detail, class }| {
                    view! {
                        <td role="cell" class=class data-label=label>
                            {value}<span class="detail">{detail}</span>
                        </td>
                    }
                    .into_any()
                })
                .collect();
            view! {
                <tr role="row">
                    <th role="rowheader" scope="row" class=format!("row-label colour-{}", index % 8)>
                        {tags(row_tags)}
                    </th>
                    {cells}
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="figures-title">
            <h2 id="figures-title">{text.results.title}</h2>
            <div class="scroll" role="region" aria-labelledby="figures-title" tabindex="0">
                <table class="figures" role="table" data-testid="results">
                    <caption>{caption}</caption>
                    {heads(columns, &n)}
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn heads(columns: Columns, n: &str) -> AnyView {
    let Text { results, .. } = text();
    let connections = columns.connections(Connections::default());
    let top = vec![
        head(results.variant.to_owned(), "", "row-label", Spans::Both),
        head((results.total)(n), results.ms, "", Spans::Both),
        head(results.per_second.to_owned(), "", "", Spans::Both),
        head(results.latency.to_owned(), "", "group", Spans::Columns(results.percentiles.len())),
        head(results.connections.to_owned(), "", "group", Spans::Columns(connections.len())),
        head(results.failures.to_owned(), "", "", Spans::Both),
        head(results.ratio.to_owned(), "", "", Spans::Both),
    ];
    let percentiles = results.percentiles.iter().map(|word| ((*word).to_owned(), results.ms));
    let labels = connections.iter().map(|(place, _)| (results.labels[*place].to_owned(), ""));
    let bottom: Vec<_> =
        percentiles.chain(labels).map(|(word, unit)| head(word, unit, "", Spans::One)).collect();
    view! {
        <thead role="rowgroup">
            <tr role="row">{top}</tr>
            <tr role="row">{bottom}</tr>
        </thead>
    }
    .into_any()
}

/// The place of a head in the two rows of heads.
enum Spans {
    /// Both rows.
    Both,
    /// So many columns of the upper row.
    Columns(usize),
    /// One column of the lower row.
    One,
}

fn head(word: String, unit: &'static str, class: &'static str, spans: Spans) -> AnyView {
    let (scope, columns, rows) = match spans {
        Spans::Both => ("col", 1, 2),
        Spans::Columns(columns) => ("colgroup", columns, 1),
        Spans::One => ("col", 1, 1),
    };
    view! {
        <th
            role="columnheader"
            scope=scope
            class=class
            colspan=columns.to_string()
            rowspan=rows.to_string()
        >
            {word}" "<span class="unit">{unit}</span>
        </th>
    }
    .into_any()
}

struct Cell {
    label: String,
    value: String,
    detail: String,
    class: &'static str,
}

fn cells(
    variant: &VariantReport,
    report: &Report,
    columns: Columns,
    numbers: Numbers,
    text: &Text,
) -> Vec<Cell> {
    let results = &text.results;
    let cell = |label: String, value: String| Cell { label, value, detail: String::new(), class: "" };
    let missing = || "–".to_owned();
    let or_missing = |value: Option<f64>, decimals| {
        value.map_or_else(missing, |value| numbers.fixed(value, decimals))
    };
    let n = numbers.count(report.scenario.n.into());
    let mut cells = vec![
        Cell {
            class: "strong",
            ..cell(
                format!("{} ({})", (results.total)(&n), results.ms),
                or_missing(variant.round_median_ms, columns.total),
            )
        },
        cell(results.per_second.to_owned(), or_missing(variant.requests_per_second, columns.per_second)),
    ];
    let latency = variant.latency_ms.as_ref();
    let percentiles = [latency.map(|l| l.p50), latency.map(|l| l.p95), latency.map(|l| l.p99)];
    cells.extend(results.percentiles.iter().zip(percentiles).map(|(word, value)| {
        cell(format!("{} {word} ({})", results.latency, results.ms), or_missing(value, columns.latency))
    }));
    cells.extend(columns.connections(variant.connections).into_iter().map(|(place, count)| {
        cell(format!("{} {}", results.connections, results.labels[place]), numbers.count(count))
    }));
    let failed = variant.requests.failed;
    cells.push(Cell {
        class: if failed > 0 { "bad" } else { "" },
        ..cell(results.failures.to_owned(), numbers.count(failed))
    });
    cells.push(ratio_cell(variant, report, numbers, text));
    cells
}

fn ratio_cell(variant: &VariantReport, report: &Report, numbers: Numbers, text: &Text) -> Cell {
    let label = text.results.ratio.to_owned();
    let is_baseline = report.variants.first().is_some_and(|first| first.id == variant.id);
    let comparison = report.comparisons.iter().find(|comparison| comparison.candidate == variant.id);
    let (value, detail) = match comparison {
        _ if is_baseline => (text.results.baseline.to_owned(), String::new()),
        None => ("–".to_owned(), String::new()),
        Some(comparison) => match (comparison.verdict, comparison.ratio, comparison.low, comparison.high) {
            (Verdict::Refused, ..) | (_, None, ..) => {
                ((text.answer.verdict)(Verdict::Refused).to_owned(), String::new())
            }
            (_, Some(ratio), Some(low), Some(high)) => (
                numbers.ratio(ratio),
                format!(" {}–{}", numbers.ratio(low), numbers.ratio(high)),
            ),
            (_, Some(ratio), ..) => (numbers.ratio(ratio), String::new()),
        },
    };
    let class = if detail.is_empty() { "ratio quiet" } else { "ratio" };
    Cell { label, value, detail, class }
}
