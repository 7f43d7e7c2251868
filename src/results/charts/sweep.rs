//! How the time changes with the number of requests in flight.

use crate::{
    results::charts::chart::ChartData,
    text::{Labels, Row, numbers, text},
};
use fetchmark_core::{
    charts::{Frame, SweepLine, SweepPoint, sweep as drawn},
    report::Report,
    scenario::factors::Pacing,
    stats::order::order_by,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Whether any rows differ only in how many requests are in flight.
pub fn has_data(report: &Report) -> bool {
    !lines(report).is_empty()
}

/// A line for each group of variants that differ only in how many requests are in flight.
pub fn chart(report: &Arc<Report>, _: &Labels) -> ChartData {
    let text = text();
    let lines = Arc::new(lines(report));
    let medians = || lines.iter().flat_map(|line| &line.points).map(|point| point.median);
    let decimals = numbers::decimals(medians());
    let figure = move |line: &SweepLine, point: &SweepPoint| {
        let interval = point.interval.map(|(low, high)| [low, high].map(|ms| numbers::fixed(ms, decimals)));
        let in_flight = numbers::count(point.in_flight.into());
        let ms = numbers::fixed(point.median, decimals);
        (text.charts.in_flight)(&line.label, &in_flight, &ms, interval.as_ref())
    };
    let in_words = lines.iter().flat_map(|line| line.points.iter().map(move |point| figure(line, point)));
    let summary = in_words.collect::<Vec<_>>().join(". ");
    let draw = {
        let lines = lines.clone();
        Arc::new(move |frame: Frame<'_>| drawn(&lines, frame))
    };
    let tip = {
        let lines = lines.clone();
        Arc::new(move |row: usize, item: usize| {
            let line: &SweepLine = &lines[row];
            line.points.get(item).map(|point| figure(line, point)).unwrap_or_default()
        })
    };
    let figures = move || {
        let heads = [text.results.variant, text.results.in_flight, text.results.median, text.charts.interval];
        let points = lines.iter().flat_map(|line| line.points.iter().map(move |point| (line, point)));
        let rows = points.map(|(line, point)| {
            let interval = point.interval.map_or_else(
                || "–".to_owned(),
                |(low, high)| format!("{}–{}", numbers::fixed(low, decimals), numbers::fixed(high, decimals)),
            );
            let cells = vec![
                numbers::count(point.in_flight.into()),
                numbers::fixed(point.median, decimals),
                interval,
            ];
            (line.label.clone().into_any(), cells)
        });
        (heads.map(IntoAny::into_any).into(), rows.collect())
    };
    ChartData {
        caption: text.charts.sweep_caption.to_owned(),
        summary,
        draw,
        tip,
        table_title: text.charts.sweep_table,
        figures: Box::new(figures),
    }
}

/// Groups of at least two variants, each with its fewest in flight first. A second measurement of the first row and rows at a
/// rate belong to none.
fn lines(report: &Report) -> Vec<SweepLine> {
    let text = text();
    let mut groups: Vec<(Row, Vec<SweepPoint>)> = Vec::new();
    for variant in &report.variants {
        let row = Row::from(variant);
        let Some(median) = variant.round_median_ms.filter(|_| row.pacing != Pacing::Rate && !row.is_again)
        else {
            continue;
        };
        let point = SweepPoint { in_flight: row.concurrency, median, interval: variant.round_interval_ms };
        let is_same = |other: &Row| {
            let line = |row: &Row| {
                (row.target.clone(), row.client.clone(), row.lifecycle, row.connection, row.thread)
            };
            line(other) == line(&row)
        };
        match groups.iter_mut().find(|(of, _)| is_same(of)) {
            Some((_, points)) => points.push(point),
            None => groups.push((row, vec![point])),
        }
    }
    groups.retain(|(_, points)| points.len() > 1);
    let labels = Labels::without_pace(groups.iter().map(|(row, _)| row.clone()).collect());
    groups
        .into_iter()
        .enumerate()
        .map(|(index, (_, points))| {
            let order = order_by(points.len(), |at| [points[at].in_flight.into(), 0.0]);
            SweepLine {
                label: labels.row(index, text),
                points: order.into_iter().map(|at| points[at]).collect(),
            }
        })
        .collect()
}
