//! Every round's time, and the medians with their intervals.

use crate::{
    reports::report_view::ReportView,
    results::{
        charts::plot::{Plot, plot_card, table},
        tags::tags,
    },
    text::{Labels, text},
    ui::{
        el::{El, el},
        numbers::{decimals, numbers},
    },
};
use fetchmark_core::picture::{RoundRow, round_times as drawn};
use std::sync::Arc;

/// Round times per variant, in a picture, in words and in a table; `None` where no round's time counts.
pub fn round_times(report: &Arc<ReportView>, name: &'static str, title: &'static str) -> Option<El> {
    let text = text();
    let numbers = numbers();
    let decimals = decimals(report.variants.iter().filter_map(|variant| variant.round_median_ms));
    let labels = Labels::of(&report.variants);
    let rows: Vec<RoundRow> = report
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| RoundRow {
            label: labels.row(index, text),
            times: variant.rounds.iter().map(|(_, wall_ms)| *wall_ms).collect(),
            median: variant.round_median_ms,
            interval: variant.round_interval_ms,
        })
        .collect();
    if rows.iter().all(|row| row.times.is_empty()) {
        return None;
    }
    let left_out: u64 = report.variants.iter().map(|variant| variant.left_out).sum();
    let caption = if left_out > 0 {
        format!(
            "{} {}",
            text.results.rounds_caption,
            (text.results.rounds_left_out)(&numbers.count(left_out))
        )
    } else {
        text.results.rounds_caption.to_owned()
    };
    let tip = {
        let report = report.clone();
        let labels = labels.clone();
        move |row: usize, item: usize| {
            let Some((block, wall_ms)) = report.variants[row].rounds.get(item) else { return String::new() };
            let block = numbers.count(u64::from(*block) + 1);
            (text.pictures.round)(&labels.row(row, text), &block, &numbers.fixed(*wall_ms, decimals))
        }
    };
    let shown = Plot {
        name,
        title,
        summary: in_words(&rows, decimals),
        draw: Arc::new(move |frame| drawn(&rows, decimals, frame)),
        tip: Arc::new(tip),
    };
    let report = report.clone();
    Some(plot_card(shown, &caption, text.results.rounds_table, move || {
        filled(&report, &labels, title, decimals)
    }))
}

/// The picture for who does not see it.
fn in_words(rows: &[RoundRow], decimals: u8) -> String {
    let text = text();
    let numbers = numbers();
    let sentence = |row: &RoundRow| {
        let (low, high) = row
            .times
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(low, high), time| (low.min(*time), high.max(*time)));
        let [low, median, high] = [low, row.median?, high].map(|time| numbers.fixed(time, decimals));
        Some((text.results.rounds_row)(&row.label, &low, &median, &high))
    };
    rows.iter().filter_map(sentence).collect::<Vec<_>>().join(" ")
}

fn filled(report: &ReportView, labels: &Labels, title: &str, decimals: u8) -> El {
    let text = text();
    let numbers = numbers();
    let heads = std::iter::once(el("th").text(text.results.block))
        .chain(labels.rows.iter().map(|row| el("th").children(tags(row))));
    let row = |block: u32| {
        let cells = report.variants.iter().map(|variant| {
            let round = variant.rounds.iter().find(|(of, _)| *of == block);
            round.map_or_else(|| "–".to_owned(), |(_, wall_ms)| numbers.fixed(*wall_ms, decimals))
        });
        (el("th").text(&numbers.count(u64::from(block) + 1)), cells.collect())
    };
    let blocks =
        report.variants.iter().flat_map(|variant| &variant.rounds).map(|(block, _)| *block + 1).max();
    let caption = format!("{title} ({})", text.results.ms);
    table(&caption, heads.collect(), (0..blocks.unwrap_or(0)).map(row))
}
