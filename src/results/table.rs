//! The figures: one row per variant.

use crate::{
    results::{
        labels::Tags,
        sorting::{Column, Order, connection_counts},
    },
    text::{Labels, Tag, numbers, text},
    ui::{
        card::Card,
        table::{Cell, ScrollRegion},
    },
};
use fetchmark_core::{
    charts::COLOURS,
    compare::{Comparison, Verdict},
    report::{Connections, Report, VariantReport},
    run::progress::Standing,
    stats::numbers::{first_digit_decimals, width_decimals},
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
    fn of(variants: &[VariantReport], standings: &[Standing]) -> Self {
        Self {
            total: total_decimals(standings),
            per_second: numbers::decimals(variants.iter().filter_map(|variant| variant.requests_per_second)),
            latency: numbers::decimals(variants.iter().filter_map(|variant| variant.percentiles_ms()[0])),
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
pub fn total_decimals(rows: &[Standing]) -> u8 {
    let intervals = rows.iter().filter_map(|row| row.round_interval_ms);
    let supported = intervals.map(|(low, high)| width_decimals(low, high)).max().unwrap_or(u8::MAX);
    let medians = || rows.iter().filter_map(|row| row.round_median_ms).filter(|median| *median > 0.0);
    let finest = numbers::decimals(medians());
    let smallest = medians().fold(f64::INFINITY, f64::min);
    finest.min(supported.max(first_digit_decimals(smallest, finest)))
}

/// How many rounds rows have: a row may have lost some.
pub fn round_count(rows: &[Standing]) -> String {
    numbers::span(rows.iter().map(|row| row.timed_rounds))
}

/// The table. Its roles are spelled out because narrow screens lay it out as cards, and browsers then forget them.
#[component]
pub fn ResultsTable(report: Arc<Report>) -> impl IntoView {
    let text = text();
    let labels = Labels::of(&report.variants);
    let standings: Vec<Standing> = report.variants.iter().map(Standing::from).collect();
    let columns = Columns::of(&report.variants, &standings);
    let n = numbers::count(report.scenario.n.into());
    let caption = (text.results.caption)(&n, &round_count(&standings), &labels.common(text));
    let order = RwSignal::new(Order::default());
    let rows = move || {
        let row = |index: usize| {
            view! { <Row report=report.clone() index tags=labels.rows[index].clone() columns /> }
        };
        order.get().of(&report).into_iter().map(row).collect_view()
    };
    view! {
        <Card id="figures" title=text.results.title>
            <ScrollRegion label=caption.clone()>
                <table class="figures" role="table" data-testid="results">
                    <caption>{caption}</caption>
                    <Heads columns n order />
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </ScrollRegion>
        </Card>
    }
}

/// Two rows of heads: groups of columns, and the columns of each.
#[component]
fn Heads(columns: Columns, n: String, order: RwSignal<Order>) -> impl IntoView {
    let results = &text().results;
    let connections = columns.connections(Connections::default());
    let percentiles = results.percentiles.into_iter().enumerate().map(|(place, word)| {
        view! { <SortedHead word unit=results.ms column=Column::Percentile(place) order /> }
    });
    let group = |word: &'static str, columns: usize| {
        view! { <th role="columnheader" scope="colgroup" class="group" colspan=columns.to_string()>{word}</th> }
    };
    let groups =
        (group(results.latency, results.percentiles.len()), group(results.connections, connections.len()));
    let labels = connections.iter().map(|&(place, _)| {
        view! { <SortedHead word=results.labels[place] column=Column::Connections(place) order /> }
    });
    view! {
        <thead role="rowgroup" data-label=results.order>
            <tr role="row">
                <th role="columnheader" scope="col" class="row-label" rowspan="2">{results.variant}</th>
                <SortedHead word=(results.total)(&n) unit=results.ms column=Column::Total order rowspan="2" />
                <SortedHead word=results.per_second column=Column::PerSecond order rowspan="2" />
                {groups}
                <SortedHead word=results.failures column=Column::Failures order rowspan="2" />
                <SortedHead word=results.ratio column=Column::Ratio order rowspan="2" />
            </tr>
            <tr role="row">{percentiles.collect_view()} {labels.collect_view()}</tr>
        </thead>
    }
}

/// A head that orders the rows when it is pressed.
#[component]
fn SortedHead(
    #[prop(into)] word: String,
    /// The unit of its figures.
    #[prop(optional)]
    unit: &'static str,
    column: Column,
    order: RwSignal<Order>,
    #[prop(optional)] rowspan: Option<&'static str>,
) -> impl IntoView {
    view! {
        <th role="columnheader" scope="col" rowspan=rowspan aria-sort=move || order.get().aria(column)>
            <button
                type="button"
                class="sort"
                on:click=move |_| order.update(|order| *order = order.pressed(column))
            >
                {word} " " <span class="unit">{unit}</span>
            </button>
        </th>
    }
}

/// A row's figures. Each names its column, for narrow screens.
#[component]
fn Row(
    report: Arc<Report>,
    index: usize,
    /// What tells the row from the others.
    tags: Vec<Tag>,
    columns: Columns,
) -> impl IntoView {
    let results = &text().results;
    let variant = &report.variants[index];
    let total = format!("{} ({})", (results.total)(&numbers::count(report.scenario.n.into())), results.ms);
    let percentiles = results.percentiles.iter().zip(variant.percentiles_ms()).map(|(word, value)| {
        let label = format!("{} {word} ({})", results.latency, results.ms);
        view! { <Cell label value=numbers::fixed(value, columns.latency) /> }
    });
    let connections = columns.connections(variant.connections).into_iter().map(|(place, count)| {
        let label = format!("{} {}", results.connections, results.labels[place]);
        view! { <Cell label value=numbers::count(count) /> }
    });
    let failed = variant.requests.failed;
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class=format!("row-label colour-{}", index % COLOURS)>
                <Tags tags />
            </th>
            <Cell label=total value=numbers::fixed(variant.round_median_ms, columns.total) class="strong" />
            <Cell label=results.per_second value=numbers::fixed(variant.requests_per_second, columns.per_second) />
            {percentiles.collect_view()}
            {connections.collect_view()}
            <Cell
                label=results.failures
                value=numbers::count(failed)
                class={if failed > 0 { "bad" } else { "" }}
            />
            <Ratio report=report.clone() index />
        </tr>
    }
}

/// A row's ratio to its target's first, with its interval.
#[component]
fn Ratio(report: Arc<Report>, index: usize) -> impl IntoView {
    let text = text();
    let label = text.results.ratio;
    if report.is_baseline(index) {
        return view! { <Cell label value=text.results.baseline class="quiet" /> }.into_any();
    }
    let comparison = report.comparison_of(&report.variants[index].id);
    let Some(figures) = comparison.and_then(Comparison::shown) else {
        let verdict = comparison.map_or(Verdict::Refused, |comparison| comparison.verdict);
        return view! { <Cell label value=(text.answer.verdict)(verdict) class="quiet" /> }.into_any();
    };
    let [ratio, low, high] = numbers::ratios(figures);
    view! {
        <td role="cell" class="ratio" data-label=label>
            {ratio} " " <span class="detail">{low} "–" {high}</span>
        </td>
    }
    .into_any()
}
