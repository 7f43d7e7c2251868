//! The report shown, compared with another.

use crate::{
    reports::library::{Compared, ReportLibrary},
    results::{
        charts::{chart::ChartCard, percentiles, round_times},
        labels::Tags,
    },
    text::{ComparedReport, Labels, Row, Side, in_words, numbers, text},
    ui::{card::Card, dates::when, table::FiguresTable},
};
use fetchmark_core::{
    compare::reports::{Difference, RowComparison},
    report::Report,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The rows that both have, in words, in figures and in charts; nothing where nothing is compared.
#[component]
pub fn ReportComparison(library: ReportLibrary) -> impl IntoView {
    // Screen readers announce that it is there, and do not read all of it.
    let announced = move || library.compared().map(|compared| title(&compared));
    let compared = move || {
        library.compared().map(|compared| {
            view! {
                <ComparedTable compared=compared.clone() />
                <ComparedCharts compared />
            }
        })
    };
    view! {
        <p class="unseen" role="status">{announced}</p>
        {compared}
    }
}

fn title(compared: &Compared) -> String {
    let text = text();
    (text.comparison.title)(&when(&compared.before.started_at, text.locale))
}

/// Round times and percentiles of the rows that both reports have, as they were before and as they are now.
#[component]
fn ComparedCharts(compared: Arc<Compared>) -> impl IntoView {
    let words = &text().comparison;
    side_by_side(&compared).map(|(report, labels)| {
        let rounds = round_times::has_data(&report).then(|| {
            let data = round_times::chart(&report, &labels);
            view! { <ChartCard name="compared-rounds" title=words.rounds_title data /> }
        });
        let percentiles = percentiles::has_data(&report).then(|| {
            let data = percentiles::chart(&report, &labels);
            view! { <ChartCard name="compared-percentiles" title=words.percentiles_title data /> }
        });
        (rounds, percentiles)
    })
}

/// The rows that both reports have, each as it was before and below it as it is now; `None` where they have none in common.
fn side_by_side(compared: &Compared) -> Option<(Arc<Report>, Labels)> {
    let Compared { before, now, comparison } = compared;
    let variant = |report: &Report, id: &str| report.index_of(id).map(|index| report.variants[index].clone());
    let (mut rows, mut variants) = (Vec::new(), Vec::new());
    for row in &comparison.rows {
        for (report, side) in [(before, Side::Before), (now, Side::Now)] {
            if let Some(variant) = variant(report, &row.id) {
                rows.push(Row { side: Some(side), ..Row::from(&variant) });
                variants.push(variant);
            }
        }
    }
    let labels = Labels::of_rows(&rows);
    // Either may be merged from more sessions than the other: blocks are named after those.
    let more = if before.sessions.len() > now.sessions.len() { before } else { now };
    (!variants.is_empty()).then(|| (Arc::new(Report { variants, ..Report::clone(more) }), labels))
}

/// The rows of a report with these ids, by what tells them from all rows of both.
fn named(report: &Report, other: &Report, ids: &[String]) -> Vec<String> {
    let labels = Labels::of(report.variants.iter().chain(&other.variants));
    let name = |index: usize| in_words(&labels.with_client(index, &report.variants[index]), text());
    ids.iter().filter_map(|id| report.index_of(id)).map(name).collect()
}

/// The verdicts in sentences, what else differs, and the figures.
#[component]
fn ComparedTable(compared: Arc<Compared>) -> impl IntoView {
    let text = text();
    let words = &text.comparison;
    let Compared { before, now, comparison } = &*compared;
    let labels = Labels::of(&now.variants);
    let label = |row: &RowComparison| {
        now.index_of(&row.id).map_or_else(|| row.id.clone(), |index| labels.row(index, text))
    };
    let sentences = items(comparison.rows.iter().map(|row| sentence(row, &label(row), comparison.margin)));
    let differences = comparison
        .differences
        .iter()
        .map(|Difference { setting, baseline, candidate }| words.difference(*setting, baseline, candidate));
    let only = [
        (words.only_before, named(before, now, &comparison.only_in_baseline)),
        (words.only_now, named(now, before, &comparison.only_in_candidate)),
    ];
    let only = only.into_iter().filter(|(_, names)| !names.is_empty());
    let differences =
        items(differences.chain(only.map(|(heading, names)| format!("{heading} {}", names.join("; ")))));
    let caption = format!("{} ({})", words.table, text.results.ms);
    // What never happened in any row takes no room.
    let has_failures = comparison.rows.iter().flat_map(failed).flatten().any(|share| share > 0.0);
    let heads = [text.results.variant, words.before, words.now, words.ratio, words.verdict].into_iter();
    let heads = heads.chain(has_failures.then_some(text.results.failures)).map(str::to_owned).collect();
    let times = comparison.rows.iter().flat_map(|row| [row.baseline_ms, row.candidate_ms]);
    let decimals = numbers::decimals(times.flatten());
    let row = |row: &RowComparison| {
        let label = match now.index_of(&row.id) {
            Some(index) => view! { <Tags tags=labels.rows[index].clone() /> }.into_any(),
            None => row.id.clone().into_any(),
        };
        let [before, now] = [row.baseline_ms, row.candidate_ms].map(|ms| numbers::fixed(ms, decimals));
        let verdict = (text.answer.verdict)(row.comparison.verdict).to_owned();
        let mut cells = vec![before, now, numbers::ratio(row.comparison.shown()), verdict];
        cells.extend(has_failures.then(|| failed(row).map(numbers::percent).join(" → ")));
        (label, cells)
    };
    let rows = comparison.rows.iter().map(row).collect();
    view! {
        <Card id="compared" title=title(&compared)>
            <ul class="plain-list" data-testid="compared-sentences">{sentences}</ul>
            <p class="caption">{words.unpaired}</p>
            <ul class="plain-list differences" data-testid="differences">{differences}</ul>
            <FiguresTable caption heads rows test_id="compared" />
        </Card>
    }
}

fn items(lines: impl Iterator<Item = String>) -> Vec<AnyView> {
    lines.map(|line| view! { <li>{line}</li> }.into_any()).collect()
}

/// The shares of a row's requests that failed, before and now.
fn failed(row: &RowComparison) -> [Option<f64>; 2] {
    [row.baseline_failed_share, row.candidate_failed_share]
}

fn sentence(row: &RowComparison, label: &str, margin: f64) -> String {
    let text = text();
    let Some(figures) = row.comparison.shown() else {
        return format!("{label}: {}", (text.answer.reason)(row.comparison.reason_code));
    };
    let [ratio, low, high] = numbers::ratios(figures);
    (text.comparison.sentence)(&ComparedReport {
        label,
        ratio,
        low,
        high,
        verdict: row.comparison.verdict,
        reason: row.comparison.reason_code,
        margin: numbers::percent(margin),
    })
}
