//! How the time changes with the number of requests in flight.

use crate::{
    reports::report_view::ReportView,
    results::charts::plot::{Plot, plot_card, table},
    text::{Labels, Row, text},
    ui::{
        el::{El, el},
        numbers::{decimals, numbers},
    },
};
use fetchmark_core::{
    factors::Pacing,
    picture::{SweepLine, SweepPoint, sweep as drawn},
};
use std::sync::Arc;

/// A line for each group of variants that differ only in how many requests are in flight; `None` where there is none.
pub fn sweep(report: &ReportView) -> Option<El> {
    let text = text();
    let numbers = numbers();
    let lines = lines(report);
    if lines.is_empty() {
        return None;
    }
    let medians = || lines.iter().flat_map(|line| &line.points).map(|point| point.median);
    let decimals = decimals(medians());
    let figure = move |line: &SweepLine, point: &SweepPoint| {
        let interval = point.interval.map(|(low, high)| [low, high].map(|ms| numbers.fixed(ms, decimals)));
        let in_flight = numbers.count(point.in_flight.into());
        let ms = numbers.fixed(point.median, decimals);
        (text.pictures.in_flight)(&line.label, &in_flight, &ms, interval.as_ref())
    };
    let said = lines.iter().flat_map(|line| line.points.iter().map(move |point| figure(line, point)));
    let summary = said.collect::<Vec<_>>().join(". ");
    let shown = Plot {
        name: "sweep",
        title: text.pictures.sweep_title,
        summary,
        draw: {
            let lines = lines.clone();
            Arc::new(move |frame| drawn(&lines, frame))
        },
        tip: {
            let lines = lines.clone();
            Arc::new(move |row, item| {
                lines[row].points.get(item).map(|point| figure(&lines[row], point)).unwrap_or_default()
            })
        },
    };
    let filled = move || {
        let heads =
            [text.results.variant, text.results.in_flight, text.results.median, text.pictures.interval];
        let rows = lines.iter().flat_map(|line| line.points.iter().map(move |point| (line, point)));
        let body = rows.map(|(line, point)| {
            let interval = point.interval.map_or_else(
                || "–".to_owned(),
                |(low, high)| format!("{}–{}", numbers.fixed(low, decimals), numbers.fixed(high, decimals)),
            );
            let cells =
                vec![numbers.count(point.in_flight.into()), numbers.fixed(point.median, decimals), interval];
            (el("th").text(&line.label), cells)
        });
        let caption = format!("{} ({})", text.pictures.sweep_title, text.results.ms);
        table(&caption, heads.map(|head| el("th").text(head)).into(), body).set("data-testid", "sweep")
    };
    let (caption, fold) = (text.pictures.sweep_caption, text.pictures.sweep_table);
    Some(plot_card(shown, caption, fold, filled))
}

/// Groups of at least two variants, each with its fewest in flight first. A second measurement of the first row and rows at a
/// rate belong to none.
fn lines(report: &ReportView) -> Vec<SweepLine> {
    let text = text();
    let mut groups: Vec<(Row, Vec<SweepPoint>)> = Vec::new();
    for variant in &report.variants {
        let row = &variant.row;
        let Some(median) = variant.round_median_ms.filter(|_| row.pacing != Pacing::Rate && !row.is_again)
        else {
            continue;
        };
        let point = SweepPoint { in_flight: row.concurrency, median, interval: variant.round_interval_ms };
        let is_same = |other: &Row| {
            let line = |row: &Row| (row.client.clone(), row.lifecycle, row.connection, row.thread);
            line(other) == line(row)
        };
        match groups.iter_mut().find(|(of, _)| is_same(of)) {
            Some((_, points)) => points.push(point),
            None => groups.push((row.clone(), vec![point])),
        }
    }
    groups.retain(|(_, points)| points.len() > 1);
    let labels = Labels::without_pace(groups.iter().map(|(row, _)| row.clone()).collect());
    groups
        .into_iter()
        .enumerate()
        .map(|(index, (_, mut points))| {
            points.sort_unstable_by_key(|point| point.in_flight);
            SweepLine { label: labels.row(index, text), points }
        })
        .collect()
}
