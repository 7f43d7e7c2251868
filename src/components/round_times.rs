//! The first picture: every round's time, and the medians.

use super::{
    el::{El, classed, el},
    numbers,
    round_times_table::round_times_table,
    strip_plot::{StripRow, strip_plot},
};
use crate::{labels::Labels, numbers::decimals, report_view::ReportView, text::text};

/// Round times per variant, in a picture, in words and in a table.
pub fn round_times(report: &ReportView) -> El {
    let text = text();
    let decimals = decimals(report.variants.iter().filter_map(|variant| variant.round_median_ms));
    let labels = Labels::of(&report.variants);
    // Where every round failed there are dots and no figures.
    let words = Some(in_words(report, &labels, decimals)).filter(|words| !words.is_empty());
    let label = words.unwrap_or_else(|| text.results.rounds_caption.to_owned());
    let picture = el("div").set("role", "img").set("aria-label", &label);
    let rows = report.variants.iter().zip(labels.rows).map(|(variant, tags)| StripRow {
        tags,
        times: variant.rounds.iter().map(|(_, wall_ms)| *wall_ms).collect(),
        median: variant.round_median_ms,
    });
    let title = el("h2").set("id", "rounds-title").text(text.results.rounds_title).text(" ");
    classed("section", "card")
        .set("aria-labelledby", "rounds-title")
        .child(title.child(classed("span", "unit").text(text.results.ms)))
        .child(classed("p", "caption").text(text.results.rounds_caption))
        .child(picture.child(strip_plot(rows.collect(), decimals)))
        .child(round_times_table(report.clone()))
}

/// The picture for who does not see it.
fn in_words(report: &ReportView, labels: &Labels, decimals: u8) -> String {
    let text = text();
    let numbers = numbers();
    let mut sentences = Vec::new();
    for (index, variant) in report.variants.iter().enumerate() {
        let times = || variant.rounds.iter().map(|(_, wall_ms)| *wall_ms);
        if let Some(median) = variant.round_median_ms {
            let figures = [times().fold(f64::INFINITY, f64::min), median, times().fold(0.0, f64::max)];
            let [low, median, high] = figures.map(|time| numbers.fixed(time, decimals));
            sentences.push((text.results.rounds_row)(&labels.row(index, text), &low, &median, &high));
        }
    }
    sentences.join(" ")
}
